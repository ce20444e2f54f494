"""Which jobs lack people and immersions, and which companies to ask for them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from indexer.labour.market import Market
from indexer.labour.model import SHORTAGE, Hiring, Tension
from indexer.mobilise.census import Census
from indexer.mobilise.model import Company, Outcome
from indexer.mobilise.sectors import sector_of

SILENT_FOR: Final = timedelta(days=14)
"""After so long, an invited company that did not publish is worth a call."""


@dataclass(frozen=True)
class JobFamily:
    """How the rest of the program sees a job: `same` gives its finer codes, `close` the jobs that are near it."""

    same: Callable[[str], Collection[str]]
    close: Callable[[str], Collection[str]]


@dataclass(frozen=True)
class Around:
    """A territory: the labour market of its bassin, its jobs, and the immersions that its départements bound."""

    market: Market
    family: JobFamily
    census: Census
    departements: Collection[str]

    def count(self, metiers: Collection[str]) -> int:
        return self.census.count(metiers, self.departements)


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job short of people. `immersions` exist for it, `near` for the jobs close to it only.

    `companies` are those of its sectors, `silent` those of them without any immersion, `to_call` those not called yet.
    """

    code_rome: str
    tension: Tension
    hiring: Hiring | None
    immersions: int
    near: int
    companies: int
    silent: int
    to_call: int

    @property
    def projects(self) -> int:
        """To sort by: what is secret counts for nothing."""
        return 0 if self.hiring is None or self.hiring.projets is None else self.hiring.projets


@dataclass(frozen=True)
class Overview:
    """`rows`: the scarcest job first, then by hiring projects. `late` companies were invited and did not answer."""

    rows: tuple[JobRow, ...]
    known: int
    late: int

    @property
    def first(self) -> JobRow | None:
        """The job to begin with: without any immersion if there is one, and with companies to call."""
        callable_ = [row for row in self.rows if row.to_call]
        return min(callable_, key=lambda row: (row.immersions > 0, -row.tension.niveau, -row.projects), default=None)


def build_overview(around: Around, companies: Sequence[Company], now: datetime) -> Overview:
    """Jobs of a territory at the two highest levels of shortage."""
    by_job = _by_job(companies)
    scarce = (tension for tension in around.market.tensions if tension.niveau >= SHORTAGE)
    rows = [_row(tension, around, by_job) for tension in scarce]
    rows.sort(key=lambda row: (-row.tension.niveau, -row.projects, row.code_rome))
    late = sum(1 for one in companies if is_late(one, now))
    return Overview(tuple(rows), len(companies), late)


def is_late(company: Company, now: datetime) -> bool:
    """Whether a company was invited, and said nothing since."""
    invited = company.outcome is Outcome.INVITED and company.noted_at is not None
    return invited and company.noted_at is not None and now - company.noted_at >= SILENT_FOR


def companies_of(companies: Iterable[Company], metiers: Collection[str]) -> list[Company]:
    """Those of the sectors where one of these jobs can be discovered."""
    wanted = frozenset(metiers)
    return [one for one in companies if not wanted.isdisjoint(jobs_of(one))]


def jobs_of(company: Company) -> tuple[str, ...]:
    """ROME codes of its sector; none where our table does not know the sector."""
    sector = sector_of(company.naf)
    return () if sector is None else sector.metiers


def _by_job(companies: Iterable[Company]) -> dict[str, list[Company]]:
    found: dict[str, list[Company]] = {}
    for company in companies:
        for code in jobs_of(company):
            found.setdefault(code, []).append(company)
    return found


def _row(tension: Tension, around: Around, by_job: dict[str, list[Company]]) -> JobRow:
    code = tension.code_rome
    same = frozenset(around.family.same(code))
    near = frozenset(around.family.close(code)) - same
    own = {company.siret: company for one in same for company in by_job.get(one, [])}.values()
    immersions = around.count(same)
    return JobRow(
        code_rome=code,
        tension=tension,
        hiring=around.market.hiring(code),
        immersions=immersions,
        near=around.count(same | near) - immersions,
        companies=len(own),
        silent=sum(1 for company in own if not company.immersions),
        to_call=sum(1 for company in own if company.outcome is Outcome.TO_CALL),
    )
