"""Texts: characters, HTML, Markdown."""

from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.normalise.text import clean_text, cut_text


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Aide < 25 ans", "Aide < 25 ans"),
        ("R&D et 1 < 2 > 0", "R&D et 1 < 2 > 0"),
        ("<p>Aide &lt; 25 ans &amp; plus</p>", "Aide < 25 ans & plus"),
        ("<b>Aide</b> < 25 ans", "Aide < 25 ans"),
        ("Un<br>deux<br/>trois", "Un\ndeux\ntrois"),
        ("<ul><li>un</li><li>deux</li></ul>", "- un\n- deux"),
        ("<p>Un</p><p>Deux</p>", "Un\n\nDeux"),
        ("a<script>alert('x')</script>b<style>p{}</style>c", "abc"),
        ("a<img src=x onerror=alert(1)>b", "ab"),
        ("l&#39;&eacute;cole&nbsp;!", "l'école !"),
        ("?a=1&copy=2", "?a=1&copy=2"),
        ("contact <a.b@c.fr>", "contact <a.b@c.fr>"),
        ("**Pour qui ?** Tous", "Pour qui ? Tous"),
        ("## Titre\n1\\. un", "Titre\n1. un"),
        ("Ã©cole Ã\xa0lâ€™heure", "école àl’heure"),
        ("déjÃ\xa0 vu", "déjà vu"),
        ("SÃO Paulo, Âge, Ça", "SÃO Paulo, Âge, Ça"),
        ("l\x92épicerie", "l’épicerie"),
        ("e\u0301te\u0301", "été"),
        ("un\u00a0\u202f deux\u200b\ufeff", "un deux"),
        ("a\x00b\x07c", "abc"),
        ("a  \r\n\r\n\r\n\r\n  b ", "a\n\nb"),
    ],
)
def test_a_text_becomes_plain(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


TAGS = "<p> </p> <li> <br > <script </script> <!-- --> < <b &lt; &amp; amp; & &#60;".split(" ")
OTHERS = ["**", "__", "*", "\\", "#", "Ã©", "â€™", "\u0301", "é", " ", "\n", "\xa0", "\u2028", "x", "25"]
markup = st.lists(st.sampled_from(TAGS + OTHERS), max_size=14).map("".join)


@given(markup | st.text(max_size=60), st.booleans())
def test_cleaning_twice_changes_nothing_more(text: str, lines: bool) -> None:
    once = clean_text(text, lines)
    assert clean_text(once, lines) == once


@given(markup)
def test_no_tag_survives(text: str) -> None:
    cleaned = clean_text(text).lower()
    assert not any(tag in cleaned for tag in ("<p>", "</p>", "<li>", "<script>", "</script>", "<br>", "<b>"))


@example("0" * 25 + "Â" + "0" * 20, 27)
@example("000000000000   00000000\x9dâ\x9100000000000000", 24)
@given(st.text(min_size=40, max_size=200), st.integers(20, 39))
def test_a_cut_text_keeps_its_limit_and_says_that_it_goes_on(text: str, limit: int) -> None:
    cleaned = clean_text(text)
    assume(len(cleaned) > limit)
    cut = cut_text(cleaned, limit)
    assert len(cut) <= limit
    assert cut.endswith("…")


def test_entities_within_entities_end(offer: Any) -> None:
    record, _ = offer(description="&amp;" + "amp;" * 5_000 + "lt;script&gt;")
    assert "<" not in (record.description or "")


def test_long_texts_are_cut_with_an_issue(offer: Any) -> None:
    record, issues = offer(nom="mot " * 200, description="mot " * 10_000)
    assert (len(record.nom) <= 300, len(record.description) <= 20_000) == (True, True)
    assert [(i.champ, i.regle) for i in issues] == [("description", "texte-trop-long"), ("nom", "texte-trop-long")]


@pytest.mark.parametrize("empty", ["", "  ", "null", "None", "N/A", "nan", None, [], {}, float("nan"), "<p> </p>"])
def test_an_empty_value_is_absent_and_nobody_is_told(offer: Any, empty: Any) -> None:
    record, issues = offer(commune=empty)
    assert record.commune is None
    assert [i.regle for i in issues if i.regle != "html"] == []


def test_a_script_is_told_louder_than_a_tag(offer: Any) -> None:
    assert [i.regle for i in offer(description="a<script>x</script>")[1]] == ["script"]
    assert [i.regle for i in offer(description="<p>a</p>")[1]] == ["html"]


def test_a_text_that_is_a_list_is_dropped_and_said(offer: Any) -> None:
    record, issues = offer(description=["a"])
    assert (record.description, issues[0].regle) == (None, "texte-attendu")
