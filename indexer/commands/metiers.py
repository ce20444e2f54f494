"""`maillage metiers`: the jobs of the ROME that a text means, as the API would answer."""

from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from indexer.embeddings.encoder import load_encoder
from indexer.metiers.search import JobHit
from indexer.metiers.service import Jobs
from indexer.settings import load_settings
from search_api.job_bodies import build_job

app = typer.Typer()


@app.command()
def metiers_command(
    text: Annotated[str, typer.Argument(metavar="MOTS", help="Le métier, avec ses propres mots.")],
    size: Annotated[int, typer.Option("--nombre", min=1, max=50, help="Métiers montrés, au plus.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Cherche un métier du ROME : « cuistot », « bosser dans les arbres ». Code 1 quand rien ne ressemble."""
    settings = load_settings()
    found = Jobs(load_encoder(settings), settings.loaded_reference_dir).search(text, size)
    if as_json:
        typer.echo(orjson.dumps([build_job(hit) for hit in found]).decode())
    else:
        _show(found)
    if not found:
        raise typer.Exit(1)


def _show(found: tuple[JobHit, ...]) -> None:
    if not found:
        typer.echo("Aucun métier ne ressemble à ces mots. Essayez un nom de métier, ou ce que l'on y fait.")
        return
    table = Table("Code", "Métier", "Par", "Score")
    for hit in found:
        table.add_row(hit.code_rome, hit.libelle, hit.phrase.text, f"{hit.score:.2f}")
    Console().print(table)
