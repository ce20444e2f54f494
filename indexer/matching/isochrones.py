"""The areas that a service of isochrones gives, where a deployment has one (`MAILLAGE_ISOCHRONE_URL`).

Asked with a point of three decimals (a hundred metres), never with anything else of a person. Whatever goes wrong, the
plan goes on with its own estimate.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Final

import httpx
import orjson
import structlog

from indexer.matching.areas import Area, parse_area
from indexer.matching.profile import Moyen
from indexer.matching.reach import MAX_KM

TIMEOUT_S: Final = 1.5
MAX_BYTES: Final = 1_000_000
KEPT: Final = 128
"""Areas kept in memory: 40 MB at the very most, some hundreds of kilobytes as services send them."""

PAUSE_S: Final = 30.0
"""After a failure, plans do not wait for the service again for so long."""

NEAR_KM: Final = 5.0
"""An area whose edge is farther than this and that does not hold the point is not of this point."""

MODES: Final[Mapping[Moyen, str]] = {
    "a-pied": "pedestrian", "velo": "bicycle", "transports-en-commun": "transit", "voiture": "car",
}  # fmt: skip

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Journey:
    """From where, how, and for how long."""

    latitude: float
    longitude: float
    mode: Moyen
    minutes: int


class Unusable(Exception):
    """What the service answered is no area of that point; the message says why, and names no place."""


@dataclass
class Isochrones:
    """Shared by all threads of a process. `url` holds `{lat}`, `{lon}`, `{mode}` and `{minutes}`."""

    url: str
    timeout_s: float = TIMEOUT_S
    now: Callable[[], float] = time.monotonic
    _kept: OrderedDict[Journey, Area] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _paused_until: float = 0.0

    def __post_init__(self) -> None:
        self._client = httpx.Client(timeout=self.timeout_s, follow_redirects=False)
        self._pool = ThreadPoolExecutor(len(MODES), thread_name_prefix="isochrones")

    def areas(self, latitude: float, longitude: float, minutes: Mapping[Moyen, int]) -> dict[Moyen, Area]:
        """Of each means, all asked at once; those without an answer are left out."""
        lat, lon = round(latitude, 3), round(longitude, 3)
        journeys = [Journey(lat, lon, mode, duration) for mode, duration in minutes.items()]
        missing = [one for one in journeys if self._find(one) is None]
        if missing and self.now() >= self._paused_until:
            self._ask_all(missing)
        found = {one.mode: self._find(one) for one in journeys}
        return {mode: area for mode, area in found.items() if area is not None}

    def _ask_all(self, journeys: Sequence[Journey]) -> None:
        """What comes after the time is kept for the next plan."""
        late = wait([self._pool.submit(self._ask, one) for one in journeys], self.timeout_s).not_done
        if late:
            self._pause("pas de réponse à temps")

    def _find(self, journey: Journey) -> Area | None:
        with self._lock:
            if journey in self._kept:
                self._kept.move_to_end(journey)
            return self._kept.get(journey)

    def _keep(self, journey: Journey, area: Area) -> None:
        with self._lock:
            self._kept[journey] = area
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def _pause(self, reason: str) -> None:
        """The reason is logged without the address, which holds the place."""
        self._paused_until = self.now() + PAUSE_S
        _log.warning("isochrone non obtenue", raison=reason)

    def _ask(self, journey: Journey) -> None:
        try:
            self._keep(journey, _check(parse_area(orjson.loads(self._fetch(journey))), journey))
        except (httpx.HTTPError, httpx.InvalidURL, Unusable, ValueError) as error:
            self._pause(str(error) if isinstance(error, Unusable) else type(error).__name__)

    def _fetch(self, journey: Journey) -> bytes:
        """Within the time and the size, however slowly it comes."""
        until, body = time.monotonic() + self.timeout_s, bytearray()
        with self._client.stream("GET", _address(self.url, journey)) as response:
            if response.status_code != httpx.codes.OK:
                raise Unusable(f"réponse {response.status_code}")
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise Unusable("réponse trop longue")
                if time.monotonic() > until:
                    raise Unusable("réponse trop lente")
        return bytes(body)


def _address(url: str, journey: Journey) -> str:
    said = {"lat": journey.latitude, "lon": journey.longitude, "mode": MODES[journey.mode], "minutes": journey.minutes}
    for name, value in said.items():
        url = url.replace(f"{{{name}}}", str(value))
    return url


def _check(area: Area, journey: Journey) -> Area:
    """Unusable for an area elsewhere (latitude and longitude exchanged), or farther than any journey of a plan."""
    here = (journey.latitude, journey.longitude)
    if area.farthest_km(*here) > 2 * MAX_KM or not (area.holds(*here) or area.nearest_km(*here) <= NEAR_KM):
        raise Unusable("une zone d'ailleurs")
    return area
