"""Numbers, flags, Maillage's own fields, and the kind of an offer."""

from typing import Any

import pytest

from indexer.schema import TypeOffre


@pytest.mark.parametrize(
    ("latitude", "longitude", "kept"),
    [
        ("47,6379", "6,8628", (47.6379, 6.8628)),
        (47.6379, 0, (47.6379, 0.0)),
        (0, 0, (None, None)),
        ("NaN", 6.8, (None, None)),
        (float("inf"), 6.8, (None, None)),
        (47.6, None, (None, None)),
        (95, 200, (None, None)),
        (True, 6.8, (None, None)),
        ("\u221221.3", "55.4", (-21.3, 55.4)),
    ],
)
def test_coordinates(offer: Any, latitude: Any, longitude: Any, kept: tuple[float | None, float | None]) -> None:
    record, issues = offer(latitude=latitude, longitude=longitude)
    assert (record.latitude, record.longitude) == kept
    assert bool(issues) is (kept == (None, None))


def test_a_swapped_pair_reaches_the_locate_step_and_is_dropped_when_that_leaves_it(offer: Any) -> None:
    seen: list[Any] = []
    record, issues = offer(
        lambda draft: seen.append((draft.get("latitude"), draft.get("longitude"))), latitude=166.4, longitude=-22.2
    )
    assert seen == [(166.4, -22.2)]
    assert (record.latitude, issues[0].champ) == (None, "latitude")


@pytest.mark.parametrize(
    ("field", "raw", "kept"),
    [
        ("volume_horaire_hebdomadaire", "12,5 h", 12.5),
        ("volume_horaire_hebdomadaire", 400, None),
        ("nombre_semaines", "6 semaines", 6),
        ("nombre_semaines", 0, None),
        ("nombre_semaines", 2.5, None),
        ("age_min", 0, 0),
        ("age_max", "25 ans", 25),
        ("age_max", -1, None),
        ("accessible_pmr", "Oui", True),
        ("accessible_pmr", 0, False),
        ("accessible_pmr", "peut-être", None),
        ("suspendue", "VRAI", True),
        ("metiers", ["g1602", "cuisinier"], ("G1602",)),
        ("langues", "fr;en", ("en", "fr")),
        ("justificatifs", ["Carte d'identité, ou passeport"], ("Carte d'identité, ou passeport",)),
    ],
)
def test_values_of_an_offer(offer: Any, field: str, raw: Any, kept: Any) -> None:
    record, issues = offer(**{field: raw})
    assert getattr(record, field) == kept
    assert kept is not None or [i.champ for i in issues] == [field]


def test_ages_in_the_wrong_order_are_both_dropped(offer: Any) -> None:
    record, issues = offer(age_min=30, age_max=18)
    assert (record.age_min, record.age_max, issues[0].regle) == (None, None, "ages")


def test_an_immersion_keeps_what_is_understood(offer: Any) -> None:
    raw = {"entreprise": "Boulangerie <b>Un</b>", "siret": "1", "mode_contact": "Téléphone", "capacite": "2", "x": "y"}
    record, issues = offer(type_offre="immersion", immersion=raw)
    assert record.immersion.model_dump(exclude={"disponible_le", "taux_reponse"}) == {
        "entreprise": "Boulangerie Un", "siret": None, "mode_contact": "telephone", "capacite": 2,
    }  # fmt: skip
    assert len(issues) == 2


def test_what_requests_through_this_site_measure_is_not_taken_from_a_feed(offer: Any) -> None:
    told = {"entreprise": "Fournil", "taux_reponse": 1, "disponible_le": "2026-04-01"}
    record, issues = offer(type_offre="immersion", immersion=told)
    assert (record.immersion.taux_reponse, record.immersion.disponible_le) == (None, None)
    assert ["se mesure sur ce site" in issue.message for issue in issues] == [True, True]


@pytest.mark.parametrize(
    ("fields", "kind", "sub"),
    [
        ({"type_offre": "Formation", "nom": "Atelier"}, "formation", None),
        ({"type": "atelier"}, "atelier", None),
        ({"type": "formation"}, "formation", None),
        ({"nom": "Atelier CV"}, "atelier", None),
        ({"nom": "Ateliers et chantiers d'insertion"}, "service", None),
        ({"nom": "Atelier santé ville"}, "service", None),
        ({"nom": "Formation PSC1"}, "formation", None),
        ({"nom": "Aide à la formation"}, "service", None),
        ({"nom": "Immersion en boulangerie"}, "immersion", None),
        ({"nom": "Immersion linguistique"}, "service", None),
        ({"nom": "PMSMP"}, "immersion", None),
        ({"nom": "Job dating du BTP"}, "atelier", "job-dating"),
        ({"nom": "Réunion d'information : apprentissage"}, "atelier", "reunion-information"),
        ({"nom": "Forum de l’emploi"}, "atelier", "forum"),
        ({"nom": "Atelier", "type": "information"}, "service", None),
        ({"type_offre": "spectacle"}, "service", None),
    ],
)
def test_the_kind_of_an_offer(offer: Any, fields: dict[str, Any], kind: str, sub: str | None) -> None:
    record, _ = offer(**fields)
    assert (record.type_offre, record.sous_type) == (TypeOffre(kind), sub)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("90300 VALDOIE", ("90300", "VALDOIE")),
        ("Valdoie (90300)", ("90300", "Valdoie")),
        ("Valdoie - 90300", ("90300", "Valdoie")),
        ("97400, Saint-Denis", ("97400", "Saint-Denis")),
        ("Paris 13e", (None, "Paris 13e")),
        ("L’Haÿ-les-Roses", (None, "L’Haÿ-les-Roses")),
    ],
)
def test_a_code_and_a_commune_in_one_field_are_parted(offer: Any, written: str, kept: tuple[str | None, str]) -> None:
    record, _ = offer(commune=written)
    assert (record.code_postal, record.commune) == kept


def test_the_postal_code_of_its_own_field_is_kept(offer: Any) -> None:
    record, _ = offer(commune="90300 Valdoie", code_postal="90000")
    assert (record.code_postal, record.commune) == ("90000", "Valdoie")
