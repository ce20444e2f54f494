"""The daily tasks: each apart, one run at a time."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from indexer.catalogue import open_catalogue
from indexer.commands.upkeep import run_once
from indexer.errors import BusyError, CatalogueError
from indexer.settings import Settings
from indexer.upkeep.run import run_upkeep
from indexer.upkeep.task import Task
from indexer.upkeep.tasks import TASKS
from indexer.workspace import Workspace, open_workspace
from tests.support.clocks import MovedClock

NOW = MovedClock()()


@pytest.fixture
def workspace(settings: Settings) -> Iterator[Workspace]:
    catalogue = open_catalogue(settings.catalogue_url)
    yield open_workspace(catalogue, settings, MovedClock())
    catalogue.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret_key=SecretStr("une-cle-de-trente-deux-caracteres-ou-plus"))


def fail(workspace: Workspace, now: datetime) -> int:
    raise CatalogueError("La base ne répond pas.")


def break_down(workspace: Workspace, now: datetime) -> int:
    raise KeyError("des mots d'une personne")


def test_a_task_that_fails_holds_back_no_other(workspace: Workspace) -> None:
    tasks = [Task("a", "choses", fail), Task("b", "choses", break_down), Task("c", "choses", lambda *_: 3)]
    done = run_upkeep(workspace, NOW, tasks)
    assert [(each.count, each.error) for each in done] == [
        (0, "La base ne répond pas."),
        (0, "Erreur inattendue (KeyError)."),
        (3, None),
    ]


def test_two_runs_at_once_are_one(workspace: Workspace) -> None:
    def again(workspace: Workspace, now: datetime) -> int:
        with pytest.raises(BusyError, match="entretien"):
            run_upkeep(workspace, now, [])
        return 1

    assert run_upkeep(workspace, NOW, [Task("a", "choses", again)])[0].error is None


def test_names_are_unique(workspace: Workspace) -> None:
    names = [task.name for task in TASKS]
    assert len(set(names)) == len(names)


def test_every_task_runs_on_an_empty_workspace_and_finds_nothing_to_do(settings: Settings) -> None:
    assert [(each.count, each.error) for each in run_once(settings)] == [(0, None)] * len(TASKS)
