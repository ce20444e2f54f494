"""Imports that ask the address service: what is believed, what is told, and what happens when it is away."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from indexer.catalogue import Catalogue, open_catalogue
from indexer.geocode.ban import Ban
from indexer.geocode.communes import Communes
from indexer.geocode.locate import locate
from indexer.geocode.precise import Preciser
from indexer.normalise.normalise import normalise
from indexer.pipeline import run_import
from indexer.report import ImportReport
from indexer.schema import Kind, Structure
from tests.support.address_service import Service, serve_addresses
from tests.support.catalogues import sqlite_url
from tests.support.small_feeds import NOON, raw_records

__all__ = ["sqlite_url"]

CENTRE = (47.6379, 6.8629)
LILAS = {"adresse": "12 bis rue des Lilas", "code_postal": "90000", "commune": "Belfort", "code_insee": "90010"}


@pytest.fixture
def service() -> Iterator[Service]:
    with serve_addresses() as served:
        yield served


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Catalogue]:
    opened = open_catalogue(sqlite_url)
    yield opened
    opened.close()


class Importing:
    """Imports structures of these fields as one flux, with the service or without."""

    def __init__(self, store: Catalogue, service: Service, communes: Communes) -> None:
        self.store, self.service, self.communes = store, service, communes

    def __call__(self, *records: dict[str, Any], now: datetime = NOON, asks: bool = True) -> ImportReport:
        own = [
            (Kind.STRUCTURE, {"source": "ex", "id": f"ex--s{n}", "nom": f"Un {n}"} | fields)
            for n, fields in enumerate(records, 1)
        ]
        service = Ban(self.service.url, sleep=lambda _: None) if asks else None
        return run_import(
            self.store,
            raw_records(own, "a"),
            flux="a",
            licence=None,
            files=["a.json"],
            normalise=partial(normalise, locate=partial(locate, communes=self.communes), now=now),
            now=now,
            precise=Preciser(service, self.store.database, self.communes, now),
        )

    def get(self, number: int = 1) -> Structure:
        found = self.store.get_structure(f"ex--s{number}")
        assert found is not None
        return found.structure


@pytest.fixture
def importing(store: Catalogue, service: Service, shipped: Communes) -> Importing:
    return Importing(store, service, shipped)


def rules_of(report: ImportReport) -> set[str]:
    return {rule["regle"] for rule in report.as_dict()["regles"]}


@pytest.mark.parametrize(
    ("adresse", "at"),
    [
        ("12 bis rue des Lilas", (47.6405, 6.8551)),
        ("rue des Lilas", (47.6404, 6.855)),
        ("Lieu-dit La Combe", (47.65, 6.87)),
    ],
    ids=["house", "street", "lieu-dit"],
)
def test_a_good_answer_gives_the_point(importing: Importing, adresse: str, at: tuple[float, float]) -> None:
    report = importing(LILAS | {"adresse": adresse})
    found = importing.get()
    assert (found.latitude, found.longitude, found.position_approximative) == (*at, False)
    assert "adresse-trouvee" in rules_of(report)


def test_a_place_overseas_is_found_too(importing: Importing) -> None:
    importing({"adresse": "3 rue du Port", "code_postal": "97400", "commune": "Saint-Denis"})
    found = importing.get()
    assert (found.code_insee, found.latitude, found.longitude) == ("97411", -20.8823, 55.4504)


@pytest.mark.parametrize(
    ("adresse", "rule"),
    [
        ("derrière la gare", "adresse-imprecise"),
        ("1 rue Nulle Part", "adresse-inconnue"),
        ("8 rue de la Mairie", "adresse-ailleurs"),
    ],
    ids=["vague", "unknown", "another town"],
)
def test_a_poor_answer_gives_only_the_commune_and_is_told(importing: Importing, adresse: str, rule: str) -> None:
    report = importing(LILAS | {"adresse": adresse})
    found = importing.get()
    assert found.position_approximative
    assert found.code_insee == "90010"
    assert (found.latitude, found.longitude) == pytest.approx(CENTRE, abs=0.02)
    assert rule in rules_of(report)


def test_a_point_that_the_source_gives_is_never_asked_for(importing: Importing, service: Service) -> None:
    importing(LILAS | {"latitude": 47.64, "longitude": 6.86})
    assert service.requests == []
    assert (importing.get().latitude, importing.get().longitude) == (47.64, 6.86)


def test_a_point_far_from_its_commune_gives_way_to_the_address(importing: Importing) -> None:
    report = importing(LILAS | {"latitude": 44.0, "longitude": 4.0})
    assert (importing.get().latitude, importing.get().longitude) == (47.6405, 6.8551)
    assert {"point-eloigne", "adresse-trouvee"} <= rules_of(report)


def test_a_record_that_designates_no_commune_is_placed_by_a_sure_address_only(importing: Importing) -> None:
    sure, vague = ({"adresse": way, "code_postal": "90100"} for way in ("5 chemin Perdu", "7 chemin Vague"))
    report = importing(sure, vague)
    assert (importing.get(1).code_insee, importing.get(1).latitude) == ("90033", 47.509)
    assert (importing.get(2).code_insee, importing.get(2).latitude) == (None, None)
    assert {"commune-par-adresse", "adresse-imprecise"} <= rules_of(report)


def test_an_address_is_asked_once_whatever_the_imports(importing: Importing, service: Service) -> None:
    importing(LILAS, LILAS | {"adresse": "12BIS, rue des Lilas"})
    importing(LILAS, LILAS, now=NOON + timedelta(days=40))
    assert service.asked["12 bis rue des Lilas 90000 Belfort"] == 1


def test_an_unknown_address_is_asked_again_after_a_month_and_a_known_one_after_a_year(
    importing: Importing, service: Service
) -> None:
    unknown = LILAS | {"adresse": "1 rue Nulle Part"}
    for days in (0, 29, 31, 366):
        importing(LILAS, unknown, now=NOON + timedelta(days=days))
    assert service.asked == {"12 bis rue des Lilas 90000 Belfort": 2, "1 rue Nulle Part 90000 Belfort": 3}


def test_an_import_goes_on_when_the_service_is_away(importing: Importing, service: Service) -> None:
    service.failures = [503] * 99
    report = importing(LILAS, LILAS | {"adresse": "rue des Lilas"})
    assert report.accepted == 2
    assert importing.get().position_approximative
    assert "adresse-non-cherchee" in rules_of(report)


def test_what_was_found_before_serves_when_the_service_is_away(importing: Importing, service: Service) -> None:
    importing(LILAS)
    service.failures = [503] * 99
    report = importing(LILAS, now=NOON + timedelta(days=400))
    assert report.unchanged == 1
    assert importing.get().latitude == 47.6405


def test_without_network_only_what_was_kept_serves(importing: Importing, service: Service) -> None:
    importing(LILAS)
    importing(LILAS, LILAS | {"adresse": "rue des Lilas"}, asks=False)
    assert [importing.get(n).position_approximative for n in (1, 2)] == [False, True]
    assert len(service.requests) == 1


def test_no_lock_is_held_while_the_service_is_asked(importing: Importing, store: Catalogue) -> None:
    """Another writer goes through in the middle of a question: on SQLite it would wait for the lock, then fail."""
    written: list[str] = []

    class Writes:
        def find(self, addresses: list[str]) -> list[None]:
            with store.database.writing():
                written.extend(addresses)
            return [None] * len(addresses)

    run_import(
        store,
        raw_records([(Kind.STRUCTURE, {"source": "ex", "id": "ex--s1", "nom": "Un"} | LILAS)], "a"),
        flux="a",
        licence=None,
        files=["a.json"],
        normalise=partial(normalise, locate=partial(locate, communes=importing.communes), now=NOON),
        now=NOON,
        precise=Preciser(Writes(), store.database, importing.communes, NOON),  # type: ignore[arg-type]
    )
    assert written == ["12 bis rue des Lilas 90000 Belfort"]
