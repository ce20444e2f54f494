"""The offers that people judged right keep coming first: nothing falls significantly below the recorded reference.

409 needs on the demonstration catalogue, both parts. After a change that helps, record it:
`maillage evaluate search --reference tests/relevance/reference-search.json`.
"""

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.evaluation.catalogue import build_search, families_of, open_judged_catalogue
from indexer.evaluation.judged import load_needs
from indexer.evaluation.measures import NDCG, SUCCESS
from indexer.evaluation.scored import Run
from indexer.evaluation.search import local_ranking, measure_search
from tests.support.judged import RELEVANCE, change_since_reference, has_fallen, real_settings

REFERENCE = "reference-search.json"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    settings = real_settings(tmp_path_factory.mktemp("jugement"))
    with open_judged_catalogue(settings, fill_from("demonstration", None)) as work:
        families = families_of(work)
        needs = load_needs(RELEVANCE / "judged" / "demonstration", families)
        return measure_search(needs, local_ranking(build_search(work, settings)), families, {})


@pytest.mark.parametrize("measure", [NDCG, SUCCESS])
def test_ranking_has_not_fallen_below_its_reference(run: Run, measure: str) -> None:
    difference = change_since_reference(run, REFERENCE, measure)
    print(f"{measure} : {difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}] depuis la référence")
    assert difference.count >= 400
    assert not has_fallen(difference), "lisez « maillage evaluate search --compare » avant de toucher à la référence"


def test_the_reference_is_of_the_needs_judged_today(run: Run) -> None:
    difference = change_since_reference(run, REFERENCE, NDCG)
    assert difference.count == len(run.scored), "des besoins ont changé : écrivez la référence de nouveau"


def test_every_answer_is_an_offer_of_the_catalogue(run: Run) -> None:
    assert all(one.startswith("exemple--") for scored in run.scored for one in scored.found)
