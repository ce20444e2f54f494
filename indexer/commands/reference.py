"""`maillage reference`: loads the reference tables of a deployment, and tells which are missing."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from indexer.labour.load import figures_to_mend, load_reference
from indexer.reference.known_tables import KNOWN_TABLES
from indexer.reference.loaded import LoadedTable, LoadReport, loaded_tables
from indexer.settings import load_settings

app = typer.Typer(help="Tables de référence : métiers, tensions, bassins d'emploi.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Sortie pour les machines.")]


@app.command("load")
def load(
    directory: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Dossier des fichiers CSV.")],
    as_json: AsJson = False,
) -> None:
    """Vérifie puis charge toutes les tables connues du dossier, ou aucune."""
    report = load_reference(directory, load_settings().loaded_reference_dir, datetime.now(UTC))
    if as_json:
        typer.echo(_as_json({"chargees": [asdict(t) for t in report.loaded], "ignores": list(report.ignored)}))
    else:
        _show_report(report)


@app.command("status")
def status(as_json: AsJson = False) -> None:
    """Dit quelles tables sont chargées, et ce qui manque sans les autres."""
    directory = load_settings().loaded_reference_dir
    loaded, wrong = loaded_tables(directory), figures_to_mend(directory)
    if as_json:
        typer.echo(_as_json({"tables": status_entries(loaded), "a_recharger": wrong}))
        return
    _show_status(loaded)
    if wrong is not None:
        typer.echo(wrong)


def status_entries(loaded: dict[str, LoadedTable]) -> list[dict[str, object]]:
    """One entry a known table: what it is, and how it is loaded or what its absence costs."""
    entries: list[dict[str, object]] = []
    for table in KNOWN_TABLES:
        present = loaded.get(table.name)
        entry: dict[str, object] = {"nom": table.name, "contenu": table.what, "licence": table.licence}
        detail = {"sans_elle": table.without} if present is None else asdict(present)
        entries.append({**entry, "chargee": present is not None, **detail})
    return entries


def _as_json(content: dict[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _show_report(report: LoadReport) -> None:
    table = Table("Table", "Fichier", "Lignes", "Millésime", title="Tables chargées")
    for loaded in report.loaded:
        table.add_row(loaded.nom, loaded.fichier, f"{loaded.lignes:,}".replace(",", " "), loaded.millesime)
    console = Console()
    console.print(table)
    if report.ignored:
        console.print(f"Fichiers inconnus, laissés de côté : {', '.join(report.ignored)}.")


def _show_status(loaded: dict[str, LoadedTable]) -> None:
    table = Table("Table", "État", "Ce que c'est, ou ce qui manque sans elle", title="Tables de référence")
    for known in KNOWN_TABLES:
        present = loaded.get(known.name)
        if present is None:
            table.add_row(known.name, "absente", f"Sans elle, {known.without}.")
        else:
            table.add_row(known.name, f"chargée, {present.millesime}", f"{known.what} ({present.lignes} lignes)")
    Console().print(table)
    if len(loaded) < len(KNOWN_TABLES):
        typer.echo("Pour charger : maillage reference load DOSSIER")
