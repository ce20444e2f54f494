"""The matcher of a process, over the search that it has already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import SearchEngine
from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.matching.isochrones import Isochrones, open_isochrones
from indexer.matching.jobs import JobMatcher
from indexer.matching.matcher import Matcher, Tools
from indexer.matching.plan import JobAsk, JobPlanner, JobSetting, PlanJob, PlanOffer, Sector
from indexer.metiers.service import Jobs
from indexer.search.service import OfferSearch
from indexer.settings import Settings


class WithoutJobs:
    """A planner that plans no job."""

    def asks(self, setting: JobSetting) -> tuple[JobAsk, ...]:  # noqa: ARG002 — the interface's
        return ()

    def prospects(
        self,
        setting: JobSetting,  # noqa: ARG002 — the interface's
        found: Sequence[tuple[PlanOffer, ...]],  # noqa: ARG002 — the interface's
    ) -> tuple[tuple[PlanJob, ...], tuple[Sector, ...]]:
        return (), ()


@dataclass(frozen=True)
class Around:
    """What a plan knows beside offers: jobs, the labour market, journeys where a service is set. Threads share it."""

    metiers: Jobs
    labour: Labour
    isochrones: Isochrones | None = None


def open_around(settings: Settings, encoder: Encoder) -> Around:
    """Nothing is read yet."""
    directory = settings.loaded_reference_dir
    return Around(Jobs(encoder, directory), Labour(directory), open_isochrones(settings))


def build_full_matcher(search: OfferSearch, engine: SearchEngine, encoder: Encoder, around: Around) -> Matcher:
    """That of the API, of the pages and of the command: a plan is the same whatever the door."""
    tools = _tools(search, engine, encoder, around.metiers)
    planner = JobMatcher(around.labour, around.metiers)
    return Matcher(replace(tools, jobs=planner, isochrones=around.isochrones))


def build_matcher(
    search: OfferSearch, engine: SearchEngine, encoder: Encoder, metiers: Jobs, planner: JobPlanner | None = None
) -> Matcher:
    """Without a planner of jobs, a plan has needs only."""
    tools = _tools(search, engine, encoder, metiers)
    return Matcher(tools if planner is None else replace(tools, jobs=planner))


def _tools(search: OfferSearch, engine: SearchEngine, encoder: Encoder, metiers: Jobs) -> Tools:
    return Tools(
        engine=engine,
        encoder=encoder,
        understander=search.understander,
        communes=load_communes(),
        find_jobs=metiers.search,
        jobs=WithoutJobs(),
        clock=search.now,
        dead_links=search.dead_links,
        stale_days=search.stale_days,
    )
