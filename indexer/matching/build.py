"""The matcher of a process, over the search that it has already."""

from collections.abc import Sequence

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import SearchEngine
from indexer.geocode.communes import load_communes
from indexer.matching.matcher import Matcher, Tools
from indexer.matching.plan import JobAsk, JobPlanner, JobSetting, PlanJob, PlanOffer, Sector
from indexer.metiers.service import Jobs
from indexer.search.service import OfferSearch


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


def build_matcher(
    search: OfferSearch, engine: SearchEngine, encoder: Encoder, metiers: Jobs, planner: JobPlanner | None = None
) -> Matcher:
    """Without a planner of jobs, a plan has needs only."""
    return Matcher(
        Tools(
            engine=engine,
            encoder=encoder,
            understander=search.understander,
            communes=load_communes(),
            find_jobs=metiers.search,
            jobs=planner or WithoutJobs(),
            clock=search.now,
            dead_links=search.dead_links,
            stale_days=search.stale_days,
        )
    )
