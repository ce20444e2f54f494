"""`maillage reindex`: a new version of the index from the catalogue, checked, then live."""

from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from indexer.engines.base import VersionInfo
from indexer.indexing import open_indexing
from indexer.language.needs import load_need_reader
from indexer.rebuild import Indexing, reindex
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def reindex_command(
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Accepter un index de plus de 30 % plus petit que celui en service.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Reconstruit l'index à côté de celui en service, le vérifie, puis le met en service. L'ancien reste en réserve."""
    settings = load_settings()
    with open_indexing(settings) as work:
        info = reindex_with_progress(work, accept_loss=accept_loss)
        load_need_reader(work.encoder, settings.encoder_dir)  # made once: the server then starts at once
    if as_json:
        facts = {"version": info.name, "documents": info.documents, "encoder": info.encoder}
        typer.echo(orjson.dumps(facts | {"construit_le": info.built_at}).decode())
    else:
        typer.echo(f"Index {info.name} en service : {info.documents} offres.")


def reindex_with_progress(work: Indexing, *, accept_loss: bool = False) -> VersionInfo:
    """Shows a bar on a terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("Indexation", total=None)
        return reindex(
            work,
            lambda done, total: progress.update(task, completed=done, total=total),
            accept_loss=accept_loss,
        )
