"""Each part of a score on worlds of two candidates, the mixing of houses, and names."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines import ranking
from indexer.engines.base import Names, SearchQuery, TermGroup, Words
from indexer.engines.ranking.order import PARTS
from indexer.engines.ranking.weights import ASKED

TODAY = date(2026, 5, 4)
MIDNIGHT = 1_777_852_800.0
DAY = 86_400
SETTING = ranking.Setting(TODAY, MIDNIGHT)
EPOCH_DAY = TODAY.toordinal() - date(1970, 1, 1).toordinal()


def candidates(count: int = 2, **columns: Any) -> ranking.Candidates:
    """All alike but for the columns given; nothing asked is known."""
    nan = np.full(count, np.nan)
    alike = ranking.Candidates(
        id_rank=np.arange(count), distance=nan, words=np.zeros(count), name=np.zeros(count), need=np.zeros(count),
        meaning=nan, stated=nan, wished=nan, age=nan, quality=np.zeros(count), changed=np.zeros(count), start=nan,
        full=np.zeros(count), fold=np.zeros(count, np.uint64), structure=np.zeros(count, np.uint64),
    )  # fmt: skip
    return replace(alike, **{name: np.array(values) for name, values in columns.items()})


def first_of(part: str, **columns: Any) -> int:
    """Which of two candidates goes first when this part alone is weighed."""
    return int(ranking.rank(candidates(**columns), {part: 1.0}, SETTING).order[0])


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("besoin", {"need": [0.5, 0.9]}),
        ("mots", {"words": [0.1, 0.4]}),
        ("sens", {"meaning": [0.80, 0.90]}),
        ("proximite", {"distance": [9.0, 2.0]}),
        ("proximite", {"distance": [40.0, np.nan]}),
        ("precise", {"stated": [0.5, 1.0]}),
        ("souhaits", {"wished": [0.5, 1.0]}),
        ("souhaits", {"wished": [0.0, 0.5]}),
        ("age", {"age": [0.0, 0.5]}),
        ("qualite", {"quality": [0.2, 0.9]}),
        ("fraicheur", {"changed": [EPOCH_DAY - 700.0, EPOCH_DAY - 10.0]}),
        ("bientot", {"start": [MIDNIGHT + 20 * DAY, MIDNIGHT + 2 * DAY]}),
        ("bientot", {"start": [MIDNIGHT + DAY, MIDNIGHT + 2 * DAY], "full": [1.0, 0.0]}),
        ("places", {"full": [1.0, 0.0]}),
    ],
)
def test_the_better_of_two_goes_first(part: str, columns: dict[str, list[float]]) -> None:
    assert first_of(part, **columns) == 1
    assert first_of(part, **{name: values[::-1] for name, values in columns.items()}) == 0


@pytest.mark.parametrize("part", PARTS)
def test_a_part_of_what_nobody_knows_is_between_nothing_and_all(part: str) -> None:
    values = PARTS[part](candidates(), SETTING)
    assert ((values >= 0) & (values <= 1)).all()


def test_equals_are_ordered_by_distance_then_by_id() -> None:
    alike = candidates(3, distance=[2.0, 1.0, 1.0], id_rank=[0, 2, 1])
    assert ranking.rank(alike, {"besoin": 1.0}, SETTING).order.tolist() == [2, 1, 0]


def test_the_weights_of_any_query_add_up_to_one() -> None:
    for query in (
        SearchQuery(TODAY),
        SearchQuery(TODAY, words=Words(()), age=17),
        SearchQuery(TODAY, words=Words(()), wishes={"frais": frozenset({"gratuit"})}),
        SearchQuery(TODAY, vector=np.zeros(3, np.float32), age=17),
    ):
        assert sum(ranking.weights_for(query, by_meaning=False).values()) == pytest.approx(1.0)
    assert sum(ASKED.values()) == pytest.approx(1.0)


def test_a_name_typed_in_full_passes_a_need_that_is_understood() -> None:
    both = candidates(need=[0.9, 0.0], words=[0.6, 0.6], name=[0.0, 1.0])
    ranked = ranking.rank(both, ranking.weights_for(SearchQuery(TODAY, words=Words(())), by_meaning=False), SETTING)
    assert ranked.order.tolist() == [1, 0]
    assert (ranked.score <= 1.0).all()


def mixed(houses: list[int], needs: list[float], **columns: Any) -> list[int]:
    world = candidates(len(houses), structure=np.array(houses, np.uint64), need=needs, **columns)
    order: list[int] = ranking.rank(world, {"besoin": 1.0}, SETTING).order.tolist()
    return order


def test_a_structure_takes_two_of_the_first_five_places_while_others_answer_nearly_as_well() -> None:
    order = mixed([1, 1, 1, 1, 1, 2, 3, 4], [0.90, 0.89, 0.88, 0.87, 0.86, 0.85, 0.84, 0.83])
    assert sum(place < 5 for place in order[:5]) == 2
    assert sorted(order) == list(range(8))


def test_variety_never_puts_a_much_worse_answer_first() -> None:
    assert mixed([1, 1, 1, 2], [0.9, 0.9, 0.9, 0.3]) == [0, 1, 2, 3]


def test_the_offers_of_a_structure_that_was_called_by_its_name_yield_to_nobody() -> None:
    assert mixed([1, 1, 1, 2], [0.9, 0.9, 0.9, 0.85], name=[1.0, 1.0, 1.0, 0.0]) == [0, 1, 2, 3]


def test_offers_without_a_structure_are_no_house() -> None:
    assert mixed([0, 0, 0, 2], [0.9, 0.89, 0.88, 0.87]) == [0, 1, 2, 3]


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 1), st.integers(0, 4)), min_size=1, max_size=40))
def test_mixing_keeps_everyone_once_and_siblings_together(rows: list[tuple[int, float, int]]) -> None:
    folds = [fold for _, _, fold in rows]
    order = mixed([house for house, _, _ in rows], [need for _, need, _ in rows], fold=np.array(folds, np.uint64))
    assert sorted(order) == list(range(len(rows)))
    told = [folds[place] or -1 - place for place in order]
    assert sum(a != b for a, b in pairwise(told)) == len(set(told)) - 1


def fit(names: Names, *typed: tuple[str, float]) -> float:
    """The fit of one document's names with words typed, each with its weight."""
    words = Words(tuple(TermGroup(term, ((term, 1.0),), weight) for term, weight in typed))
    codes = np.array(list(ranking.iter_codes(names)), np.uint64)
    held = ranking.HeldNames(1, np.zeros(len(codes), np.int64), codes)
    return float(ranking.name_fit(words, held)[0])


