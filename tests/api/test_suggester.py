"""What comes as one types."""

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.catalogue.stored import StructureName
from indexer.geocode.communes import load_communes
from indexer.search.highlight import highlight
from indexer.search.structure_names import NameTable
from indexer.search.suggest import TYPES, Suggester
from indexer.search.word_index import WordIndex, typed_words


class FixedNames:
    """Structures that no catalogue holds."""

    def __init__(self, names: Iterable[StructureName]) -> None:
        self.find = NameTable(names).find


NAMES = [
    StructureName("ex--1", "Mission locale de Belfort", "Belfort", 2),
    StructureName("ex--2", "La Mission", "Delle", 9),
    StructureName("ex--3", "Association Mission & Partage", None, 40),
    StructureName("ex--4", "Mission locale du Sud", "Delle", 5),
    StructureName("ex--5", "Cœur d'Élan", "Delle", 1),
]


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(load_communes(), FixedNames(NAMES))  # type: ignore[arg-type]


def values(suggester: Suggester, text: str, *types: str, size: int = 10) -> list[str]:
    return [suggestion.valeur for suggestion in suggester.suggest(text, types or TYPES, size)]


def test_a_commune_is_found_by_the_beginning_of_its_name_and_told_by_its_postal_code(suggester: Suggester) -> None:
    first = suggester.suggest("belf")[0]
    assert (first.type, first.valeur, first.precision) == ("commune", "90010", "90000 · Territoire de Belfort")
    assert first.surligne == "<mark>Belf</mark>ort"


def test_a_commune_is_found_by_its_postal_code_and_shows_that_one(suggester: Suggester) -> None:
    (lille,) = suggester.suggest("59800", ["commune"])
    assert (lille.label, lille.precision) == ("Lille", "59800 · Nord")


def test_a_slip_in_a_commune_comes_after_what_was_really_typed(suggester: Suggester) -> None:
    found = suggester.suggest("permis")
    assert found[0].valeur == "mobilite--preparer-un-permis"
    assert [s.type for s in found] == sorted((s.type for s in found), key=lambda t: t == "commune")
    assert values(suggester, "belffort", "commune")[0] == "90010"


@pytest.mark.parametrize("text", ["payer loyer", "Payer mon LOYER", "loy pay", "impayés de loyer"])
def test_a_thematique_is_found_by_all_its_words_in_any_order_plain_or_official(suggester: Suggester, text: str) -> None:
    assert "logement-hebergement--reduire-les-impayes-de-loyer" in values(suggester, text, "thematique")


def test_one_word_that_matches_nothing_finds_nothing(suggester: Suggester) -> None:
    assert values(suggester, "payer zzzz", "thematique", "metier", "structure") == []


def test_a_metier_is_found_by_its_label_and_by_its_code(suggester: Suggester) -> None:
    assert "G1602" in values(suggester, "cuisin", "metier")
    assert values(suggester, "g1602", "metier") == ["G1602"]


def test_structures_that_begin_so_come_first_then_those_with_the_most_offers(suggester: Suggester) -> None:
    assert values(suggester, "mission", "structure") == ["ex--2", "ex--4", "ex--1", "ex--3"]
    assert values(suggester, "mission loc", "structure") == ["ex--4", "ex--1"]


def test_each_type_has_its_share_and_stays_together(suggester: Suggester) -> None:
    found = [s.type for s in suggester.suggest("mis", size=8)]
    assert len(found) == 8
    assert found == sorted(found, key=TYPES.index)
    assert found.count("structure") >= 2


def test_only_the_types_asked_for_come(suggester: Suggester) -> None:
    assert {s.type for s in suggester.suggest("p", ["metier"])} == {"metier"}


@pytest.mark.parametrize("text", ["", "   ", "?!", "'"])
def test_nothing_typed_gives_nothing(suggester: Suggester, text: str) -> None:
    assert suggester.suggest(text) == ()


@pytest.mark.parametrize(
    ("label", "typed", "expected"),
    [
        ("Association Mission & Partage", "part", "Association Mission &amp; <mark>Part</mark>age"),
        ("Cœur d'Élan", "coeur el", "<mark>Cœur</mark> d&#x27;<mark>Él</mark>an"),
        ("<b>Gras</b>", "gra", "&lt;b&gt;<mark>Gra</mark>s&lt;/b&gt;"),
        ("Œuvre", "o", "<mark>Œ</mark>uvre"),
    ],
)
def test_what_was_typed_is_marked_in_an_escaped_label(label: str, typed: str, expected: str) -> None:
    assert highlight(label, typed_words(typed)) == expected


@settings(deadline=None, max_examples=200)
@given(text=st.text(max_size=40))
def test_any_text_gives_at_most_what_was_asked(suggester: Suggester, text: str) -> None:
    found = suggester.suggest(text, size=5)
    assert len(found) <= 5
    assert len({(s.type, s.valeur) for s in found}) == len(found)


@settings(deadline=None)
@given(
    labels=st.lists(st.lists(st.sampled_from(["abc", "abd", "bcd", "xyz"]), min_size=1, max_size=4), max_size=12),
    typed=st.lists(st.sampled_from(["a", "ab", "abc", "bcd", "x"]), min_size=1, max_size=3, unique=True),
)
def test_the_index_finds_exactly_the_labels_that_hold_every_word(labels: list[list[str]], typed: list[str]) -> None:
    found = WordIndex(" ".join(words) for words in labels).find(typed, 100)
    expected = {row for row, words in enumerate(labels) if all(any(w.startswith(t) for w in words) for t in typed)} | {
        row for row, words in enumerate(labels) if " ".join(words).startswith(" ".join(typed))
    }
    assert sorted(found) == sorted(expected)
