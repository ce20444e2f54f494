"""Plans of 32 written profiles, judged on the demonstration catalogue, stay as good as their recorded reference.

After a change that helps: `maillage evaluate match --reference tests/relevance/reference-plans.json`.
"""

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.evaluation.catalogue import families_of, open_judged_catalogue
from indexer.evaluation.figures import EVERYTHING, build_rows
from indexer.evaluation.matching import open_judged_matcher
from indexer.evaluation.plan_sets import load_plans
from indexer.evaluation.planning import (
    COVERAGE,
    DANGER,
    FOUND,
    KEPT_OUT,
    MEASURES,
    ORDER,
    PERMITTED,
    PRECISION,
    measure_plans,
)
from indexer.evaluation.scored import Run, read_run
from tests.support.judged import RELEVANCE, SLIGHT, change_since_reference, has_fallen, real_settings

REFERENCE = "reference-plans.json"
NEVER_LESS = (KEPT_OUT, PERMITTED, ORDER, DANGER)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    settings = real_settings(tmp_path_factory.mktemp("plans"))
    with open_judged_catalogue(settings, fill_from("demonstration", None)) as work:
        families = families_of(work)
        judged = load_plans(RELEVANCE / "plans" / "demonstration", families)
        with open_judged_matcher(work, settings) as matcher:
            return measure_plans(judged, matcher.match, families, {})


@pytest.mark.parametrize("measure", NEVER_LESS)
def test_what_must_hold_for_everyone_holds(run: Run, measure: str) -> None:
    assert [one.text for one in run.scored if one.values.get(measure, 1.0) < 1.0] == []


@pytest.mark.parametrize("measure", [FOUND, COVERAGE])
def test_no_profile_loses_a_need_or_its_honesty(run: Run, measure: str) -> None:
    before = {one.key: one.values[measure] for one in read_run(RELEVANCE / REFERENCE, run.kind).scored}
    assert [one.text for one in run.scored if one.values[measure] < before[one.key] - SLIGHT] == []


def test_right_offers_have_not_fallen_below_their_reference(run: Run) -> None:
    before = read_run(RELEVANCE / REFERENCE, run.kind)
    having = Run(run.kind, {}, tuple(one for one in run.scored if PRECISION in one.values))
    names = {one.key for one in having.scored}
    kept = Run(before.kind, {}, tuple(one for one in before.scored if one.key in names))
    assert len(kept.scored) == len(having.scored) >= 28
    difference = change_since_reference(having, REFERENCE, PRECISION)
    print(f"{PRECISION} : {difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}] depuis la référence")
    assert not has_fallen(difference), "lisez « maillage evaluate match --compare » avant de toucher à la référence"


def test_the_reference_is_of_the_profiles_judged_today(run: Run) -> None:
    before = read_run(RELEVANCE / REFERENCE, run.kind)
    assert {one.key for one in before.scored} == {one.key for one in run.scored}
    assert len(run.scored) >= 28


def test_every_measure_is_asked_of_several_profiles(run: Run) -> None:
    (row,) = build_rows(run, [()])
    assert row.group == EVERYTHING
    assert set(row.estimates) == set(MEASURES)
    assert all(one.count >= 5 for one in row.estimates.values())
