"""What an answer says of wishes, ages, seats, deduced themes and mended words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from indexer.engines.base import Hit, Need, SearchQuery, SortKey
from indexer.rebuild import Indexing
from indexer.search import SearchAnswer, SearchRequest
from indexer.search.corrections import Correction
from indexer.search.reasons import MAX_REASONS, Asked, build_reasons
from indexer.search.reserves import build_reserves
from tests.support.indexing import TODAY, fill, search_over
from tests.support.small_feeds import offer, structure

PERMIT = "mobilite--preparer-un-permis"
SESSION = {"debut": "2026-06-02T14:00:00+02:00", "places_restantes": 0}
LILLE = {"commune": "Lille", "code_insee": "59350", "latitude": 50.63, "longitude": 3.06}
START = 1_780_401_600
OFFRE: dict[str, Any] = {
    "thematiques": None, "thematiques_predites": [], "publics": None, "frais": None, "moments": [], "age_min": None,
    "age_max": None, "modes_accueil": ["en-presentiel"], "sessions": [], "zone_eligibilite": None,
    "position_approximative": False, "lien_source": None, "lien_mobilisation": None,
}  # fmt: skip
HIT = Hit("ex--1", b"{}", 1.2, 0.5, {}, 0, None, (), SortKey(0, 0, 1.2, 0, "ex--1"))


def asked(**query: Any) -> Asked:
    return Asked(SearchRequest(q="x"), SearchQuery(TODAY, **query))


def wished(**wishes: str) -> Asked:
    return asked(wishes={name: frozenset({value}) for name, value in wishes.items()})


def reasons(about: Asked, **facts: Any) -> tuple[str, ...]:
    return build_reasons(about, HIT, OFFRE | facts)


def reserves(about: Asked, hit: Hit = HIT, **facts: Any) -> tuple[str, ...]:
    return build_reserves(about, hit, OFFRE | facts)


@pytest.mark.parametrize(
    ("wish", "facts", "said"),
    [
        ({"frais": "gratuit"}, {"frais": "gratuit"}, "gratuit"),
        ({"publics": "jeunes"}, {"publics": ["jeunes"]}, "Pour : Jeunes"),
        ({"modes_accueil": "a-distance"}, {"modes_accueil": ["a-distance"]}, "à distance"),
    ],
)
def test_a_wish_that_is_met_is_the_first_reason(wish: dict[str, str], facts: Mapping[str, Any], said: str) -> None:
    assert reasons(wished(**wish), **facts)[0] == said
    assert said not in reasons(wished(**wish))


def test_the_job_that_was_understood_is_told_before_the_need() -> None:
    about = asked(metiers=("K1304", "G1602"), needs=(Need(PERMIT, 0.4),))
    told = reasons(about, metiers=["G1602"], thematiques=[PERMIT])
    assert told[0].startswith("Métier : ")
    assert told[1].startswith("Répond à : ")
    assert not any(reason.startswith("Métier") for reason in reasons(about, metiers=["H2301"], thematiques=[PERMIT]))


def test_a_wish_about_which_the_offer_is_silent_is_to_be_checked() -> None:
    assert reserves(wished(frais="gratuit", publics="jeunes")) == ("public à vérifier", "prix à vérifier")
    assert reserves(wished(moments="soir")) == ("horaires à vérifier",)
    assert reserves(wished(frais="gratuit"), frais="payant") == ()


def test_an_age_is_told_when_it_fits_and_warned_of_when_it_does_not() -> None:
    young: dict[str, Any] = {"age_min": 16, "age_max": 25}
    assert reasons(asked(age=17), **young)[0] == "de 16 à 25 ans"
    assert reserves(asked(age=17), HIT, **young) == ()
    assert reserves(asked(age=60), HIT, **young) == ("réservé : de 16 à 25 ans",)
    assert reasons(asked(age=60), age_min=55)[0] == "à partir de 55 ans"
    assert reasons(asked(age=17)) == ("à 1,2 km",)


def test_a_deduced_theme_is_never_said_as_a_stated_one() -> None:
    needing = asked(needs=(Need(PERMIT, 0.9),))
    assert reasons(needing, thematiques=[PERMIT])[0].startswith("Répond à : ")
    assert reasons(needing, thematiques_predites=[PERMIT])[0].startswith("Semble répondre à : ")
    assert reserves(needing, thematiques_predites=[PERMIT]) == ("thème proposé par Maillage",)
    assert reserves(needing, thematiques=[PERMIT]) == ()


def test_a_deduced_job_is_never_said_as_a_stated_one() -> None:
    wanted = asked(metiers=("G1602",))
    assert reasons(wanted, metiers=None, metiers_predits=["G1602"])[0].startswith("Semble mener au métier : ")
    told = "métier proposé par Maillage d'après le titre"
    assert reserves(wanted, metiers=None, metiers_predits=["G1602"]) == (told,)
    assert reserves(wanted, metiers=["G1602"], metiers_predits=[]) == ()
    assert reserves(asked(metiers=("F1703",)), metiers=None, metiers_predits=["G1602"]) == ()


def test_a_full_session_is_said_to_be_full() -> None:
    hit = replace(HIT, next_start=START)
    assert reserves(asked(), hit, sessions=[SESSION]) == ("complet pour l'instant",)
    assert reserves(asked(), hit, sessions=[SESSION | {"places_restantes": 3}]) == ()


def test_no_reason_is_said_twice_and_at_most_three_are() -> None:
    told = reasons(
        wished(frais="gratuit", publics="jeunes"), frais="gratuit", publics=["jeunes"], modes_accueil=["a-distance"]
    )
    assert len(told) == len(set(told)) == MAX_REASONS


def ask(work: Indexing, q: str, **more: Any) -> SearchAnswer:
    return search_over(work).search(SearchRequest(q=q, **more))


def test_a_mended_word_is_said_as_the_offer_writes_it(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Hébergement d'urgence"), offer(2, nom="Vélo")])
    answer = ask(work, "hebergemant")
    assert [item.id for item in answer.items] == ["ex--o1"]
    assert answer.corrections == (Correction("hebergemant", "hébergement"),)
    assert ask(work, "hébergement").corrections == ()


def test_a_word_is_looked_for_as_typed_when_the_person_says_so(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Hébergement d'urgence")])
    answer = ask(work, "hebergemant", tel_quel=True)
    assert answer.par_sens
    assert answer.corrections == ()


def test_what_finds_nothing_here_is_not_suggested(work: Indexing) -> None:
    fill(work, [structure(), offer(1, nom="Hébergement", frais="payant"), offer(2, nom="Vélo", frais="gratuit")])
    answer = ask(work, "hebergemant velo", filtres={"frais": ("gratuit",)})
    assert [item.id for item in answer.items] == ["ex--o2"]
    assert answer.corrections == ()


@pytest.mark.parametrize("typed", ["Mission locale de Lille", "mision locale lille", "MISSION LOCALE"])
def test_a_structures_name_typed_brings_its_offers_first(work: Indexing, typed: str) -> None:
    other = {"description": "Avec la mission locale de Lille, la mission locale de Lille et la mission locale."}
    fill(
        work,
        [
            structure(1, nom="Mission locale de Lille"),
            structure(2, nom="Maison des jeunes"),
            offer(1, structure_id="ex--s2", nom="Atelier locale", **other, **LILLE),
            offer(2, nom="Accueil", **LILLE),
        ],
    )
    first = ask(work, typed).items[0]
    assert first.id == "ex--o2"
    assert first.parts["nom"] == 1.0


def test_an_acronym_calls_the_structure_that_bears_its_long_name(work: Indexing) -> None:
    long_name = "Centre d'information sur les droits des femmes et des familles du Nord"
    mention = {"description": "Le CIDFF vous reçoit. CIDFF, CIDFF et encore CIDFF."}
    fill(
        work,
        [
            structure(1, nom=long_name),
            structure(2, nom="Maison pour tous"),
            offer(1, structure_id="ex--s2", nom="CIDFF et partenaires : permanence commune", **mention),
            offer(2, nom="Accueil"),
        ],
    )
    assert ask(work, "CIDFF").items[0].id == "ex--o2"


@pytest.mark.parametrize("field", ["lien_source", "lien_mobilisation"])
def test_a_page_that_answers_no_more_is_a_reserve(field: str) -> None:
    facts = OFFRE | {field: "https://mort.test/"}
    assert build_reserves(asked(), HIT, facts, frozenset({"https://mort.test/"})) == ("le site ne répond plus",)
    assert build_reserves(asked(), HIT, facts, frozenset({"https://autre.test/"})) == ()


@pytest.mark.parametrize(
    ("date_maj", "stale_days", "said"),
    [
        ("2024-03-15", 730, ("à vérifier : pas mise à jour depuis mars 2024",)),
        ("2024-03-15", None, ()),
        ("2026-01-15", 730, ()),
        (None, 730, ("à vérifier : pas mise à jour depuis janvier 2024",)),
        ("2026-05-01", 730, ("à vérifier : pas mise à jour depuis janvier 2024",)),
    ],
    ids=["the producer's date", "no age set", "recent", "no date of the producer", "an export's date"],
)
def test_an_offer_that_nobody_updated_is_to_be_verified(
    date_maj: str | None, stale_days: int | None, said: tuple[str, ...]
) -> None:
    seen = "2024-01-20T10:00:00+00:00" if date_maj in (None, "2026-05-01") else "2026-05-01T10:00:00+00:00"
    facts = {"date_maj": date_maj, "provenance": {"recupere_le": seen}}
    assert reserves(asked(stale_days=stale_days), **facts) == said
