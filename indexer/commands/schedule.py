"""`maillage schedule`: the built-in scheduler, for who has no cron.

It calls what `maillage sync` and `maillage upkeep` are, and sends the mails that wait.
"""

import signal
import threading
from functools import partial
from types import FrameType
from typing import Annotated, Any

import structlog
import typer
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger
from rich.console import Console

from indexer.catalogue.store import utc_now
from indexer.commands.sync import run_sync
from indexer.errors import MaillageError
from indexer.settings import Settings, load_settings
from indexer.sources.load import load_sources
from indexer.sources.model import Source
from indexer.sources.planning import ZONE, build_trigger, next_sync

LATE = 3600
"""Seconds within which a sync that was missed (a machine asleep) is still run."""

UPKEEP_HOUR = 3
"""In France: after midnight, before the sources that most deployments read at dawn."""

_log = structlog.get_logger(__name__)
app = typer.Typer()


@app.command()
def schedule_command(
    show: Annotated[bool, typer.Option("--montrer", help="Dire les prochaines lectures, sans attendre.")] = False,
) -> None:
    """Lit chaque source à l'heure de son planning et fait l'entretien la nuit, jusqu'à Ctrl+C ou SIGTERM."""
    settings = load_settings()
    planned = find_planned(settings)
    if not planned:
        typer.echo('Aucune source active n\'a de planning. Ajoutez par exemple : planning = "30 5 * * *".')
    for source in planned:
        typer.echo(f"{source.flux} : prochaine lecture le {next_sync(source, utc_now()):%d/%m/%Y à %H:%M}")
    typer.echo(f"entretien : chaque nuit à {UPKEEP_HOUR} h")
    if not show:
        scheduler = build_scheduler(settings, planned)
        add_upkeep(scheduler, settings)
        _run(scheduler)


def find_planned(settings: Settings) -> list[Source]:
    """The active sources that have a planning. SettingError for one that cannot be understood."""
    return [source for source in load_sources(settings).choose([]) if build_trigger(source) is not None]


def build_scheduler(settings: Settings, sources: list[Source]) -> BackgroundScheduler:
    """One job a source, one at a time; a source that still runs is not started again."""
    executors = {"default": {"type": "threadpool", "max_workers": 1}}
    scheduler = BackgroundScheduler(timezone=ZONE, executors=executors)
    for source in sources:
        scheduler.add_job(
            partial(sync_one, settings, source.flux),
            build_trigger(source),
            id=source.flux,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=LATE,
        )
    return scheduler


def add_upkeep(scheduler: BackgroundScheduler, settings: Settings) -> None:
    """The nightly upkeep, after the sync under way; and the mails that wait, each minute, beside everything."""
    every_night = CronTrigger(hour=UPKEEP_HOUR, timezone=ZONE)
    common: dict[str, Any] = {"coalesce": True, "max_instances": 1, "misfire_grace_time": LATE}
    scheduler.add_job(partial(keep_up, settings), every_night, id="upkeep", **common)
    if settings.smtp_url is not None:
        scheduler.add_executor(ThreadPoolExecutor(1), "courriels")
        deliver = partial(deliver_mails, settings)
        scheduler.add_job(deliver, IntervalTrigger(minutes=1), id="courriels", executor="courriels", **common)


def keep_up(settings: Settings) -> None:
    """One upkeep. An error is logged: the next night tries again."""
    from indexer.commands.upkeep import run_once

    try:
        run_once(settings)
    except MaillageError as error:
        _log.warning("upkeep_failed", reason=str(error))


def deliver_mails(settings: Settings) -> None:
    """Sends what waits in the outbox. An error is logged: the next minute tries again."""
    from indexer.commands.upkeep import deliver_once

    try:
        deliver_once(settings)
    except MaillageError as error:
        _log.warning("delivery_failed", reason=str(error))


def sync_one(settings: Settings, flux: str) -> None:
    """One sync; its declaration is read again. An error is logged: the next ones go on."""
    try:
        run_sync(settings, [flux], Console())
    except MaillageError as error:
        _log.warning("sync_failed", flux=flux, reason=str(error))


def _run(scheduler: BackgroundScheduler) -> None:
    """Until a signal; the sync under way ends first."""
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 (the shape of a handler)
        stopped.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    scheduler.start()
    stopped.wait()
    scheduler.shutdown(wait=True)
