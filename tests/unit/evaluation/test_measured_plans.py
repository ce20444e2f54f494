"""What a plan is worth: each measure falls for its own reason, and for no other."""

from dataclasses import replace
from typing import Any

import orjson
import pytest

from indexer.evaluation.fairness import faults
from indexer.evaluation.plan_sets import JudgedPlan
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
from indexer.geocode.communes import load_communes
from indexer.matching.plan import NoOffer, Plan, PlanNeed, PlanOffer, Reached, Step
from indexer.matching.profile import Contraintes, Lieu, Profile

NEED, STRENGTH = "famille--garde-denfants", "mobilite"
BELFORT = load_communes().resolve("90010")
FACTS: dict[str, Any] = {
    "latitude": 47.64, "longitude": 6.86, "age_min": None, "age_max": None, "zone_eligibilite": None, "frais": None,
    "publics": None, "modes_accueil": None, "statut": "publiee",
}  # fmt: skip
JUDGED = JudgedPlan(
    name="a",
    situation="famille",
    profile=Profile(lieu=Lieu(code_commune="90010"), contraintes=Contraintes(gratuit=True)),
    right={NEED: frozenset({"x--1"})},
    without=frozenset(),
    never=(STRENGTH,),
    before=(("d'abord", "ensuite"),),
    urgent=False,
    far_km=10,
    age=30,
    not_theirs=frozenset({"jeunes", "seniors"}),
)


def offer(
    id: str = "x--1", *, distance_km: float | None = 1.0, reserves: tuple[str, ...] = (), **own: Any
) -> PlanOffer:
    raw = orjson.dumps(FACTS | own)
    return PlanOffer(id, raw, id, "service", distance_km, 5, 0.9, (), reserves, None)


def need(*offers: PlanOffer, theme: str = NEED) -> PlanNeed:
    return PlanNeed(theme, theme, "explicite", "moyenne", None, offers, None if offers else NoOffer(None, None))


def step(rank: int, title: str) -> Step:
    return Step(rank, title, "", (), None, None, ())


def plan(*needs: PlanNeed, titles: tuple[str, ...] = ("d'abord", "ensuite")) -> Plan:
    steps = tuple(step(rank, title) for rank, title in enumerate(titles, start=1))
    return Plan(BELFORT, Reached(9, "velo", 30), needs, (), (), steps, None, (), (), None, (), "v", 1.0)


def measured(made: Plan, judged: JudgedPlan = JUDGED) -> dict[str, float]:
    (scored,) = measure_plans([judged], lambda _: made, {}, {}).scored
    return dict(scored.values)


def test_a_plan_as_it_was_judged_is_worth_one_everywhere() -> None:
    assert measured(plan(need(offer()))) == dict.fromkeys(MEASURES, 1.0)


@pytest.mark.parametrize(
    ("made", "fallen"),
    [
        (plan(), {FOUND: 0.0, PRECISION: 0.0, COVERAGE: 0.0}),
        (plan(need(offer()), need(offer(), theme=f"{STRENGTH}--preparer-un-permis")), {KEPT_OUT: 0.0}),
        (plan(need(offer(), offer("x--2"))), {PRECISION: 0.5}),
        (plan(need()), {PRECISION: 0.0, COVERAGE: 0.0}),
        (plan(need(offer()), titles=("ensuite", "d'abord")), {ORDER: 0.0}),
        (plan(need(offer()), titles=("ensuite",)), {ORDER: 0.0}),
        (plan(need(offer(age_max=25))), {PERMITTED: 0.0}),
    ],
)
def test_a_fault_lowers_its_own_measures(made: Plan, fallen: dict[str, float]) -> None:
    values = measured(made)
    assert {name: value for name, value in values.items() if value < 1.0} == fallen


def test_an_offer_where_the_judge_found_none_is_not_honest() -> None:
    judged = replace(JUDGED, right={}, without=frozenset({NEED}))
    assert measured(plan(need(offer())), judged)[COVERAGE] == 0.0
    assert measured(plan(need()), judged)[COVERAGE] == 1.0


def test_a_danger_that_is_not_told_is_counted() -> None:
    assert measured(plan(need(offer())), replace(JUDGED, urgent=True))[DANGER] == 0.0


@pytest.mark.parametrize(
    ("shown", "why"),
    [
        (offer(latitude=48.5), "trop loin"),
        (offer(distance_km=None), "trop loin"),
        (offer(age_min=31), "pas de son âge"),
        (offer(zone_eligibilite=["59"]), "pas de sa zone"),
        (offer(frais="payant"), "payant"),
        (offer(publics=["jeunes"]), "réservé à d'autres"),
        (offer(statut="suspendue"), "retirée"),
    ],
)
def test_what_a_person_cannot_have_is_told(shown: PlanOffer, why: str) -> None:
    assert BELFORT is not None
    assert faults(JUDGED, shown, BELFORT) == (why,)


@pytest.mark.parametrize(
    "shown",
    [
        offer(),
        offer(age_min=30, age_max=30),
        offer(zone_eligibilite=["90"]),
        offer(distance_km=None, modes_accueil=["a-distance"]),
        offer(publics=["jeunes", "familles"]),
        offer(publics=["jeunes"], reserves=("réservé à : Jeunes (à vérifier)",)),
    ],
)
def test_what_a_person_may_have_has_no_fault(shown: PlanOffer) -> None:
    assert BELFORT is not None
    assert faults(JUDGED, shown, BELFORT) == ()
