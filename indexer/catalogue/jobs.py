"""Long work as `maillage status` and `/statusz` show it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from indexer.catalogue.holder import Holder, is_dead, parse_holder
from indexer.catalogue.tables import jobs

KEPT = 50
"""Ended jobs that are remembered."""


class JobState(StrEnum):
    RUNNING = "en-cours"
    DONE = "fini"
    FAILED = "echoue"


@dataclass(frozen=True, slots=True)
class Job:
    """`avancement` in 0–1, None when the end is unknown; `depuis` is the start."""

    nom: str
    etat: JobState
    avancement: float | None
    depuis: datetime
    message: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"depuis": self.depuis.isoformat()}


def start_job(connection: Connection, nom: str, holder: Holder, now: datetime) -> int:
    """A new job, running; returns its id. The oldest ended ones are forgotten."""
    oldest_kept = select(jobs.c.id).order_by(jobs.c.id.desc()).offset(KEPT).limit(1).scalar_subquery()
    connection.execute(delete(jobs).where(jobs.c.id <= oldest_kept, jobs.c.etat != JobState.RUNNING))
    values = {"nom": nom, "etat": JobState.RUNNING, "depuis": now, "heartbeat_at": now, "message": ""}
    inserted = connection.execute(insert(jobs).values(**values, holder=str(holder)).returning(jobs.c.id))
    return int(inserted.scalar_one())


def advance_job(connection: Connection, job_id: int, avancement: float | None, message: str, now: datetime) -> None:
    values = {"avancement": avancement, "message": message, "heartbeat_at": now}
    connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def end_job(connection: Connection, job_id: int, etat: JobState, message: str, now: datetime) -> None:
    values: dict[str, Any] = {"etat": etat, "message": message, "heartbeat_at": now}
    if etat is JobState.DONE:
        values["avancement"] = 1.0
    connection.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def read_jobs(connection: Connection, now: datetime, limit: int) -> list[Job]:
    """The latest jobs, newest first. One whose process died is told as failed."""
    rows = connection.execute(select(jobs).order_by(jobs.c.id.desc()).limit(limit))
    return [_told(Job(r.nom, JobState(r.etat), r.avancement, r.depuis, r.message), r, now) for r in rows]


def _told(job: Job, row: Any, now: datetime) -> Job:
    if job.etat is not JobState.RUNNING or not is_dead(parse_holder(row.holder), row.heartbeat_at, now):
        return job
    return Job(job.nom, JobState.FAILED, job.avancement, job.depuis, "Le travail s'est arrêté sans finir. Relancez-le.")
