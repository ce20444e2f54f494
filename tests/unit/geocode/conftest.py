"""`world` is a made-up gazetteer of a few communes; `shipped` is the one of the product."""

import pytest

from indexer.geocode.communes import Commune, Communes, load_communes


def place(code: str, nom: str, postal: str, population: int, at: tuple[float, float], **changes: object) -> Commune:
    """A commune of today with a reach of 5 km, unless said otherwise."""
    fields: dict[str, object] = {
        "code": code, "nom": nom, "type": "COM", "parent": None, "codes_postaux": tuple(postal.split()),
        "population": population, "departement": code[:2], "region": "27", "epci": None,
        "latitude": at[0], "longitude": at[1], "rayon_km": 5.0,
    }  # fmt: skip
    return Commune(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def world() -> Communes:
    """Two towns side by side, an island 60 km away, a delegated commune, a code that merged."""
    return Communes(
        [
            place("90001", "La Grande-Ville", "90000 90100", 50_000, (47.6, 6.8), epci="200000001"),
            place("90002", "Petit-Bourg", "90100", 900, (47.6, 6.9)),
            place("90003", "L'Isle", "90300", 200, (47.6, 7.7), rayon_km=3.0),
            place("90002", "Ancien-Hameau", "", 0, (47.61, 6.91), type="COMD", parent="90002"),
        ],
        {"90099": "90002"},
    )


@pytest.fixture(scope="session")
def shipped() -> Communes:
    return load_communes()
