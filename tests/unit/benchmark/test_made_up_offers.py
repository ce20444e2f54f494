"""Made-up offers: the same for a seed, one after the other, with the shares of real feeds."""

from collections import Counter
from datetime import date
from itertools import islice
from statistics import median

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.benchmark.facts import FRAIS, ZONED
from indexer.benchmark.live import SOURCE, build_live_documents
from indexer.benchmark.offers import World, iter_documents, iter_offers
from indexer.benchmark.places import load_places
from indexer.benchmark.vectors import NOISE, TEXTS_A_THEME, VectorPool, build_pool
from indexer.catalogue.stored import StoredOffer
from indexer.geocode.communes import load_communes
from indexer.language.phrases import load_lexicon
from tests.support.hashing_encoder import HashingEncoder

TODAY = date(2026, 3, 10)
MANY = 2_000


@pytest.fixture(scope="module")
def pool() -> VectorPool:
    return build_pool(HashingEncoder(), 1)


@pytest.fixture(scope="module")
def world(pool: VectorPool) -> World:
    return World(1, TODAY, load_places(), pool)


@pytest.fixture(scope="module")
def many(world: World) -> list[StoredOffer]:
    return [stored for stored, _ in iter_offers(world, MANY)]


def test_a_seed_gives_the_same_documents_and_another_seed_gives_others(world: World) -> None:
    first, again = list(iter_documents(world, 60)), list(iter_documents(world, 60))
    assert [d.body for d in first] == [d.body for d in again]
    assert [d.terms for d in first] == [d.terms for d in again]
    assert all(np.array_equal(a.vector, b.vector) for a, b in zip(first, again, strict=True))
    other = World(2, TODAY, world.places, world.pool)
    assert [d.body for d in iter_documents(other, 60)] != [d.body for d in first]


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 80), st.integers(0, 80))
def test_a_smaller_catalogue_is_the_beginning_of_a_larger_one(world: World, one: int, other: int) -> None:
    few, lots = sorted((one, other))
    larger = [stored for stored, _ in iter_offers(world, lots)]
    assert [stored for stored, _ in iter_offers(world, few)] == larger[:few]
    assert len(larger) == lots


def test_the_first_offers_of_a_billion_come_at_once(world: World) -> None:
    assert len(list(islice(iter_documents(world, 10**9), 5))) == 5


def test_each_offer_has_an_identifier_of_its_own_and_is_published(many: list[StoredOffer]) -> None:
    assert len({stored.offer.id for stored in many}) == MANY
    assert all(stored.published for stored in many)


def test_half_of_the_offers_share_their_text_with_another(many: list[StoredOffer]) -> None:
    texts = Counter((s.offer.source, s.offer.nom, s.offer.description) for s in many)
    assert 0.4 < sum(number for number in texts.values() if number > 1) / MANY < 0.65


def test_shares_are_those_of_the_feeds(many: list[StoredOffer]) -> None:
    """Siblings state the same, so that shares vary more than those of as many separate draws."""
    frais = Counter(s.offer.frais for s in many)
    for value, share in FRAIS.items():
        assert abs(100 * frais[value] / MANY - share) < 5
    assert 0.43 < sum(s.offer.publics is None for s in many) / MANY < 0.57
    assert abs(sum(s.offer.zone_eligibilite is not None for s in many) / MANY - ZONED) < 0.04
    themes = Counter(min(len(s.offer.thematiques or ()), 3) for s in many)
    assert themes[1] > themes[2] > themes[0]
    assert 60 < median(len((s.offer.description or "").split()) for s in many) < 130


def test_offers_are_where_people_live(many: list[StoredOffer]) -> None:
    communes = [c for c in map(load_communes().get, (s.offer.code_insee or "" for s in many)) if c is not None]
    assert len(communes) == MANY
    in_cities = sum(c.population >= 100_000 for c in communes) / MANY
    assert 0.1 < in_cities < 0.25  # 15 % of the people of France
    assert len({c.departement for c in communes}) > 90


def test_workshops_have_coming_sessions_and_trainings_have_jobs(many: list[StoredOffer]) -> None:
    by_kind = {
        kind: [s.offer for s in many if s.offer.type_offre == kind] for kind in ("atelier", "formation", "service")
    }
    assert all(offer.sessions for offer in by_kind["atelier"])
    assert all(offer.metiers for offer in by_kind["formation"])
    assert not any(offer.sessions for offer in by_kind["service"])
    assert any(session.debut.date() > TODAY for offer in by_kind["atelier"] for session in offer.sessions)


def test_vectors_are_unit_and_near_a_real_one_of_their_subject(world: World) -> None:
    real = {theme: np.asarray(vectors) for theme, vectors in world.pool.by_theme.items()}
    assert {len(vectors) for vectors in real.values()} == {TEXTS_A_THEME}
    assert set(real) == set(load_lexicon())
    for stored, vector in iter_offers(world, 100):
        assert abs(float(np.linalg.norm(vector)) - 1) < 1e-5
        themes = stored.offer.thematiques or tuple(real)
        nearest = max(float((real[theme] @ vector).max()) for theme in themes)
        assert nearest > 1 - NOISE**2


def test_what_is_served_is_json_of_the_offer(world: World) -> None:
    for document in iter_documents(world, 30):
        body = orjson.loads(document.body)
        assert body["id"] == document.id
        assert body["structure"]["nom"]


def test_what_is_written_live_is_never_past(world: World) -> None:
    assert all(document.valid_until is None for document in build_live_documents(world, 0, 200))


def test_live_documents_are_apart_and_numbered_on(world: World) -> None:
    first, then = build_live_documents(world, 0, 3), build_live_documents(world, 3, 2)
    assert [d.id for d in (*first, *then)] == [f"{SOURCE}--{number}" for number in range(5)]
    assert all(d.codes["sources"] == (SOURCE,) and d.on_site and not d.zone for d in (*first, *then))
