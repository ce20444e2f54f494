"""One piece of long work: its lease, its job, its heartbeats."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from indexer.catalogue.database import Database
from indexer.catalogue.holder import Holder, build_holder
from indexer.catalogue.jobs import JobState, advance_job, end_job, start_job
from indexer.catalogue.leases import keep_lease, refuse_if_held, release_lease, take_lease
from indexer.errors import CatalogueError, MaillageError

Clock = Callable[[], datetime]

HEARTBEAT = timedelta(seconds=5)
"""Between two heartbeats: each costs one small synced write."""

_log = structlog.get_logger(__name__)


class Work:
    """What the worker sees of its lease and its job."""

    def __init__(self, database: Database, name: str, job_id: int, holder: Holder, clock: Clock) -> None:
        self._database = database
        self._name = name
        self._job_id = job_id
        self._holder = holder
        self._clock = clock
        self._last = clock()

    def beat(self, message: str, avancement: float | None = None) -> None:
        """Says how far the work is, at most every HEARTBEAT: call it as often as you like.

        Raises BusyError when another process took the work over.
        """
        if self._clock() - self._last < HEARTBEAT:
            return
        try:
            self.tell(message, avancement)
        except CatalogueError as error:
            # A long import holds the database: the next beat tells as much, and nothing is lost meanwhile.
            _log.warning("heartbeat_missed", work=self._name, reason=str(error))

    def tell(self, message: str, avancement: float | None = None) -> None:
        """The same, at once: before a step that may be long."""
        self._last = self._clock()
        with self._database.writing() as connection:
            keep_lease(connection, self._name, self._holder, self._last)
            advance_job(connection, self._job_id, avancement, message, self._last)

    def confirm(self, connection: Connection) -> None:
        """Fences a writing transaction: nobody can take the lease over before it ends. BusyError when too late."""
        keep_lease(connection, self._name, self._holder, self._clock())


@contextmanager
def doing(database: Database, name: str, nom: str, clock: Clock) -> Iterator[Work]:
    """Runs the block as the only work called `name`, shown as `nom`. BusyError when it already runs.

    An error in the block, an interruption too, marks the job as failed with its message and goes on.
    """
    holder = build_holder()
    job_id = _begin(database, name, nom, holder, clock())
    try:
        yield Work(database, name, job_id, holder, clock)
    except BaseException as error:
        _fail(database, name, job_id, holder, error, clock())
        raise
    with database.writing() as connection:
        end_job(connection, job_id, JobState.DONE, "", clock())
        release_lease(connection, name, holder)


def _begin(database: Database, name: str, nom: str, holder: Holder, now: datetime) -> int:
    with database.reading() as connection:
        refuse_if_held(connection, name, now)
    with database.writing() as connection:
        take_lease(connection, name, holder, now)
        return start_job(connection, nom, holder, now)


def _fail(database: Database, name: str, job_id: int, holder: Holder, error: BaseException, now: datetime) -> None:
    message = str(error) if isinstance(error, MaillageError) else f"Arrêt inattendu ({type(error).__name__})."
    try:
        with database.writing() as connection:
            end_job(connection, job_id, JobState.FAILED, message, now)
            release_lease(connection, name, holder)
    except CatalogueError as second:
        # The first error is the one to tell; the lease falls by itself once this process is gone.
        _log.warning("job_not_closed", job=job_id, reason=str(second))
