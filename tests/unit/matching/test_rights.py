"""The rights that a plan may touch: shown to whom they may concern, never promised."""

import tomllib
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pytest

from indexer.matching.plan import PlanNeed
from indexer.matching.profile import Lieu, Profile, Projet
from indexer.matching.rights import SHOWN, find_rights
from indexer.schema.vocabulary import vocabulary

CARDS: list[dict[str, Any]] = tomllib.loads(
    (files("indexer.matching.rules") / "droits.toml").read_text("utf-8")
)["droits"]  # fmt: skip
OFFICIAL = (".gouv.fr", "francetravail.fr")


def person(**fields: Any) -> Profile:
    return Profile(lieu=Lieu(code_commune="90010"), **fields)


def need(theme: str, priorite: str = "moyenne") -> PlanNeed:
    return PlanNeed(theme, theme, "explicite", priorite, None, (), None)  # type: ignore[arg-type]


def titles(profile: Profile, *themes: str) -> list[str]:
    return [right.titre for right in find_rights(profile, tuple(need(theme) for theme in themes))]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card["titre"])
def test_a_card_names_what_exists_promises_nothing_and_leads_to_an_official_site(card: dict[str, Any]) -> None:
    assert set(card.get("besoins", ())) <= set(vocabulary("thematiques"))
    assert {*card.get("publics", ()), *card.get("seulement_publics", ())} <= set(vocabulary("publics"))
    assert any(word in card["pourquoi"] for word in ("peut", "peuvent", "possible", "dépend"))
    host = urlsplit(card["lien"]).hostname or ""
    assert card["lien"].startswith("https://")
    assert host.endswith(OFFICIAL)


def test_a_person_on_minimum_income_sees_what_work_may_change() -> None:
    assert titles(person(publics=("beneficiaires-des-minimas-sociaux",)))[0] == "RSA (revenu de solidarité active)"


def test_late_rent_brings_housing_help_and_nothing_about_training() -> None:
    found = titles(person(), "logement-hebergement--reduire-les-impayes-de-loyer")
    assert "Fonds de solidarité pour le logement (FSL)" in found
    assert not any("formation" in title for title in found)


def test_the_young_contract_is_for_the_young() -> None:
    young = "Contrat d’engagement jeune"
    assert young in titles(person(publics=("jeunes",), age=19))
    assert young not in titles(person(publics=("jeunes",), age=45))
    assert young in titles(person(publics=("jeunes",)))


def test_medical_aid_of_the_state_is_for_exiled_people() -> None:
    theme, title = "sante--acces-aux-soins", "Aide médicale de l’État"
    assert title not in titles(person(), theme)
    assert title in titles(person(publics=("personnes-exilees",)), theme)


def test_a_job_project_brings_what_work_and_training_may_change() -> None:
    found = titles(person(projets=(Projet(code_rome="K1302"),)))
    assert found == ["Prime d’activité", "Compte personnel de formation (CPF)"]


def test_what_presses_goes_first_and_six_at_most_are_shown() -> None:
    themes = tuple(need(theme) for theme in vocabulary("thematiques") if theme != "mobilite--preparer-un-permis")
    pressing = need("mobilite--preparer-un-permis", "haute")
    assert len(find_rights(person(), (*themes, pressing))) == SHOWN
    assert find_rights(person(), (pressing, need("sante--acces-aux-soins")))[0].titre.startswith("Compte personnel")


def test_nothing_said_shows_nothing() -> None:
    assert titles(person()) == []
