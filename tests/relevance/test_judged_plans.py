"""Plans of ten written profiles hold the needs that people judged there, none against a strength, in a sensible order.

All 17 judged needs were found when the profiles were written: a change that loses one must say why.
"""

import tomllib
from typing import Any

import pytest

from indexer.commands.evaluate_catalogues import fill_from
from indexer.evaluation.catalogue import JUDGED_ON, open_judged_catalogue
from indexer.language.needs import load_need_reader
from indexer.matching.build import build_matcher
from indexer.matching.plan import Plan
from indexer.matching.profile import Besoin, Lieu, Profile, Projet
from indexer.metiers.service import Jobs
from indexer.search import build_offer_search
from tests.support.judged import RELEVANCE, real_settings

PROFILES: list[dict[str, Any]] = tomllib.loads((RELEVANCE / "plans.toml").read_text("utf-8"))["profils"]
LEAST_FOUND = 1.0

Plans = dict[str, Plan]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    folder = tmp_path_factory.mktemp("plans")
    settings = real_settings(folder)
    with open_judged_catalogue(settings, fill_from("demonstration", None)) as work:
        jobs = Jobs(work.encoder, folder / "nulle-part")
        needs = load_need_reader(work.encoder, settings.encoder_dir)
        search = build_offer_search(work.engine, work.encoder, lambda: JUDGED_ON, needs, jobs.reader)
        matcher = build_matcher(search, work.engine, work.encoder, jobs)
        return {own["nom"]: matcher.match(build_profile(own)) for own in PROFILES}


def build_profile(own: dict[str, Any]) -> Profile:
    strengths = tuple(Besoin(thematique=theme, etat="point-fort") for theme in own.get("points_forts", ()))
    projects = (Projet(texte=own["projet"]),) if "projet" in own else ()
    return Profile(lieu=Lieu(code_commune="90010"), texte=own["texte"], besoins=strengths, projets=projects)


def holds(plan: Plan, theme: str) -> bool:
    return any(theme in (need.thematique, need.thematique.partition("--")[0]) for need in plan.besoins)


def test_the_needs_that_were_judged_are_found(plans: Plans) -> None:
    wanted = [(own["nom"], theme) for own in PROFILES for theme in own["besoins"]]
    missed = [(name, theme) for name, theme in wanted if not holds(plans[name], theme)]
    found = 1 - len(missed) / len(wanted)
    assert found >= LEAST_FOUND, missed


def test_no_need_goes_against_a_strength(plans: Plans) -> None:
    wrong = [
        (own["nom"], theme) for own in PROFILES for theme in own.get("jamais", ()) if holds(plans[own["nom"]], theme)
    ]
    assert wrong == []


def test_steps_come_in_the_order_that_was_judged(plans: Plans) -> None:
    for own in PROFILES:
        titles = [step.titre for step in plans[own["nom"]].etapes]
        for first, then in own.get("avant", ()):
            assert first in titles, own["nom"]
            assert then not in titles or titles.index(first) < titles.index(then), own["nom"]


def test_no_need_is_silently_empty(plans: Plans) -> None:
    for plan in plans.values():
        assert all((need.sans_offre is None) == bool(need.offres) for need in plan.besoins)


def test_distress_is_told_before_anything(plans: Plans) -> None:
    assert all(plans[own["nom"]].urgence is not None for own in PROFILES if own.get("urgence"))
