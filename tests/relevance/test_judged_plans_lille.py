"""Plans of twelve written profiles stay as good as their recorded reference on the Lille feed, which is not shipped.

After a change that helps: `maillage evaluate match --catalogue lille --donnees ../shared/data/feeds --reference
tests/relevance/reference-plans-lille.json`.
"""

from pathlib import Path

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.evaluation.catalogue import families_of, open_judged_catalogue
from indexer.evaluation.matching import open_judged_matcher
from indexer.evaluation.plan_sets import load_plans
from indexer.evaluation.planning import KEPT_OUT, PERMITTED, measure_plans
from indexer.evaluation.scored import read_run
from tests.support.judged import FEEDS, NEEDS_LILLE, RELEVANCE, SLIGHT, real_settings


@NEEDS_LILLE
@pytest.mark.real_data
def test_plans_on_the_real_catalogue_have_not_fallen_below_their_reference(tmp_path: Path) -> None:
    settings = real_settings(tmp_path)
    with open_judged_catalogue(settings, fill_from("lille", FEEDS)) as work:
        families = families_of(work)
        judged = load_plans(RELEVANCE / "plans" / "lille", families)
        with open_judged_matcher(work, settings) as matcher:
            run = measure_plans(judged, matcher.match, families, {})
    before = {one.key: one.values for one in read_run(RELEVANCE / "reference-plans-lille.json", run.kind).scored}
    assert len(run.scored) == len(before) == 12
    assert all(one.values.get(measure, 1.0) == 1.0 for one in run.scored for measure in (KEPT_OUT, PERMITTED))
    for measure in {name for one in run.scored for name in one.values}:
        now = [one.values[measure] for one in run.scored if measure in one.values]
        then = [values[measure] for values in before.values() if measure in values]
        assert sum(now) / len(now) >= sum(then) / len(then) - SLIGHT, measure
