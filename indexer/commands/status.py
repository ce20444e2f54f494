"""`maillage status`: the catalogue, the index, the work that runs or failed."""

from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from indexer.catalogue import open_catalogue
from indexer.engines.factory import build_engine
from indexer.settings import load_settings
from indexer.status import read_status

app = typer.Typer()


@app.command()
def status_command(
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Dit ce que tiennent le catalogue et l'index, et quels travaux sont en cours, finis ou ont échoué."""
    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        status = read_status(catalogue, build_engine(settings))
    finally:
        catalogue.close()
    if as_json:
        typer.echo(orjson.dumps(status, option=orjson.OPT_INDENT_2).decode())
    else:
        _show(status)


def _show(status: dict[str, Any]) -> None:
    console = Console(soft_wrap=True, highlight=False)
    catalogue, index = status["catalogue"], status["index"]
    console.print(
        f"Catalogue : {catalogue['published']} offres publiées, {catalogue['structures']} structures, "
        f"{catalogue['orphans']} offres sans structure, {catalogue['retired_offers']} retirées."
    )
    if index["version"] is None:
        console.print(f"Index     : {index['message']}", markup=False)
    else:
        console.print(f"Index     : {index['version']}, {index['documents']} offres, encodeur {index['encoder']}.")
    if index["retard"] is None:
        console.print("            Cet index ne vient pas de ce catalogue : lancez « maillage reindex ».")
    elif index["retard"]:
        console.print(f"            {index['retard']} offres ont changé depuis : lancez « maillage reindex ».")
    for work in status["travaux"]:
        progress = "" if work["avancement"] is None else f" {work['avancement']:.0%}"
        console.print(
            f"Travail   : {work['nom']}, {work['etat']}{progress}, depuis le {work['depuis']}. {work['message']}"
        )
