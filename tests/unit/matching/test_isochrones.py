"""Areas from a service of isochrones, by a real server on loopback: used when good, left for our estimate when not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from indexer.errors import SettingError
from indexer.labour.service import Labour
from indexer.matching.areas import parse_area
from indexer.matching.build import Around, build_matcher, open_isochrones
from indexer.matching.extent import UNANSWERED
from indexer.matching.isochrones import KEPT, MAX_BYTES, PAUSE_S, Isochrones
from indexer.matching.plan import Plan
from indexer.matching.profile import Moyen
from indexer.matching.reading import read_profile
from indexer.metiers.service import Jobs
from indexer.search import build_offer_search
from indexer.settings import load_settings
from tests.support.indexing import BELFORT, fill, open_world
from tests.support.loopback import serving_loopback
from tests.support.small_feeds import NOON, offer, structure
from tests.unit.matching.random_worlds import WordReader

PERMIT = "mobilite--preparer-un-permis"
LAT, LON = 47.638, 6.863
WALK: dict[Moyen, int] = {"a-pied": 30}


def square(half: float, lat: float = LAT, lon: float = LON) -> list[list[float]]:
    return [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half],
            [lon - half, lat - half]]  # fmt: skip


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


class Service:
    """What it answers may be changed; what it was asked is kept. `held` makes it wait until the test ends."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = 200, orjson.dumps(polygon(square(0.1))), list[dict[str, list[str]]]()
        self.held, self.end = False, threading.Event()
        self.url = ""

    def open(self, timeout_s: float = 5.0, **more: Any) -> Isochrones:
        return Isochrones(self.url, timeout_s, **more)


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.asked.append(parse_qs(urlsplit(self.path).query))
            if service.held:
                service.end.wait(20)
                return
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            self.wfile.write(service.body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    with serving_loopback(Handler) as address:
        service.url = f"{address}/?at={{lat}},{{lon}}&mode={{mode}}&minutes={{minutes}}"
        try:
            yield service
        finally:
            service.end.set()


@pytest.fixture
def service() -> Iterator[Service]:
    with serving(Service()) as opened:
        yield opened


def test_each_means_is_asked_with_a_rounded_point_and_kept(service: Service) -> None:
    isochrones = service.open()
    for _ in range(2):
        found = isochrones.areas(47.63812, 6.86349, {"a-pied": 30, "voiture": 45})
        assert set(found) == {"a-pied", "voiture"}
    asked = sorted((one["at"][0], one["mode"][0], one["minutes"][0]) for one in service.asked)
    assert asked == [("47.638,6.863", "car", "45"), ("47.638,6.863", "pedestrian", "30")]


def test_the_oldest_areas_are_forgotten(service: Service) -> None:
    isochrones = service.open()
    for minutes in range(KEPT + 1):
        isochrones.areas(LAT, LON, {"a-pied": minutes})
    isochrones.areas(LAT, LON, {"a-pied": 0})
    assert len(service.asked) == KEPT + 2


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (302, b""),
        (200, b"<html>"),
        (200, b"{}"),
        (200, b"[]"),
        (200, orjson.dumps({"type": "Point", "coordinates": [LON, LAT]})),
        (200, orjson.dumps({"type": "Polygon", "coordinates": [[[LON, LAT], ["a", "b"], [1, 2]]]})),
        (200, orjson.dumps({"type": "Polygon", "coordinates": [[[LON, 1e9], [LON, LAT], [1, 2]]]})),
        (200, orjson.dumps({"type": "MultiPolygon", "coordinates": [3]})),
        (200, orjson.dumps(polygon(square(0.1, LON, LAT)))),  # latitude and longitude exchanged
        (200, b" " * (MAX_BYTES + 1)),
    ],
)
def test_what_is_no_area_of_the_point_is_left_and_not_asked_again_at_once(
    service: Service, status: int, body: bytes
) -> None:
    service.status, service.body = status, body
    clock = [100.0]
    isochrones = service.open(now=lambda: clock[0])
    assert isochrones.areas(LAT, LON, WALK) == {}
    service.status, service.body = 200, orjson.dumps(polygon(square(0.1)))
    assert isochrones.areas(LAT, LON, WALK) == {}
    assert len(service.asked) == 1
    clock[0] += PAUSE_S
    assert set(isochrones.areas(LAT, LON, WALK)) == {"a-pied"}


