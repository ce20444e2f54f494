"""Runs the daily duties, each apart: one that fails does not hold back the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import structlog

from indexer.errors import MaillageError
from indexer.upkeep.task import Task
from indexer.upkeep.tasks import TASKS

if TYPE_CHECKING:
    from indexer.workspace import Workspace

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a task: `error` is None when it ended, and `count` says how many things it did."""

    name: str
    label: str
    count: int
    error: str | None


def run_upkeep(workspace: "Workspace", now: datetime, tasks: Iterable[Task] = TASKS) -> list[Done]:
    """All tasks, in their order, under one lease. BusyError when they run already."""
    done: list[Done] = []
    with workspace.catalogue.doing("upkeep", "entretien") as work:
        for task in tasks:
            work.tell(task.label)
            done.append(_run(task, workspace, now))
    return done


def _run(task: Task, workspace: "Workspace", now: datetime) -> Done:
    try:
        return Done(task.name, task.label, task.run(workspace, now), None)
    except MaillageError as error:
        _log.warning("entretien", tache=task.name, erreur=type(error).__name__)
        return Done(task.name, task.label, 0, str(error))
    except Exception as error:  # noqa: BLE001  a fault of one task must not keep the files of persons past their time
        _log.error("entretien", tache=task.name, erreur=type(error).__name__)
        return Done(task.name, task.label, 0, f"Erreur inattendue ({type(error).__name__}).")
