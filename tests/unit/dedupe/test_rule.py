from typing import Any

import pytest

from indexer.dedupe.rule import judge
from tests.support.cards import card, offer_card

ELSEWHERE: dict[str, Any] = {"adresse": "40 avenue Foch", "latitude": 47.65, "longitude": 6.88}
SIRET, OTHER_SIRET = "12345678900011", "98765432100019"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Centre communal d'action sociale", "CCAS de Belfort"),
        ("C C A S BELFORT", "Ctre com action sociale de Belfort"),
        ("Mairie de Belfort", "COMMUNE DE BELFORT"),
        ("Association Ressort", "ASSOC RESSORT"),
        ("MSAP de Belfort", "France services Belfort"),
        ("Pôle emploi Belfort", "Agence France Travail BELFORT"),
    ],
)
def test_the_ways_to_write_one_name_are_one_at_the_same_address(one: str, other: str) -> None:
    assert judge(card("a--1", one), card("b--1", other, adresse="3 R DES LILAS")).same


def test_two_agencies_of_a_network_in_one_town_are_two() -> None:
    north = card("a--1", "Agence France Travail BELFORT NORD")
    assert not judge(north, card("b--1", "Agence France Travail BELFORT SUD", **ELSEWHERE)).same


@pytest.mark.parametrize(
    ("guest", "host"),
    [
        ("France services de Belfort", "Mairie de Belfort"),
        ("Centre social Bougenel, multi accueil", "Centre social Bougenel"),
        ("Médiathèque Bougenel", "Centre social Bougenel"),
        ("Bus Pimms Bougenel", "Pimms Bougenel"),
    ],
)
def test_a_guest_is_not_the_place_that_hosts_it(guest: str, host: str) -> None:
    assert not judge(card("a--1", guest), card("b--1", host)).same


def test_a_number_in_the_names_tells_two_places_apart() -> None:
    assert not judge(card("a--1", "Crèche Babille 1"), card("b--1", "Crèche Babille 2")).same


def test_one_siret_does_not_join_two_places_of_one_owner() -> None:
    desk = card("a--1", "Espace cyber du Lion", siret=SIRET)
    assert not judge(desk, card("b--1", "Épicerie solidaire", siret=SIRET, **ELSEWHERE)).same


def test_one_siret_and_one_name_join_after_a_move() -> None:
    assert judge(card("a--1", "Face Vauban", siret=SIRET), card("b--1", "FACE VAUBAN", siret=SIRET, **ELSEWHERE)).same


def test_two_sirens_part_names_that_only_look_alike() -> None:
    east = card("a--1", "Ligue de l'enseignement du Lion", siret=SIRET)
    assert not judge(east, card("b--1", "Ligue de l'enseignement des Vosges", siret=OTHER_SIRET)).same


def test_what_a_source_tells_apart_stays_apart() -> None:
    one = card("a--1", "Audotri ACI", siret=SIRET, reseaux_porteurs=["aci"])
    assert not judge(one, card("a--2", "Audotri EI", siret=SIRET, reseaux_porteurs=["ei"])).same


def test_a_plain_repeat_within_a_source_is_one() -> None:
    assert judge(card("a--1", "Espace Fort", siret=SIRET), card("a--2", "ESPACE FORT", siret=SIRET)).same


def test_a_point_at_longitude_zero_is_a_point() -> None:
    near = {"adresse": None, "latitude": 47.0, "longitude": 0.0}
    assert judge(card("a--1", "Latelier", **near), card("b--1", "LATELIER", **near)).same


def test_two_helps_of_one_place_are_two_offers() -> None:
    cv = offer_card("a--1", "Faire son CV", "Ressort")
    assert not judge(cv, offer_card("b--1", "Passer le permis", "Ressort")).same


def test_one_help_of_one_place_told_by_two_sources_is_one_offer() -> None:
    cv = offer_card("a--1", "Atelier CV", "Ressort")
    assert judge(cv, offer_card("b--1", "Accompagnement au CV", "Association Ressort")).same


def test_a_not_in_a_title_makes_another_offer() -> None:
    one = offer_card("a--1", "Français pour publics scolarisés", "Ressort")
    assert not judge(one, offer_card("b--1", "Français, publics non-scolarisés", "Ressort")).same
    assert judge(one, offer_card("b--1", "Français publics scolarisés", "Ressort")).same


def test_titles_of_one_source_that_differ_by_a_word_are_two_offers() -> None:
    one = offer_card("a--1", "Cours de français niveau débutant", "Ressort")
    assert not judge(one, offer_card("a--2", "Cours de français niveau", "Ressort")).same


def test_one_help_given_to_two_territories_is_two_offers() -> None:
    one, other = (offer_card(f"a--{n}", "Aide au permis", "Ressort", zone_eligibilite=[n]) for n in ("90010", "90099"))
    assert not judge(one, other).same


def test_two_dates_are_two_offers() -> None:
    may, june = ({"sessions": [{"debut": f"2026-0{month}-04T09:00:00+02:00"}]} for month in (5, 6))
    one = offer_card("a--1", "Atelier CV", "Ressort", **may)
    assert not judge(one, offer_card("b--1", "Atelier CV", "Ressort", **june)).same


def test_the_order_of_two_cards_changes_nothing() -> None:
    one, other = card("a--1", "Maison des familles", telephone="+33384000000"), card("b--1", "Maison de la famille")
    assert judge(one, other) == judge(other, one)