MISSION = Names(own=("accueil", "jeun"), holder=("mission", "local"), around=("lill",))


def test_a_name_is_called_by_nearly_all_its_words() -> None:
    assert fit(MISSION, ("mission", 2.0), ("local", 1.0), ("lill", 1.0)) == 1.0
    assert fit(MISSION, ("mission", 2.0), ("local", 1.0)) == 1.0
    assert fit(MISSION, ("mission", 2.0)) == 0.0
    assert fit(MISSION, ("lill", 1.0)) == 0.0


def test_an_own_name_that_holds_what_was_typed_lifts_a_little_and_more_when_that_is_rare() -> None:
    prepa = Names(own=("prep", "vae", "meti", "lill"))
    assert 0 < fit(prepa, ("vae", 2.0)) < fit(prepa, ("vae", 6.0)) < 0.5
    assert fit(prepa, ("vae", 2.0), ("inconnu", 8.0)) == 0.0


def test_a_name_is_not_called_when_most_of_what_is_typed_is_something_else() -> None:
    assert fit(MISSION, ("mission", 1.0), ("local", 1.0), ("loyer", 3.0)) == 0.0


def test_an_acronym_calls_the_long_name_and_both_names_together_call_too() -> None:
    cidff = Names(own=("accueil",), holder=("centr", "inform", "droit", "femm"), holder_short=("cidff",))
    assert fit(cidff, ("cidff", 4.0)) == 1.0
    assert fit(MISSION, ("accueil", 1.0), ("jeun", 1.0), ("mission", 1.0), ("local", 1.0)) == 1.0


def test_without_words_or_names_nothing_is_called() -> None:
    assert fit(Names(), ("loyer", 1.0)) == 0.0
    assert fit(MISSION) == 0.0


def test_of_two_alike_the_one_that_nobody_updated_goes_behind() -> None:
    old = candidates(quality=[0.6, 0.6], changed=[EPOCH_DAY - 800.0, EPOCH_DAY - 10.0])
    aware = replace(SETTING, stale_days=730)
    assert list(ranking.rank(old, {"qualite": 1.0}, SETTING).order) == [0, 1]
    assert list(ranking.rank(old, {"qualite": 1.0}, aware).order) == [1, 0]


def test_a_stale_offer_that_answers_far_better_still_goes_first() -> None:
    old = candidates(need=[0.9, 0.5], changed=[EPOCH_DAY - 800.0, EPOCH_DAY - 10.0])
    ranked = ranking.rank(old, {"besoin": 1.0}, replace(SETTING, stale_days=730))
    assert list(ranked.order) == [0, 1]
    assert list(ranked.parts["perimee"]) == [1.0, 0.0]


@pytest.mark.parametrize(("days", "stale"), [(729.0, 0.0), (730.0, 1.0), (np.nan, 0.0)])
def test_an_offer_is_stale_from_that_day_on(days: float, stale: float) -> None:
    of_one = candidates(1, changed=[EPOCH_DAY - days])
    assert ranking.rank(of_one, {"qualite": 1.0}, replace(SETTING, stale_days=730)).parts["perimee"][0] == stale
