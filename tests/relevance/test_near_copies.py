"""A judged text that the lexicon holds but for a word or two tells nothing: how near the nearest phrase is to each."""

from collections import Counter, defaultdict

import pytest

from indexer.evaluation.understanding_sets import load_texts
from indexer.language.analysis import fold
from indexer.language.phrases import load_phrases
from tests.support.judged import RELEVANCE

NEAR = 0.8
"""Share of runs of four letters in common, of those of both."""

FEW = 0.01
"""Of the texts of a set. 0 of 213 words of persons, 2 of 211 of the reserve, 1 of 280 situations, 0 of 117."""

PERSONS = [one for folder in ("understanding", "reserve") for one in load_texts(RELEVANCE / folder)]
SETS = ("paroles", "reserve", "situations", "fraiches", "hors-sujet")


def runs(text: str) -> frozenset[str]:
    folded = " ".join(fold(text).split())
    return frozenset(folded[i : i + 4] for i in range(max(1, len(folded) - 3)))


@pytest.fixture(scope="module")
def phrases() -> list[frozenset[str]]:
    return [runs(phrase) for own in load_phrases().values() for phrase in own]


@pytest.fixture(scope="module")
def holders(phrases: list[frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(phrases):
        for run in own:
            found[run].append(place)
    return found


@pytest.mark.parametrize("ensemble", SETS)
def test_the_lexicon_holds_next_to_no_judged_text_of_persons_in_nearly_the_same_words(
    ensemble: str, phrases: list[frozenset[str]], holders: dict[str, list[int]]
) -> None:
    def nearest(own: frozenset[str]) -> float:
        common = Counter(place for run in own for place in holders.get(run, ()))
        return max((n / (len(own) + len(phrases[place]) - n) for place, n in common.items()), default=0.0)

    said = [one.said for one in PERSONS if one.ensemble == ensemble]
    near = [text for text in said if nearest(runs(text)) >= NEAR]
    assert said
    assert len(near) <= FEW * len(said), near


def test_a_phrase_changed_by_a_letter_is_a_near_copy() -> None:
    one, other = runs("je vois personne de la semaine"), runs("je ne vois personne de la semaine")
    assert len(one & other) / len(one | other) >= NEAR
