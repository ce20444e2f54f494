"""`maillage upkeep`: the daily duties, once. A scheduler calls it every night; `maillage schedule` does by itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import orjson
import typer
from rich.console import Console

from indexer.catalogue import open_catalogue
from indexer.settings import Settings, load_settings
from indexer.upkeep.run import Done, run_upkeep
from indexer.workspace import Workspace, open_workspace

app = typer.Typer()


@app.command()
def upkeep_command(as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False) -> None:
    """Relance et ferme les demandes, envoie les alertes, efface ce qui a fait son temps. À lancer chaque nuit."""
    done = run_once(load_settings())
    if as_json:
        typer.echo(orjson.dumps([asdict(each) for each in done], option=orjson.OPT_INDENT_2).decode())
    else:
        console = Console(soft_wrap=True, highlight=False, markup=False)
        for each in done:
            console.print(f"{each.name} : {each.error or f'{each.count} {each.label}'}")
    if any(each.error is not None for each in done):
        raise typer.Exit(1)


def run_once(settings: Settings) -> list[Done]:
    """Opens what the tasks need, runs them, and sends the mails that they wrote."""
    with _opened(settings) as workspace:
        done = run_upkeep(workspace, workspace.clock())
        _deliver(workspace)
        return done


def deliver_once(settings: Settings) -> None:
    """Sends what waits in the outbox, where a mail server is set."""
    with _opened(settings) as workspace:
        _deliver(workspace)


def _deliver(workspace: Workspace) -> None:
    if workspace.delivery is not None:
        workspace.delivery.run()


@contextmanager
def _opened(settings: Settings) -> Iterator[Workspace]:
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        yield open_workspace(catalogue, settings, catalogue.clock)
    finally:
        catalogue.close()
