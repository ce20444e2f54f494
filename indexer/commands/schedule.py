"""`maillage schedule`: the built-in scheduler, for who has no cron. It calls what `maillage sync` is."""

import signal
import threading
from functools import partial
from types import FrameType
from typing import Annotated

import structlog
import typer
from apscheduler.schedulers.background import BackgroundScheduler
from rich.console import Console

from indexer.catalogue.store import utc_now
from indexer.commands.sync import run_sync
from indexer.errors import MaillageError, SettingError
from indexer.settings import Settings, load_settings
from indexer.sources.load import load_sources
from indexer.sources.model import Source
from indexer.sources.planning import ZONE, build_trigger, next_sync

LATE = 3600
"""Seconds within which a sync that was missed (a machine asleep) is still run."""

_log = structlog.get_logger(__name__)
app = typer.Typer()


@app.command()
def schedule_command(
    show: Annotated[bool, typer.Option("--montrer", help="Dire les prochaines lectures, sans attendre.")] = False,
) -> None:
    """Lit chaque source à l'heure de son planning, jusqu'à ce qu'on l'arrête (Ctrl+C ou SIGTERM)."""
    settings = load_settings()
    planned = find_planned(settings)
    if not planned:
        raise SettingError('Aucune source active n\'a de planning. Ajoutez par exemple : planning = "30 5 * * *".')
    for source in planned:
        typer.echo(f"{source.flux} : prochaine lecture le {next_sync(source, utc_now()):%d/%m/%Y à %H:%M}")
    if not show:
        _run(build_scheduler(settings, planned))


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
