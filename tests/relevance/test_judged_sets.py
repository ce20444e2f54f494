"""The judged sets are what they say: parts by digest, every thématique, enough texts, offers that exist."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from indexer.demonstration.load import build_demonstration
from indexer.evaluation.agreement import weighted_kappa
from indexer.evaluation.families import build_families, find_family
from indexer.evaluation.judged import RIGHT, JudgedNeed, load_needs
from indexer.evaluation.parts import part_of
from indexer.evaluation.understanding_sets import Text, load_texts
from indexer.schema import Offer
from indexer.schema.vocabulary import thematiques
from tests.support.demonstration import TODAY
from tests.support.judged import RELEVANCE

TEXTS = load_texts(RELEVANCE / "understanding")
LEAST_TEXTS = {"paroles": 210, "libelles": 210, "synonymes": 140, "langues": 120, "hors-sujet": 80}


LEAST_AGREEMENT = 0.8
"""Weighted kappa of two readings by the same hand; measured .985."""

OFFERS = [Offer.model_validate(one) for one in build_demonstration(TODAY) if "structure_id" in one]
NEEDS = load_needs(RELEVANCE / "judged" / "demonstration", build_families(OFFERS))


def test_the_part_of_a_text_is_that_of_its_digest() -> None:
    wrong = [one.said for one in (*TEXTS, *NEEDS) if one.part != part_of(one.said)]
    assert wrong == []


@pytest.mark.parametrize("judged", [TEXTS, NEEDS])
def test_both_parts_hold_about_half(judged: tuple[Text, ...] | tuple[JudgedNeed, ...]) -> None:
    dev = sum(one.part == "dev" for one in judged) / len(judged)
    assert 0.45 <= dev <= 0.55


def test_no_text_is_judged_twice() -> None:
    counts = Counter(one.said.casefold() for one in TEXTS)
    assert [said for said, count in counts.items() if count > 1] == []


def test_each_set_has_enough_texts() -> None:
    counts = Counter(one.ensemble for one in TEXTS)
    assert {name: counts[name] >= least for name, least in LEAST_TEXTS.items()} == dict.fromkeys(LEAST_TEXTS, True)


@pytest.mark.parametrize("ensemble", ["paroles", "libelles"])
def test_every_thematique_is_said_at_least_three_times(ensemble: str) -> None:
    counts = Counter(value for one in TEXTS if one.ensemble == ensemble for value in one.right)
    leaves = [term.value for term in thematiques().values() if term.parent is not None]
    assert [value for value in leaves if counts[value] < 3] == []


def test_only_what_is_no_need_has_no_right_thematique() -> None:
    assert {one.ensemble for one in TEXTS if not one.right} == {"hors-sujet"}


def test_enough_needs_are_judged_in_several_languages_and_registers() -> None:
    assert len(NEEDS) >= 300
    assert len({need.langue for need in NEEDS}) >= 8
    assert len({need.registre for need in NEEDS}) >= 8


def test_most_offers_of_the_demonstration_answer_some_need() -> None:
    right = {offer for need in NEEDS for offer, grade in need.grades.items() if grade >= RIGHT}
    families = set(build_families(OFFERS).values())
    assert len(right) / len(families) >= 0.95, sorted(families - right)


def test_judgement_files_stay_readable() -> None:
    """One text a line; a file that grows too long is split by kind of need."""
    files = [*(RELEVANCE / "judged").rglob("*.toml"), *(RELEVANCE / "understanding").glob("*.toml")]
    assert [file.name for file in files if _lines(file) > 350] == []


def _lines(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def test_a_second_reading_agrees_with_the_first() -> None:
    """84 pairs, 21 of each grade, read again in another order without seeing the first grades."""
    read = tomllib.loads((RELEVANCE / "judged" / "relecture.toml").read_text("utf-8"))
    families = build_families(OFFERS)
    first, second = [], []
    for pair in read["couples"]:
        family = find_family(families, read["prefixe"] + pair["offre"])
        assert family is not None, pair["offre"]
        (need,) = [one for one in NEEDS if one.said == pair["dit"]]
        first.append(need.grades.get(family, 0))
        second.append(pair["seconde"])
    assert len(second) >= 60
    assert weighted_kappa(first, second) >= LEAST_AGREEMENT
