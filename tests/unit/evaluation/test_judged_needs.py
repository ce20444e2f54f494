"""Judged needs are read with their families, and a mistake is told with its file and its place."""

from pathlib import Path

import pytest

from indexer.errors import EvaluationError
from indexer.evaluation.families import build_families, find_family, fold
from indexer.evaluation.judged import load_needs
from indexer.schema import Offer

OFFERS = [
    Offer(id="ex--bus-nord", source="ex", structure_id="ex--s", nom="Le bus", description="Monte."),
    Offer(id="ex--bus-sud", source="ex", structure_id="ex--s", nom="Le  BUS", description="monte."),
    Offer(id="ex--pain", source="ex", structure_id="ex--s", nom="Le pain", description=None),
]
FAMILIES = build_families(OFFERS)
HEAD = 'type = "essai"\nprefixe = "ex--"\nlieu = "90010"\nbesoins = [\n'
GOOD = '{ dit = "manger", registre = "court", part = "dev", notes = { pain = 3 } },\n'


def write(folder: Path, *lines: str) -> Path:
    (folder / "essai.toml").write_text(HEAD + "".join(lines) + "]\n", "utf-8")
    return folder


def test_siblings_are_one_family_whatever_case_and_spaces() -> None:
    assert FAMILIES == {"ex--bus-nord": "ex--bus-nord", "ex--bus-sud": "ex--bus-nord", "ex--pain": "ex--pain"}


def test_a_family_is_found_by_the_beginning_of_its_ids() -> None:
    assert find_family(FAMILIES, "ex--bus") == "ex--bus-nord"
    assert find_family(FAMILIES, "ex") is None
    assert find_family(FAMILIES, "ex--b") is None


def test_a_family_stands_where_its_first_sibling_is() -> None:
    assert fold(FAMILIES, ["ex--bus-sud", "ex--pain", "ex--bus-nord", "autre"]) == ["ex--bus-nord", "ex--pain", "autre"]


def test_a_need_takes_the_place_of_its_file_unless_it_has_its_own(tmp_path: Path) -> None:
    own = '{ dit = "rouler", lieu = "", registre = "court", part = "test", notes = { bus = 2 } },\n'
    first, second = load_needs(write(tmp_path, GOOD, own), FAMILIES)
    assert (first.place, first.grades) == ("90010", {"ex--pain": 3})
    assert (second.place, second.grades) == (None, {"ex--bus-nord": 2})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{ dit = "x", registre = "court", part = "dev", notes = { brioche = 3 } },', "brioche"),
        ('{ dit = "x", registre = "court", part = "dev", notes = { pain = 4 } },', "une note est 1, 2, 3"),
        ('{ dit = "x", registre = "court", part = "dev", notes = { pain = 1 } },', "aucune offre n'y répond"),
        ('{ dit = "x", registre = "court", part = "tout", notes = { pain = 3 } },', "part inconnue"),
        ('{ dit = "x", part = "dev", notes = { pain = 3 } },', "registre"),
        ('{ dit = "x", registre = "court", part = "dev", notes = { bus-nord = 3, bus-sud = 2 } },', "deux notes"),
        (GOOD, "jugé deux fois"),
        ("{ dit = ", "TOML"),
    ],
)
def test_a_mistake_is_told_with_what_is_wrong(tmp_path: Path, line: str, told: str) -> None:
    folder = write(tmp_path, GOOD, line)
    with pytest.raises(EvaluationError, match=told):
        load_needs(folder, FAMILIES)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="rien à mesurer"):
        load_needs(tmp_path, FAMILIES)
