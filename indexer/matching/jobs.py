"""The jobs of a plan: what is known of them around, what leads there, and the domains that look for people."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer.labour import model
from indexer.labour.market import Market
from indexer.labour.service import Labour
from indexer.matching.plan import CloseJob, Hiring, JobAsk, JobSetting, PlanJob, PlanOffer, Sector, Tension, WantedJob
from indexer.matching.sectors import MAX_SECTORS, Chosen, choose_sectors, close_jobs
from indexer.metiers.service import Jobs
from indexer.reference.shipped import rome_labels

SHOWN_CLOSE: Final = 5
_IMMERSIONS, _TRAININGS = frozenset(("immersion",)), frozenset(("formation",))
_SIZE: Final = 3

Found = Sequence[tuple[PlanOffer, ...]]


class JobMatcher:
    """Makes the jobs and the sectors of a plan. Reads loaded tables only; shared by all threads of a process."""

    def __init__(self, labour: Labour, jobs: Jobs) -> None:
        self._labour, self._jobs = labour, jobs

    def asks(self, setting: JobSetting) -> tuple[JobAsk, ...]:
        """Immersions then trainings, of each job, then of each sector."""
        codes = [self._codes_of(job.code_rome) for job in setting.wanted]
        codes += [self._of_sector(sector) for sector in self._sectors(setting)]
        return tuple(JobAsk(own, kind, _SIZE) for own in codes for kind in (_IMMERSIONS, _TRAININGS))

    def prospects(self, setting: JobSetting, found: Found) -> tuple[tuple[PlanJob, ...], tuple[Sector, ...]]:
        """`found` has one entry for each of `asks(setting)`, in its order."""
        pairs = list(zip(found[::2], found[1::2], strict=True))
        market = self._market(setting)
        jobs = tuple(self._job(job, market, *own) for job, own in zip(setting.wanted, pairs, strict=False))
        sectors = zip(self._sectors(setting), pairs[len(setting.wanted) :], strict=True)
        told = [_sector(one, *own) for one, own in sectors if any(own) or not one.only_with_offers]
        return jobs, tuple(told[:MAX_SECTORS])

    def _market(self, setting: JobSetting) -> Market | None:
        return None if setting.commune is None else self._labour.at(self._labour.place_of(setting.commune))

    def _sectors(self, setting: JobSetting) -> tuple[Chosen, ...]:
        market = self._market(setting)
        return () if market is None else choose_sectors(setting, market, self._labour, self._jobs)

    def _codes_of(self, code: str) -> tuple[str, ...]:
        """The job, those that it is parted in or comes from, then the close ones."""
        return tuple(dict.fromkeys((*self._labour.family(code), *self._close(code))))

    def _of_sector(self, sector: Chosen) -> tuple[str, ...]:
        """The scarcest jobs of the domain, each with its finer codes."""
        return tuple(dict.fromkeys(code for own in sector.codes for code in self._labour.family(own)))

    def _close(self, code: str) -> tuple[str, ...]:
        """Close jobs of the table, else those with the same skills."""
        return (close_jobs(code, self._labour, self._jobs) or self._labour.akin(code))[:SHOWN_CLOSE]

    def _job(
        self, job: WantedJob, market: Market | None, immersions: tuple[PlanOffer, ...], trainings: tuple[PlanOffer, ...]
    ) -> PlanJob:
        hiring = None if market is None else market.hiring(job.code_rome)
        return PlanJob(
            code_rome=job.code_rome,
            libelle=job.libelle,
            origine=job.origine,
            tension=_tension(job.code_rome, market),
            embauches=None if hiring is None else _hiring(hiring),
            proches=tuple(_iter_close(self._close(job.code_rome), market)),
            immersions=immersions,
            formations=trainings,
        )


def _iter_close(codes: Iterable[str], market: Market | None) -> Iterator[CloseJob]:
    for code in codes:
        yield CloseJob(code, rome_labels().get(code, code), _tension(code, market))


def _tension(code: str, market: Market | None) -> Tension | None:
    found = None if market is None else market.tension(code)
    return None if found is None else _told(found)


def _told(tension: model.Tension) -> Tension:
    shown = tension.territoire.shown
    return Tension(tension.niveau, tension.millesime, shown, dict(tension.facteurs), tension.source)


def _hiring(hiring: model.Hiring) -> Hiring:
    return Hiring(
        famille=hiring.famille,
        projets=hiring.projets,
        difficiles=hiring.difficult_share,
        millesime=hiring.millesime,
        secret=hiring.secret,
        territoire=hiring.territoire.shown,
    )


def _sector(one: Chosen, immersions: tuple[PlanOffer, ...], trainings: tuple[PlanOffer, ...]) -> Sector:
    return Sector(one.domaine, one.libelle, _told(one.tension), immersions, trainings, one.raisons)
