"""Who a record is, and what makes it unusable."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.feeds.base import FILE_REMARKS_KEY, REFUSAL_KEY, REFUSAL_RULE_KEY, REMARKS_KEY
from indexer.schema import Severity


@pytest.mark.parametrize(
    ("brought", "source", "identity", "kept_source"),
    [
        ("dora--42", None, "dora--42", "dora"),
        ("dora--42", "soliguide", "dora--42", "soliguide"),
        ("dora--Écoute [1] é--2", None, "dora--Écoute [1] é--2", "dora"),
        ("42", "dora", "flux--42", "dora"),
        (42, "dora", "flux--42", "dora"),
        (42.0, "dora", "flux--42", "dora"),
        ("--42", "dora", "flux----42", "dora"),
        ("dora--", "dora", "flux--dora--", "dora"),
        (" dora--42 ", "null", "dora--42", "dora"),
    ],
)
def test_an_id_and_a_source(offer: Any, brought: Any, source: Any, identity: str, kept_source: str) -> None:
    record, issues = offer(id=brought, source=source)
    assert (record.id, record.source, issues) == (identity, kept_source, [])


@pytest.mark.parametrize(
    ("fields", "champ", "rule"),
    [
        ({"id": None}, "id", "id-absent"),
        ({"id": " "}, "id", "id-absent"),
        ({"id": ["a--1"]}, "id", "id-absent"),
        ({"id": True}, "id", "id-absent"),
        ({"id": "a--\x00b"}, "id", "id-illisible"),
        ({"id": "a--" + "x" * 510}, "id", "id-trop-long"),
        ({"id": "42"}, "source", "source-absente"),
        ({"nom": "None"}, "nom", "nom-absent"),
        ({"nom": "<p></p>"}, "nom", "nom-absent"),
        ({"nom": ["x"]}, "nom", "nom-absent"),
    ],
)
def test_want_of_id_source_or_name_rejects(offer: Any, fields: dict[str, Any], champ: str, rule: str) -> None:
    record, issues = offer(**fields)
    assert record is None
    assert (issues[-1].champ, issues[-1].regle, issues[-1].gravite) == (champ, rule, Severity.REJECTION)
    assert "\x00" not in issues[-1].valeur + (issues[-1].id or "")


def test_an_id_of_512_characters_is_kept(offer: Any) -> None:
    identity = "a--" + "x" * 509
    assert offer(id=identity)[0].id == identity


def test_a_structure_id_has_the_same_form_and_an_unusable_one_is_dropped(offer: Any) -> None:
    assert offer(structure_id="12")[0].structure_id == "flux--12"
    record, issues = offer(structure_id="a--\x1b")
    assert (record.structure_id, issues[0].regle) == (None, "structure-illisible")


def test_what_the_feed_says_becomes_issues(offer: Any) -> None:
    record, issues = offer(**{FILE_REMARKS_KEY: ("lu en Windows-1252",), REMARKS_KEY: ("clé en double",)})
    assert record is not None
    assert [(i.id, i.regle, i.message) for i in issues] == [
        (None, "fichier", "lu en Windows-1252"),
        ("essai--1", "lecture", "clé en double"),
    ]


def test_a_row_refused_by_the_feed_is_rejected_with_its_row(offer: Any) -> None:
    record, issues = offer(**{REFUSAL_KEY: "3 colonnes au lieu de 2"})
    assert (record, issues[0].ligne, issues[0].gravite) == (None, 7, Severity.REJECTION)
    assert "3 colonnes" in issues[0].message


def test_a_refusal_is_counted_by_its_own_rule(offer: Any) -> None:
    issues = offer(**{REFUSAL_KEY: "annulé", REFUSAL_RULE_KEY: "annule"})[1]
    assert [i.regle for i in issues] == ["annule"]
    assert [i.regle for i in offer(**{REFUSAL_KEY: "x"})[1]] == ["ligne-illisible"]


def test_unknown_fields_are_dropped_one_note_each(offer: Any) -> None:
    record, issues = offer(couleur="bleu", extrait_du="2022", vide="")
    assert record is not None
    assert [(i.champ, i.gravite) for i in issues] == [("couleur", Severity.INFO), ("extrait_du", Severity.INFO)]


@given(st.text(max_size=30))
def test_any_text_id_gives_a_valid_id_or_a_rejection(offer: Any, text: str) -> None:
    record, issues = offer(id=text, source="s")
    assert record is not None or issues[-1].champ == "id"
