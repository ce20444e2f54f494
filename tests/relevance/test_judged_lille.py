"""Ranking on a real catalogue: 155 needs judged on the Lille feed, which stays outside of the project.

After a change that helps: `maillage evaluate search --catalogue lille --donnees ../shared/data/feeds --reference
tests/relevance/reference-lille.json`.
"""

from pathlib import Path

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.evaluation.catalogue import build_search, families_of, open_judged_catalogue
from indexer.evaluation.judged import load_needs
from indexer.evaluation.measures import NDCG
from indexer.evaluation.search import local_ranking, measure_search
from tests.support.judged import FEEDS, NEEDS_LILLE, RELEVANCE, change_since_reference, has_fallen, real_settings


@NEEDS_LILLE
@pytest.mark.real_data
def test_ranking_on_the_real_catalogue_has_not_fallen_below_its_reference(tmp_path: Path) -> None:
    settings = real_settings(tmp_path)
    with open_judged_catalogue(settings, fill_from("lille", FEEDS)) as work:
        families = families_of(work)
        needs = load_needs(RELEVANCE / "judged" / "lille", families)
        run = measure_search(needs, local_ranking(build_search(work, settings)), families, {})
    difference = change_since_reference(run, "reference-lille.json", NDCG)
    print(f"{NDCG} : {difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}] depuis la référence")
    assert difference.count == len(needs) >= 150
    assert not has_fallen(difference)
