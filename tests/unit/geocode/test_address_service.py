"""The address service as it is really asked, over loopback."""

from collections.abc import Iterator

import pytest

from indexer.errors import GeocoderError
from indexer.geocode import ban
from indexer.geocode.address import build_address
from indexer.geocode.ban import Ban
from indexer.geocode.communes import Communes
from indexer.geocode.found import Precision
from indexer.schema import Structure
from tests.support.address_service import KNOWN, Service, serve_addresses

HOUSE, STREET = "12 bis rue des Lilas 90000 Belfort", "rue des Lilas 90000 Belfort"


@pytest.fixture
def service() -> Iterator[Service]:
    with serve_addresses() as served:
        yield served


class Clock:
    """Time that passes only when one sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def asking(service: Service, clock: Clock) -> Ban:
    return Ban(service.url, sleep=clock.sleep, monotonic=lambda: clock.now)


def test_a_house_is_found_with_its_score_its_kind_and_its_commune(asking: Ban) -> None:
    (found,) = asking.find([HOUSE])
    assert found is not None
    assert (found.precision, found.score, found.code_insee) == (Precision.HOUSE, 0.96, "90010")
    assert (found.latitude, found.longitude) == (47.6405, 6.8551)


def test_an_address_that_the_service_does_not_know_is_none(asking: Ban) -> None:
    assert asking.find(["1 rue Nulle Part 90000 Belfort"]) == [None]


def test_many_are_asked_by_one_file_and_answered_as_one_by_one(asking: Ban, service: Service, clock: Clock) -> None:
    addresses = [*KNOWN, "1 rue Nulle Part 90000 Belfort"]
    by_file = asking.find(addresses)
    assert service.requests == ["POST /geocodage/search/csv"]
    one_by_one = [asking.find([address])[0] for address in addresses]
    assert by_file == one_by_one


def test_a_service_that_takes_no_file_is_asked_one_by_one(asking: Ban, service: Service) -> None:
    service.takes_files = False
    assert [found is not None for found in asking.find(list(KNOWN))] == [True] * len(KNOWN)
    asking.find(list(KNOWN))
    assert [request for request in service.requests if request.startswith("POST")] == ["POST /geocodage/search/csv"]


def test_questions_are_spaced_and_say_who_asks(asking: Ban, service: Service, clock: Clock) -> None:
    asking.find([HOUSE, STREET, HOUSE])
    assert clock.slept == pytest.approx([ban.DELAY, ban.DELAY])
    assert service.agents == {ban.AGENT}


@pytest.mark.parametrize("addresses", [[HOUSE], list(KNOWN)], ids=["one", "file"])
def test_a_failure_that_passes_is_tried_again(
    asking: Ban, service: Service, clock: Clock, addresses: list[str]
) -> None:
    service.failures = [503, 429]
    assert asking.find(addresses)[0] is not None
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("addresses", [[HOUSE], list(KNOWN)], ids=["one", "file"])
def test_tries_are_counted(asking: Ban, service: Service, addresses: list[str]) -> None:
    service.failures = [503] * 10
    with pytest.raises(GeocoderError, match="MAILLAGE_GEOCODER_URL"):
        asking.find(addresses)
    assert len(service.requests) == ban.TRIES


@pytest.mark.parametrize("addresses", [[HOUSE], list(KNOWN)], ids=["one", "file"])
def test_what_is_no_address_service_is_said(asking: Ban, service: Service, addresses: list[str]) -> None:
    service.nonsense = True
    with pytest.raises(GeocoderError, match="n'est pas celle d'un service d'adresses"):
        asking.find(addresses)


@pytest.mark.parametrize(
    ("adresse", "code_postal", "commune", "asked"),
    [
        ("12 bis, rue des Lilas", "90000", "Belfort", HOUSE),
        ("12bis rue des Lilas", "90000", "Belfort", HOUSE),
        ("12-BIS rue des Lilas", "90000", "Belfort", HOUSE),
        ("12 TER rue des Lilas", "90000", "Belfort", "12 ter rue des Lilas 90000 Belfort"),
        ("rue des Lilas\nBP 1234", "90000", "Belfort Cedex", STREET),
        ("CS 40 212 rue des Lilas", "90020", "BELFORT CEDEX 9", "rue des Lilas 90000 BELFORT"),
        ("Lieu-dit La Combe", None, "Belfort", "Lieu-dit La Combe Belfort"),
    ],
)
def test_an_address_is_asked_without_what_no_map_holds(
    shipped: Communes, adresse: str, code_postal: str | None, commune: str, asked: str
) -> None:
    record = Structure(
        source="ex", id="ex--1", nom="Un", adresse=adresse, code_postal=code_postal, commune=commune, code_insee="90010"
    )
    assert build_address(record, shipped) == asked


@pytest.mark.parametrize(("adresse", "commune"), [(None, "Belfort"), ("BP 12", "Belfort"), ("12", "Belfort")])
def test_without_a_way_nothing_is_asked(shipped: Communes, adresse: str | None, commune: str) -> None:
    record = Structure(source="ex", id="ex--1", nom="Un", adresse=adresse, commune=commune)
    assert build_address(record, shipped) is None
