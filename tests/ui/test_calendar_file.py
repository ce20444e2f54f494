"""Sessions as a calendar file: read back by the library that others read with."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar

from tests.support.pages import BELFORT, PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import GONE, Page

REUNION = {"commune": "Saint-Denis", "code_postal": "97400", "code_insee": "97411", "adresse": "1 rue de l’Océan"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    world = PagesWorld(tmp_path_factory.mktemp("calendar"))
    records = [
        structure(nom="Maison, droits; et\nchoix", telephone="+33384000101"),
        offer(1, nom="Atelier, CV; suite", **BELFORT, sessions=(
            {"debut": "2026-03-03T14:00:00+01:00", "fin": "2026-03-03T16:00:00+01:00", "lieu": "Salle B"},
            {"debut": "2026-07-03T14:00:00+02:00"},
            {"debut": "2026-02-03T14:00:00+01:00"},
        )),
        offer(2, nom="À La Réunion", **REUNION, sessions=({"debut": "2026-03-03T09:00:00+04:00"},)),
        offer(3, nom="Sans date"),
        offer(4, nom="Passée", sessions=({"debut": "2026-02-03T14:00:00+01:00"},)),
    ]  # fmt: skip
    world.bring([*records, GONE])
    world.bring(records, accept_loss=True)
    return TestClient(world.app)


def read(site: TestClient, address: str) -> list[object]:
    response = site.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_holds_the_coming_sessions_at_the_right_instants(site: TestClient) -> None:
    events = read(site, "/offres/ex--o1/seances.ics")
    assert [(e["DTSTART"].dt, e["DTEND"].dt) for e in events] == [
        (datetime(2026, 3, 3, 13, tzinfo=UTC), datetime(2026, 3, 3, 15, tzinfo=UTC)),
        (datetime(2026, 7, 3, 12, tzinfo=UTC), datetime(2026, 7, 3, 13, tzinfo=UTC)),
    ]


def test_an_overseas_session_is_at_the_hour_of_its_place(site: TestClient) -> None:
    (event,) = read(site, "/offres/ex--o2/seances.ics")
    assert event["DTSTART"].dt == datetime(2026, 3, 3, 5, tzinfo=UTC)
    assert event["LOCATION"] == "1 rue de l’Océan, 97400 Saint-Denis"


def test_says_what_where_and_whom_to_call_whatever_characters_they_hold(site: TestClient) -> None:
    event = read(site, "/offres/ex--o1/seances.ics")[0]
    assert (event["SUMMARY"], event["LOCATION"]) == ("Atelier, CV; suite", "Salle B")
    assert "Téléphone : 03 84 00 01 01" in event["DESCRIPTION"]
    assert event["URL"] == "http://testserver/offres/ex--o1"


def test_a_session_keeps_its_name_so_that_it_is_never_twice_in_a_calendar(site: TestClient) -> None:
    first, again = (read(site, "/offres/ex--o1/seances.ics") for _ in range(2))
    assert [e["UID"] for e in first] == [e["UID"] for e in again]
    assert len({e["UID"] for e in first}) == 2


def test_the_page_leads_to_it_only_when_a_session_is_to_come(site: TestClient) -> None:
    page = Page.read(site.get("/offres/ex--o1").text)
    assert page.links()["Mettre dans mon agenda"] == "/offres/ex--o1/seances.ics"
    assert "Mettre dans mon agenda" not in Page.read(site.get("/offres/ex--o4").text).links()


@pytest.mark.parametrize(
    ("offer_id", "status"),
    [("ex--o3", 404), ("ex--o4", 404), ("ex--o9", 410), ("ex--rien", 404), ("rien", 404), ("ex--\0", 404)],
)
def test_without_a_session_to_come_there_is_no_file(site: TestClient, offer_id: str, status: int) -> None:
    response = site.get(f"/offres/{quote(offer_id)}/seances.ics")
    assert (response.status_code, response.headers["content-type"]) == (status, "text/html; charset=utf-8")
