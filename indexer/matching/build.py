"""The matcher of a process, over the search that it has already."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import SearchEngine
from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.matching.jobs import JobMatcher
from indexer.matching.matcher import Matcher, Tools
from indexer.metiers.service import Jobs
from indexer.search.service import OfferSearch
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.matching.isochrones import Isochrones


@dataclass(frozen=True)
class Around:
    """What a plan knows beside offers: jobs, the labour market, journeys where a service is set. Threads share it."""

    metiers: Jobs
    labour: Labour
    isochrones: "Isochrones | None" = None


def open_around(settings: Settings, encoder: Encoder) -> Around:
    """Nothing is read yet."""
    directory = settings.loaded_reference_dir
    return Around(Jobs(encoder, directory), Labour(directory), open_isochrones(settings))


def open_isochrones(settings: Settings) -> "Isochrones | None":
    """None without the setting. Its client of HTTP takes 40 ms to import: a start without it does not wait."""
    if not settings.isochrone_url:
        return None
    from indexer.matching.isochrones import Isochrones

    return Isochrones(settings.isochrone_url)


def build_matcher(search: OfferSearch, engine: SearchEngine, encoder: Encoder, around: Around) -> Matcher:
    """That of the API, of the pages and of the command: a plan is the same whatever the door."""
    return Matcher(
        Tools(
            engine=engine,
            encoder=encoder,
            understander=search.understander,
            communes=load_communes(),
            find_jobs=around.metiers.search,
            jobs=JobMatcher(around.labour, around.metiers),
            clock=search.now,
            isochrones=around.isochrones,
            dead_links=search.dead_links,
            stale_days=search.stale_days,
        )
    )
