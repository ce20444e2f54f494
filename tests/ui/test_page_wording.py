from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from ui.hours import HoursLine, say_hours
from ui.languages import say_languages
from ui.plain_text import LONG_PARAGRAPH, build_blocks, build_lead, split_lead
from ui.wording import glued, say_age, say_count, say_list, say_of, say_phone, say_session
from ui.zones import say_zone

TODAY = date(2026, 3, 2)
PARIS = timezone(timedelta(hours=1))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30", [("Du lundi au vendredi", "9 h – 12 h et 14 h – 17 h 30")]),
        ("Mo,We 09:00-12:00; PH off", [("Lundi et mercredi", "9 h – 12 h"), ("Les jours fériés", "fermé")]),
        ("Tu 09:00-12:00; Mo,We-Fr 08:05-09:00", [
            ("Lundi, mercredi, jeudi et vendredi", "8 h 05 – 9 h"), ("Mardi", "9 h – 12 h"),
        ]),
        ("Mo-Fr 09:00-12:00; We off", [("Lundi, mardi, jeudi et vendredi", "9 h – 12 h")]),
        ("Th[1,3] 14:00-17:00", [("Les 1er et 3e jeudis du mois", "14 h – 17 h")]),
        ("We[-1] 14:00-17:00", [("Le dernier mercredi du mois", "14 h – 17 h")]),
        ("Mo-Su 18:00-09:00", [("Tous les jours", "18 h – 9 h")]),
        ("Sa-Mo 10:00-12:00", [("Lundi, samedi et dimanche", "10 h – 12 h")]),
        ("24/7", [("Tous les jours", "jour et nuit")]),
        ("Mo 18:30-20:30; PH,SH off", [
            ("Lundi", "18 h 30 – 20 h 30"), ("Les jours fériés", "fermé"), ("Pendant les vacances scolaires", "fermé"),
        ]),
    ],
)  # fmt: skip
def test_simple_opening_hours_are_told_in_french(value: str, lines: list[tuple[str, str]]) -> None:
    assert [(line.days, plain(line.times)) for line in say_hours(value)] == lines


@pytest.mark.parametrize(
    "value",
    [None, "", "Jan-Mar Mo 09:00-12:00", 'Mo "sur rendez-vous"', "Mo 09:00+", "sunrise-sunset", "off", "easter off",
     "Mo-Xx 09:00-10:00", "week 1-10 Mo 09:00-12:00", "Th[7] 09:00-10:00"],
)  # fmt: skip
def test_hours_that_are_not_simple_are_not_told(value: str | None) -> None:
    assert say_hours(value) == ()


@given(st.text(alphabet="MoTuWeThFrSaPH0123456789:-,;[] off", max_size=60))
def test_no_hours_make_it_fail(value: str) -> None:
    assert all(isinstance(line, HoursLine) for line in say_hours(value))


def test_a_session_is_told_with_its_day_and_its_hours() -> None:
    start = datetime(2026, 3, 3, 14, 0, tzinfo=PARIS)
    assert plain(say_session(start, None, TODAY)) == "mardi 3 mars, 14 h"
    assert plain(say_session(start, start.replace(hour=16, minute=30), TODAY)) == "mardi 3 mars, 14 h – 16 h 30"
    assert plain(say_session(start, datetime(2027, 1, 1, 9, tzinfo=PARIS), TODAY)) == (
        "du mardi 3 mars, 14 h, au vendredi 1er janvier 2027, 9 h"
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "aujourd’hui"), (0, "aujourd’hui"), (1, "hier"), (13, "il y a 13 jours"), (14, "il y a 2 semaines"),
     (29, "il y a 4 semaines"), (30, "il y a 1 mois"), (364, "il y a 12 mois"), (365, "il y a 1 an"),
     (800, "il y a 2 ans")],
)  # fmt: skip
def test_freshness_is_told_in_the_largest_unit(days: int, said: str) -> None:
    assert plain(say_age(TODAY - timedelta(days=days), TODAY)) == said


