"""What holds for every plan of every profile, on a random catalogue."""

from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings

from indexer.geocode.communes import load_communes
from indexer.geocode.distance import distance_km
from indexer.labour.service import Labour
from indexer.matching.build import Around, build_matcher
from indexer.matching.matcher import Matcher
from indexer.matching.plan import Plan, PlanOffer
from indexer.matching.reading import read_profile
from indexer.metiers.service import Jobs
from indexer.schema.vocabulary import category_of
from indexer.search import build_offer_search
from tests.support.indexing import fill, open_world
from tests.support.small_feeds import NOON
from tests.unit.matching.random_worlds import BELLE_ILE, WordReader, profiles, random_records

_EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def matcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matcher]:
    folder = tmp_path_factory.mktemp("plans")
    with open_world(folder) as work:
        fill(work, random_records(seed=3, count=160))
        search = build_offer_search(work.engine, work.encoder, lambda: NOON, WordReader())
        yield build_matcher(search, work.engine, work.encoder, Around(Jobs(work.encoder, folder), Labour(folder)))


@_EXAMPLES
@given(body=profiles)
def test_every_offer_is_within_reach_and_never_across_the_sea(matcher: Matcher, body: dict[str, Any]) -> None:
    plan = matcher.match(read_profile(body))
    here = _point(body)
    for shown in _offers(plan):
        told = orjson.loads(shown.offre)
        if shown.distance_km is not None:
            assert distance_km(*here, told["latitude"], told["longitude"]) <= plan.portee.rayon_km + 0.01
            assert told["code_insee"] not in BELLE_ILE
        else:
            assert "a-distance" in told["modes_accueil"]


@_EXAMPLES
@given(body=profiles)
def test_every_offer_may_be_theirs(matcher: Matcher, body: dict[str, Any]) -> None:
    plan = matcher.match(read_profile(body))
    zones = {"56186": {"56"}}.get(body["lieu"].get("code_commune"), {"90"})
    wanted = body.get("contraintes", {})
    for shown in _offers(plan):
        told = orjson.loads(shown.offre)
        assert (told["age_min"] or 0) <= body.get("age", 1_000)
        assert body.get("age", 0) <= (told["age_max"] or 1_000)
        assert not told["zone_eligibilite"] or zones & set(told["zone_eligibilite"])
        assert not (wanted.get("gratuit") and told["frais"] == "payant")
        assert not (wanted.get("a_distance") == "refuse" and shown.distance_km is None)
        others = set(told["publics"] or ()) - {"tous-publics"}
        if others and not others & set(body.get("publics", ())) and not {"jeunes", "seniors"} & others:
            assert any("réservé à" in reserve for reserve in shown.reserves)


@_EXAMPLES
@given(body=profiles)
def test_every_offer_answers_its_need(matcher: Matcher, body: dict[str, Any]) -> None:
    plan = matcher.match(read_profile(body))
    for need in plan.besoins:
        for shown in need.offres:
            themes = orjson.loads(shown.offre)["thematiques"]
            assert need.thematique in {*themes, *map(category_of, themes)}


@_EXAMPLES
@given(body=profiles)
def test_every_need_is_answered_or_said_without_an_offer(matcher: Matcher, body: dict[str, Any]) -> None:
    plan = matcher.match(read_profile(body))
    given_needs = {one["thematique"] for one in body.get("besoins", ()) if one["etat"] == "besoin"}
    assert given_needs <= {need.thematique for need in plan.besoins}
    for need in plan.besoins:
        assert (need.sans_offre is None) == bool(need.offres)
        assert len(need.offres) <= body.get("par_besoin", 3)
        assert len({shown.id for shown in need.offres}) == len(need.offres)


@_EXAMPLES
@given(body=profiles)
def test_no_need_is_read_against_a_strength(matcher: Matcher, body: dict[str, Any]) -> None:
    plan = matcher.match(read_profile(body))
    strengths = {one["thematique"] for one in body.get("besoins", ()) if one["etat"] == "point-fort"}
    for need in plan.besoins:
        if need.origine == "deduit":
            assert not strengths & {need.thematique, category_of(need.thematique)}


@_EXAMPLES
@given(body=profiles)
def test_the_same_profile_gives_the_same_plan_by_priority(matcher: Matcher, body: dict[str, Any]) -> None:
    first, again = matcher.match(read_profile(body)), matcher.match(read_profile(body))
    assert first.besoins == again.besoins
    order = [{"haute": 0, "moyenne": 1, "basse": 2}[need.priorite] for need in first.besoins]
    assert order == sorted(order)


@_EXAMPLES
@given(body=profiles)
def test_an_open_session_goes_before_a_full_or_a_past_one(matcher: Matcher, body: dict[str, Any]) -> None:
    for need in matcher.match(read_profile(body)).besoins:
        closed = [bool({"complet pour l'instant", "dates passées : à vérifier"} & set(o.reserves)) for o in need.offres]
        assert closed == sorted(closed)


def _offers(plan: Plan) -> list[PlanOffer]:
    return [shown for need in plan.besoins for shown in need.offres]


def _point(body: dict[str, Any]) -> tuple[float, float]:
    place = body["lieu"]
    if "lat" in place:
        return place["lat"], place["lon"]
    commune = load_communes().get(place["code_commune"])
    assert commune is not None
    return commune.latitude, commune.longitude