def test_a_slow_service_is_not_waited_for(service: Service) -> None:
    service.held = True
    assert service.open(timeout_s=0.05).areas(LAT, LON, WALK) == {}


def test_a_service_that_is_not_there_gives_nothing() -> None:
    with serving(Service()) as gone:
        url = gone.url
    assert Isochrones(url).areas(LAT, LON, WALK) == {}


def test_a_hole_holds_nothing_and_what_a_collection_holds_is_put_together() -> None:
    holed = polygon(square(0.1), square(0.02))
    island = {"type": "Feature", "geometry": polygon(square(0.01))}
    area = parse_area({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": holed}, island]})
    assert area.holds(LAT + 0.05, LON)
    assert not area.holds(LAT + 0.015, LON)
    assert area.holds(LAT, LON)
    assert not area.holds(LAT + 0.2, LON)
    assert parse_area({"geometry": holed, "point": "x"}).holds(LAT, LON + 0.05)


def test_the_setting_opens_it_and_a_wrong_address_is_refused(tmp_path: Path) -> None:
    assert open_isochrones(load_settings(data_dir=tmp_path)) is None
    url = "https://exemple.fr/?p={lat},{lon}&m={mode}&t={minutes}"
    assert open_isochrones(load_settings(data_dir=tmp_path, isochrone_url=url)) is not None
    with pytest.raises(SettingError, match="minutes"):
        load_settings(data_dir=tmp_path, isochrone_url="https://exemple.fr/{lat},{lon}/{mode}")


@pytest.fixture
def plan_of(tmp_path: Path, service: Service) -> Iterator[Any]:
    """Plans of a world with one offer beside, and one behind the hill: 5 km to the north."""
    with open_world(tmp_path) as work:
        hill = BELFORT | {"latitude": LAT + 0.045}
        same = {
            "thematiques": (PERMIT,),
            "description": "Apprendre le code de la route, puis conduire avec un moniteur.",
        }
        fill(work, [structure(1), offer(1, nom="À côté", **same, **BELFORT),
                    offer(2, nom="Derrière la colline", **same, **hill)])  # fmt: skip
        search = build_offer_search(work.engine, work.encoder, lambda: NOON, WordReader())
        around = Around(Jobs(work.encoder, tmp_path), Labour(tmp_path), service.open())
        matcher = build_matcher(search, work.engine, work.encoder, around)

        def match(**said: Any) -> Plan:
            profile = {"lieu": {"lat": LAT, "lon": LON}, "mobilite": {"moyens": ["voiture"], "duree_max_min": 30}}
            return matcher.match(read_profile(profile | {"besoins": [{"thematique": PERMIT}]} | said))

        yield match


def names(plan: Plan) -> list[str]:
    return [shown.nom for shown in plan.besoins[0].offres]


def test_an_offer_of_the_circle_but_out_of_the_area_is_not_reached(plan_of: Any, service: Service) -> None:
    flat = [[LON - 0.2, LAT - 0.2], [LON + 0.2, LAT - 0.2], [LON + 0.2, LAT + 0.02], [LON - 0.2, LAT + 0.02]]
    service.body = orjson.dumps(polygon(flat))
    plan = plan_of()
    assert names(plan) == ["À côté"]
    assert plan.portee.estimation is False
    assert 20 < plan.portee.rayon_km < 30


def test_the_nearest_is_told_when_the_area_holds_no_offer(plan_of: Any, service: Service) -> None:
    service.body = orjson.dumps(polygon(square(0.03, lat=LAT - 0.04)))  # the south, the offers being north of it
    (need,) = plan_of(lieu={"lat": LAT - 0.002, "lon": LON}).besoins
    assert need.offres == ()
    assert need.sans_offre is not None
    assert need.sans_offre.offre_la_plus_proche is not None
    assert need.sans_offre.offre_la_plus_proche.nom == "À côté"


def test_without_an_answer_the_circle_stands_and_the_plan_says_so(plan_of: Any, service: Service) -> None:
    service.status = 500
    plan = plan_of()
    assert sorted(names(plan)) == ["Derrière la colline", "À côté"]
    assert UNANSWERED in plan.alertes
    assert plan.portee.estimation is True
    assert UNANSWERED not in plan_of(besoins=[]).alertes