def test_counts_agree_and_group_their_figures() -> None:
    assert [plain(say_count(n, "offre")) for n in (0, 1, 2, 12345)] == [
        "0 offre",
        "1 offre",
        "2 offres",
        "12 345 offres",
    ]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+33384000102", "03 84 00 01 02"),
        ("+262262123456", "0262 12 34 56"),
        ("115", "115"),
        ("+41221234567", "+41 22 123 45 67"),
    ],
)
def test_phones_are_written_as_they_are_dialled(number: str, said: str) -> None:
    assert plain(say_phone(number)) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [("Belfort", "de Belfort"), ("Offemont", "d’Offemont"), ("Le Havre", "du Havre"), ("Les Abymes", "des Abymes"),
     ("La Rochelle", "de la Rochelle"), ("L'Isle-Adam", "de l'Isle-Adam"), ("Étupes", "d’Étupes")],
)  # fmt: skip
def test_names_of_places_follow_their_preposition(name: str, said: str) -> None:
    assert say_of(name) == said


def test_languages_are_named_french_first() -> None:
    assert say_languages(["ar", "xx", "fr", "fsl"]) == ("français", "arabe", "langue des signes française", "xx")


def test_zones_are_named_and_the_country_needs_no_name() -> None:
    communes = load_communes()
    assert say_zone(("90", "90010", "200069052"), communes)[:2] == ("Territoire de Belfort (90)", "Belfort")
    assert say_zone(("france",), communes) == say_zone((), communes) == ()


def test_lists_end_with_their_link() -> None:
    assert [say_list(w) for w in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a et b", "a, b et c"]


def test_double_marks_never_begin_a_line() -> None:
    assert glued("Un « mot » : oui ?") == "Un «\u00a0mot\u00a0»\u00a0: oui\u00a0?"


def test_texts_become_paragraphs_and_lists() -> None:
    blocks = build_blocks("Un.\nDeux.\n\n- a\n• b\nTrois.")
    assert [(b.is_list, [line[0].text for line in b.lines]) for b in blocks] == [
        (False, ["Un.", "Deux."]), (True, ["a", "b"]), (False, ["Trois."]),
    ]  # fmt: skip


def test_only_addresses_of_sites_become_links() -> None:
    (block,) = build_blocks("Voir https://a.test/x), http://b, javascript:alert(1) et ftp://c.test")
    assert [s.url for s in block.lines[0] if s.url] == ["https://a.test/x"]


@given(st.text(max_size=300))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    kept = "".join(s.text for b in build_blocks(text) for line in b.lines for s in line)
    letters = [c for c in text if c.isalnum()]
    assert [c for c in kept if c.isalnum()] == letters


def test_a_summary_is_the_first_sentence_that_is_no_question() -> None:
    assert build_lead("Perdu ? Venez. Ouvert à tous.") == "Perdu ? Venez."
    assert build_lead("- une liste") is None
    assert build_lead("a" * 400) is None
    assert build_lead(None) is None


def test_a_long_text_folds_between_its_paragraphs() -> None:
    blocks = build_blocks("\n\n".join("mot " * 50 for _ in range(8)))
    shown, folded = split_lead(blocks, 600)
    assert (len(shown), len(folded)) == (3, 5)
    assert split_lead(blocks[:3], 600) == (blocks[:3], ())


def test_a_paragraph_too_long_to_be_read_at_a_stretch_is_parted_between_sentences_and_folds() -> None:
    text = " ".join(f"Phrase numéro {n} d’un très long paragraphe." for n in range(60))
    blocks = build_blocks(text)
    shown, folded = split_lead(blocks, LONG_PARAGRAPH)
    assert all(300 < block.length < 400 for block in blocks[:-1])
    assert " ".join(part.text for block in blocks for line in block.lines for part in line) == text
    assert (0 < sum(block.length for block in shown) <= LONG_PARAGRAPH, bool(folded)) == (True, True)


def test_a_long_text_without_a_sentence_end_stays_whole() -> None:
    assert len(build_blocks("mot " * 400)) == 1
