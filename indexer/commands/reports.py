"""`maillage reports`: what readers of the pages say is wrong."""

from typing import Annotated

import orjson
import typer
from rich.console import Console

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.reports import REASON_LABELS, Report
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def reports_command(
    handled: Annotated[
        int | None, typer.Option("--handled", metavar="NUMERO", help="Marque ce signalement comme traité.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Montre aussi ceux qui sont traités.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="Combien, au plus.")] = 100,
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Donne les erreurs que des lecteurs ont signalées, les plus récentes d'abord."""
    catalogue = open_catalogue(load_settings().catalogue_url)
    try:
        if handled is not None:
            catalogue.handle_report(handled)
        _tell(catalogue, everything, limit, as_json)
    finally:
        catalogue.close()


def _tell(catalogue: Catalogue, everything: bool, limit: int, as_json: bool) -> None:
    found = catalogue.reports(everything, limit)
    if as_json:
        typer.echo(orjson.dumps([report.as_dict() for report in found], option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    for report in found:
        _show(console, report)
    if not found:
        console.print("Aucun signalement en attente.")


def _show(console: Console, report: Report) -> None:
    state = "" if report.handled_at is None else ", traité"
    day = report.at.strftime("%d/%m/%Y")
    console.print(f"{report.id}. {REASON_LABELS[report.reason]} ({day}{state})")
    console.print(f"   « {report.nom} », {report.record_id}, source {report.source}")
    for line in report.text.splitlines():
        console.print(f"   > {line}")
