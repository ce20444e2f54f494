"""`maillage sources`: what is declared, whether it holds, and how to declare more."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from indexer.catalogue.store import utc_now
from indexer.commands.source_reports import report_command
from indexer.commands.source_trial import print_trial
from indexer.errors import MaillageError, SettingError
from indexer.settings import load_settings
from indexer.sources.declare import NewSource, add_source, build_toml
from indexer.sources.fetch import REAL_WAITS
from indexer.sources.guess import guess_file
from indexer.sources.guess_toml import build_guess_toml, count_doubts
from indexer.sources.keep import SourceFolder
from indexer.sources.load import load_sources
from indexer.sources.model import Source
from indexer.sources.trial import try_source

app = typer.Typer(no_args_is_help=True, help="Déclarer, vérifier et suivre les sources du catalogue.")
AsJson = Annotated[bool, typer.Option("--json", help="Pour les machines.")]
app.command("report")(report_command)


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Les sources déclarées, et quand chacune a été lue."""
    settings = load_settings()
    declared = load_sources(settings)
    rows = [_summary(source, settings.sync_dir) for source in declared.sources.values()]
    if as_json:
        told = {"sources": rows, "erreurs": declared.errors}
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    table = Table(*("source", "active", "format", "planning", "lue le", "changée le"))
    for row in rows:
        seen, changed = (str(row[name] or "jamais")[:16].replace("T", " ") for name in ("vue_le", "changee_le"))
        active = "oui" if row["actif"] else "non"
        table.add_row(row["flux"], active, row["format"], row["planning"] or "", seen, changed)
    Console().print(table)
    for fault in declared.errors.values():
        typer.echo(f"Erreur : {fault}", err=True)


@app.command("check")
def check_command(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NOM]…", help="Sources ; toutes par défaut.")] = None,
    read: Annotated[bool, typer.Option("--lire", help="Lire aussi les données, sans rien changer.")] = False,
    as_json: AsJson = False,
) -> None:
    """Vérifie les déclarations ; avec --lire, dit aussi ce qu'un import prendrait. Rien n'est changé."""
    declared = load_sources(load_settings())
    sources = declared.choose(names) if names else list(declared.sources.values())
    faults = {} if names else dict(declared.errors)
    tried: dict[str, object] = {}
    for source in sources:
        try:
            source.acces.token()
            if read:
                trial = try_source(source, REAL_WAITS, utc_now())
                tried[source.flux] = trial.as_dict()
                if not as_json:
                    print_trial(source, trial, Console())
        except MaillageError as error:
            faults[source.flux] = str(error)
    if as_json:
        told = {"sources": [source.flux for source in sources], "erreurs": faults, "lectures": tried}
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
    else:
        typer.echo(f"{len(sources)} sources vérifiées, {len(faults)} à corriger.")
    for fault in faults.values():
        typer.echo(f"Erreur : {fault}", err=True)
    if faults:
        raise typer.Exit(1)


@app.command("add")
def add_command(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Nom du flux, comme « ccas-belfort ».")],
    place: Annotated[str, typer.Argument(metavar="LIEU", help="Adresse, fichier, ou .toml préparé.")],
    format: Annotated[str, typer.Option("--format", help="Format ; reconnu par le contenu par défaut.")] = "auto",
    producer: Annotated[str | None, typer.Option("--producteur", help="Producteur, comme « ccas-belfort ».")] = None,
    licence: Annotated[str | None, typer.Option("--licence", help="Licence des données.")] = None,
    title: Annotated[str, typer.Option("--titre", help="Nom pour le public.")] = "",
) -> None:
    """Déclare une source : une ligne, ou un fichier TOML préparé (voir « guess »)."""
    text = build_toml(NewSource(name, place, format, producer, licence, title))
    if place.endswith(".toml"):
        try:
            text = Path(place).read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{place} : lecture impossible. Vérifiez le chemin, et qu'il est en UTF-8.") from error
    path = add_source(load_settings().own_sources_dir, name, text)
    typer.echo(f"Source déclarée dans {path}. Essayez-la : maillage sources check {name} --lire")


@app.command("guess")
def guess_command(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="CSV, XLSX ou ODS d'un partenaire.")],
    name: Annotated[str | None, typer.Option("--nom", help="Nom du flux ; celui du fichier par défaut.")] = None,
    add: Annotated[bool, typer.Option("--ajouter", help="Déclarer la source proposée.")] = False,
) -> None:
    """Propose la source d'un tableau : ce que dit chaque colonne, et ce dont il n'est pas sûr."""
    guess = guess_file(file)
    flux = name or "-".join(
        part for part in "".join(c if c.isascii() and c.isalnum() else " " for c in file.stem).split()
    )
    text = build_guess_toml(guess, flux or "tableau")
    doubts = count_doubts(text)
    if add:
        path = add_source(load_settings().own_sources_dir, flux, text)
        typer.echo(f"Source déclarée dans {path} : {doubts} lignes « # ? » à regarder.", err=True)
    else:
        typer.echo(text)
    typer.echo(
        f"Titres des colonnes lus à la ligne {guess.first_line} ; {doubts} lignes à vérifier (« # ? »).", err=True
    )


def _summary(source: Source, folder: Path) -> dict[str, Any]:
    state = SourceFolder(folder, source.flux).read()
    return {
        "flux": source.flux,
        "titre": source.titre,
        "actif": source.actif,
        "format": source.format,
        "planning": source.planning,
        "lieu": source.place,
        "licence": source.licence,
        "vue_le": None if state.vu_le is None else state.vu_le.isoformat(),
        "changee_le": None if state.change_le is None else state.change_le.isoformat(),
    }
