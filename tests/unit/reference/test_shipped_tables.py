"""What the tables in the package hold."""

from collections import Counter

import pytest

from indexer.geocode.commune import Commune, load_shipped_communes
from indexer.reference.shipped import (
    departement_names,
    epci_names,
    former_codes,
    load_columns,
    load_rows,
    region_names,
    rome_labels,
)


@pytest.fixture(scope="module")
def communes() -> list[Commune]:
    return list(load_shipped_communes())


def test_all_communes_of_france_are_there(communes: list[Commune]) -> None:
    assert Counter(c.type for c in communes) == {"COM": 34_969, "ARM": 45, "COMD": 2_105, "COMA": 471}


def test_columns_hold_the_same_as_rows() -> None:
    assert list(map(list, zip(*load_columns("communes"), strict=True))) == load_rows("communes")


def test_every_code_leads_to_a_commune_of_today(communes: list[Commune]) -> None:
    today = {c.code for c in communes if c.type == "COM"}
    assert {c.parent for c in communes if c.parent is not None} <= today
    assert set(former_codes().values()) <= today


def test_every_commune_has_its_names_above(communes: list[Commune]) -> None:
    assert {c.departement for c in communes} <= departement_names().keys()
    assert {c.region for c in communes} <= region_names().keys()
    assert {c.epci for c in communes if c.epci is not None} <= epci_names().keys()


def test_every_centre_is_possible_and_every_reach_positive(communes: list[Commune]) -> None:
    assert all(-90 <= c.latitude <= 90 and -180 <= c.longitude <= 180 for c in communes)
    assert all(0 < c.rayon_km < 500 for c in communes)
    metropolitan = [c for c in communes if c.departement < "96" or c.departement.startswith("2")]
    assert all(41.3 < c.latitude < 51.1 and -5.2 < c.longitude < 9.6 for c in metropolitan)


def test_names_keep_their_article(communes: list[Commune]) -> None:
    names = {c.code: c.nom for c in communes if c.type == "COM"}
    assert (names["17300"], names["76351"], names["97404"]) == ("La Rochelle", "Le Havre", "L'Étang-Salé")


def test_rome_has_its_1584_codes() -> None:
    assert len(rome_labels()) == 1584
    assert rome_labels()["A1101"] == "Conducteur / Conductrice d'engins agricoles"
