"""Both engines on one real catalogue (Lille, La Réunion, our examples): the same counts, nearly the same ten first.

The figures of the last run are in docs/relevance.md.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import cycle
from statistics import fmean

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.commands.import_ import ImportOptions, import_files
from indexer.engines.base import FACET_FIELDS
from indexer.evaluation.catalogue import JUDGED_ON, build_search, families_of, open_judged_catalogue
from indexer.evaluation.families import Families
from indexer.evaluation.judged import JudgedNeed, load_needs
from indexer.evaluation.measures import DEPTH, NDCG
from indexer.evaluation.search import local_ranking, measure_search
from indexer.rebuild import Indexing
from indexer.report import ImportReport
from indexer.search import OfferSearch, SearchRequest
from indexer.search.answer import SearchAnswer
from tests.support.judged import FEEDS, RELEVANCE, real_settings

QUERIES = 300
SAINT_DENIS = "97411"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.elasticsearch,
    pytest.mark.real_data,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="données publiques absentes : ../shared/data/feeds"),
]


@dataclass(frozen=True)
class Pair:
    """The same catalogue searched by both engines, and what was judged of it."""

    embedded: OfferSearch
    elasticsearch: OfferSearch
    families: Families
    needs: tuple[JudgedNeed, ...]


def fill(work: Indexing) -> None:
    """Our examples, then two real feeds."""
    fill_from("demonstration", None)(work)
    for flux in ("lille_2026", "reunion_2025"):
        files = tuple(str(FEEDS / f"{flux}_{what}.json") for what in ("structures", "services"))
        import_files(work.catalogue, ImportOptions(files, flux), ImportReport(flux, files, None, JUDGED_ON))


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Iterator[Pair]:
    alone = real_settings(tmp_path_factory.mktemp("parite"))
    cluster = alone.model_copy(update={"engine": "elasticsearch", "elasticsearch_url": elasticsearch_url})
    with ExitStack() as opened:
        one, other = (opened.enter_context(open_judged_catalogue(settings, fill)) for settings in (alone, cluster))
        families = families_of(one)
        load = partial(load_needs, families=families)
        needs = (*load(RELEVANCE / "judged" / "demonstration"), *load(RELEVANCE / "judged" / "lille"))
        yield Pair(build_search(one, alone), build_search(other, cluster), families, needs)


def build_requests(needs: Sequence[JudgedNeed]) -> Iterator[SearchRequest]:
    """What was judged, from its place, from nowhere and from overseas, with and without ticks; then without words."""
    places = cycle(("own", "own", None, "59350", SAINT_DENIS))
    ticked = cycle(
        (
            {},
            {},
            {"publics": ("jeunes",)},
            {"frais": ("gratuit",), "modes_accueil": ("en-presentiel",)},
            {"thematiques": ("numerique",)},
            {"types_offre": ("formation",), "sources": ("carif-oref", "exemple")},
            {"modes_accueil": ("a-distance",)},
        )
    )
    typed = needs[:: max(1, len(needs) // (QUERIES - 60))][: QUERIES - 60]
    for need, place, filters in zip(typed, places, ticked, strict=False):
        commune = need.place if place == "own" else place
        yield SearchRequest(q=need.said, code_commune=commune, filtres=filters, facettes=FACET_FIELDS)
    orders = cycle(("pertinence", "distance", "date"))
    for number, filters, tri in zip(range(60), ticked, orders, strict=False):
        place = (SAINT_DENIS, "59350", "90010")[number // 3 % 3]
        radius, after = (5.0, 20.0, 50.0, 200.0)[number % 4], date(2026, 5, 4) if number % 5 == 0 else None
        yield SearchRequest(
            code_commune=place, rayon_km=radius, filtres=filters, debut_apres=after, tri=tri, facettes=FACET_FIELDS
        )


def first_ten(answer: SearchAnswer) -> list[str]:
    return [one for item in answer.items for one in (item.id, *(other.id for other in item.autres_lieux))][:DEPTH]


def overlap(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the longer list that is in both; 1 for two empty ones."""
    return len(set(one) & set(other)) / max(len(one), len(other), 1) if one or other else 1.0


def test_totals_and_facets_are_equal_and_the_ten_first_nearly_the_same(pair: Pair) -> None:
    requests = list(build_requests(pair.needs))
    shares = []
    for request in requests:
        one, other = pair.embedded.search(request), pair.elasticsearch.search(request)
        assert (other.total, other.par_sens) == (one.total, one.par_sens), request
        if not one.par_sens:  # the nearest by meaning are each engine's own int8: counted by what they share, below
            assert other.facettes == one.facettes, request
        if request.tri != "pertinence":
            assert first_ten(other) == first_ten(one), request
        shares.append(overlap(first_ten(one), first_ten(other)))
    same = sum(share == 1.0 for share in shares)
    print(f"{len(shares)} recherches : mêmes dix premières {same}, recouvrement moyen {fmean(shares):.4f}")
    assert len(requests) == QUERIES
    assert fmean(shares) >= 0.95


def test_judged_needs_are_answered_as_well_by_both(pair: Pair) -> None:
    means = []
    for search in (pair.embedded, pair.elasticsearch):
        run = measure_search(pair.needs, local_ranking(search), pair.families, {})
        means.append(fmean(scored.values[NDCG] for scored in run.scored))
    print(f"{NDCG} sur {len(pair.needs)} besoins : intégré {means[0]:.4f}, Elasticsearch {means[1]:.4f}")
    assert means[1] == pytest.approx(means[0], abs=0.01)
