"""The steps of a plan: what comes first, and what waits for what."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.matching.plan import PlanJob, PlanNeed, PlanOffer
from indexer.matching.profile import Lieu, Mobilite, Profile
from indexer.matching.step_rules import load_step_rules
from indexer.matching.steps import FAR_KM, SHOWN, build_steps
from indexer.schema.vocabulary import vocabulary

THEMES = tuple(vocabulary("thematiques"))
CHILD_CARE = "famille--garde-denfants"
MOBILITY = "mobilite--preparer-un-permis"
TRAINING = "se-former--trouver-sa-formation"
FOOD = "equipement-et-alimentation--alimentation"
CV = "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation"
PERSON = Profile(lieu=Lieu(code_commune="90010"))


def offer(name: str, km: float | None = 2.0, slot: str | None = None, hours: float | None = None) -> PlanOffer:
    return PlanOffer(name, b"{}", name, "service", km, None, 0.5, (), (), slot, hours)


def need(theme: str, *offers: PlanOffer, priorite: str = "moyenne", urgent: bool = False) -> PlanNeed:
    return PlanNeed(theme, theme, "explicite", priorite, None, offers, None, urgent)  # type: ignore[arg-type]


def job(immersions: tuple[PlanOffer, ...] = (), formations: tuple[PlanOffer, ...] = ()) -> PlanJob:
    return PlanJob("K1302", "Aide à domicile", "explicite", None, None, (), immersions, formations)


def titles(*needs: PlanNeed, jobs: tuple[PlanJob, ...] = (), person: Profile = PERSON) -> list[str]:
    return [step.titre for step in build_steps(person, needs, jobs)]


def test_every_thematique_has_its_step() -> None:
    rules = load_step_rules()
    assert {rules.step_of(theme) for theme in THEMES} <= set(rules.steps)


def test_every_rule_names_steps_that_exist_and_gives_its_reason() -> None:
    rules = load_step_rules()
    for rule in rules.waits:
        assert {rule.etape, rule.apres} <= set(rules.steps)
        assert rule.raison.endswith(".")


def test_all_steps_together_have_an_order_so_that_no_rules_make_a_circle() -> None:
    rules = load_step_rules()
    ordered = [code for code, _ in rules.order(dict.fromkeys(rules.steps, 1), set(rules.steps))]
    assert sorted(ordered) == sorted(rules.steps)
    assert all(ordered.index(rule.apres) < ordered.index(rule.etape) for rule in rules.waits)


def test_child_care_comes_before_a_training_and_says_why() -> None:
    steps = build_steps(PERSON, (need(TRAINING, priorite="haute"), need(CHILD_CARE, priorite="basse")), ())
    assert [step.titre for step in steps] == ["Faire garder vos enfants", "Vous former"]
    assert steps[1].depend_de == (1,)
    assert "Après l’étape 1. Une formation dure des journées entières" in steps[1].objectif


def test_what_feeds_and_shelters_comes_first_whatever_is_said_to_press() -> None:
    assert titles(need(CV, priorite="haute"), need(FOOD, priorite="basse"))[0] == "Parer au plus pressé"


def test_a_need_that_the_note_calls_urgent_comes_first() -> None:
    assert titles(need(CV, priorite="haute"), need("sante--sante-mentale", urgent=True))[0] == "Parer au plus pressé"


def test_what_presses_comes_before_what_is_usual_first() -> None:
    assert titles(need(MOBILITY), need(CV, priorite="haute"))[0] == "Préparer vos candidatures"


@pytest.mark.parametrize(("km", "waits"), [(FAR_KM + 1, (1,)), (FAR_KM - 1, ()), (None, ())])
def test_mobility_comes_before_an_immersion_only_when_it_is_far(km: float | None, waits: tuple[int, ...]) -> None:
    steps = build_steps(PERSON, (need(MOBILITY),), (job((offer("a", km),)),))
    assert [step.titre for step in steps] == ["Pouvoir vous déplacer", "Essayer le métier en entreprise"]
    assert steps[1].depend_de == waits


def test_someone_who_drives_need_not_wait_to_go_far() -> None:
    driver = PERSON.model_copy(update={"mobilite": Mobilite(moyens=("voiture",))})
    steps = build_steps(driver, (need(MOBILITY),), (job((offer("a", FAR_KM + 1),)),))
    assert steps[1].depend_de == ()


def test_the_immersion_comes_before_the_training_of_the_same_job() -> None:
    steps = build_steps(PERSON, (), (job((offer("i"),), (offer("f"),)),))
    assert [[o.id for o in step.offres] for step in steps] == [["i"], ["f"]]


def test_an_offer_that_answers_two_needs_stands_in_one_step() -> None:
    both = offer("a")
    steps = build_steps(PERSON, (need(CV, both), need(MOBILITY, both)), ())
    assert sorted(len(step.offres) for step in steps) == [0, 1]


def test_a_step_of_the_job_whose_offers_stand_in_an_earlier_one_is_not_told_empty() -> None:
    shared = offer("i")
    steps = build_steps(
        PERSON, (need("choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite", shared),), (job((shared,)),)
    )
    assert [[o.id for o in step.offres] for step in steps] == [["i"]]


def test_a_need_without_an_offer_keeps_its_step() -> None:
    assert titles(need(MOBILITY)) == ["Pouvoir vous déplacer"]


def test_the_first_slot_is_the_soonest_in_whatever_hour_of_the_world() -> None:
    later, sooner = "2026-03-02T09:00:00+01:00", "2026-03-02T11:00:00+04:00"
    (step,) = build_steps(PERSON, (need(CV, offer("a", slot=later), offer("b", slot=sooner), offer("c")),), ())
    assert step.premier_creneau == sooner


def test_hours_are_those_of_one_offer_for_the_others_are_choices() -> None:
    (step,) = build_steps(PERSON, (need(CV, offer("a"), offer("b", hours=7.0), offer("c", hours=21.0)),), ())
    assert step.heures_semaine == 7.0


def test_two_jobs_share_the_step() -> None:
    many = tuple(offer(f"a{n}") for n in range(5))
    (step,) = build_steps(PERSON, (), (job(many), job((offer("b"),))))
    assert [o.id for o in step.offres] == ["a0", "b", "a1"]


def test_nothing_asked_is_no_step() -> None:
    assert build_steps(PERSON, (), ()) == ()


NEEDS = st.lists(
    st.builds(
        lambda theme, priorite, urgent, km: need(theme, offer(theme, km), priorite=priorite, urgent=urgent),
        st.sampled_from(THEMES),
        st.sampled_from(["haute", "moyenne", "basse"]),
        st.booleans(),
        st.one_of(st.none(), st.floats(0, 100)),
    ),
    max_size=85,
    unique_by=lambda n: n.thematique,
).map(tuple)


@given(NEEDS, st.booleans())
def test_ranks_follow_and_a_step_waits_only_for_earlier_ones(needs: tuple[PlanNeed, ...], with_job: bool) -> None:
    jobs = (job((offer("i", 30.0),), (offer("f", 30.0),)),) if with_job else ()
    steps = build_steps(PERSON, needs, jobs)
    assert [step.rang for step in steps] == list(range(1, len(steps) + 1))
    assert all(rank < step.rang for step in steps for rank in step.depend_de)
    shown = [o.id for step in steps for o in step.offres]
    assert len(shown) == len(set(shown))
    assert all(len(step.offres) <= SHOWN for step in steps)


@given(NEEDS)
def test_the_order_of_needs_does_not_change_the_order_of_steps(needs: tuple[PlanNeed, ...]) -> None:
    same = tuple(replace(one) for one in reversed(needs))
    assert titles(*needs) == titles(*same)
