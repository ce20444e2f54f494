"""`maillage sources report`: the quality of one source, for its partner."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from indexer.catalogue import open_catalogue
from indexer.settings import load_settings
from indexer.sources.keep import SourceFolder
from indexer.sources.load import load_sources
from indexer.sources.quality import SourceReport, build_email, build_source_report, to_json, write_csv


def report_command(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Nom de la source.")],
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
    email: Annotated[bool, typer.Option("--courriel", help="Le texte d'un courriel au partenaire.")] = False,
    rows: Annotated[Path | None, typer.Option("--csv", help="Écrire les lignes à corriger dans ce fichier.")] = None,
) -> None:
    """La qualité d'une source : fiches, rejets, fraîcheur, ce qui est à corriger et à quelle ligne."""
    settings = load_settings()
    (source,) = load_sources(settings).choose([name])
    folder = SourceFolder(settings.sync_dir, name)
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        report = build_source_report(source, catalogue, folder.read(), catalogue.clock())
    finally:
        catalogue.close()
    if as_json:
        typer.echo(to_json(report))
    elif email:
        typer.echo(build_email(report))
    else:
        _print(report, Console())
    if rows is not None:
        typer.echo(f"{write_csv(folder, rows)} lignes écrites dans {rows}.", err=True)


def _print(report: SourceReport, console: Console) -> None:
    values = report.as_dict()
    console.print(f"[bold]{escape(values['titre'])}[/bold] ({escape(values['flux'])}) : {values['etat']}")
    if values["message"]:
        console.print(f"  {escape(values['message'])}", highlight=False)
    for label, name in (
        ("structures", "structures"),
        ("offres", "offres"),
        ("offres publiées", "offres_publiees"),
        ("fiches lues", "lues"),
        ("fiches rejetées", "rejetees"),
        ("codes et mots inconnus", "codes_inconnus"),
        ("liens morts", "liens_morts"),
        ("jours depuis le dernier changement", "age_jours"),
    ):
        console.print(f"  {label} : {values[name] if values[name] is not None else 'inconnu'}")
    if values["en_retard"]:
        console.print(f"  [red]en retard[/red] : {values['fraicheur_attendue_jours']} jours étaient attendus")
    for rule in values["regles"][:12]:
        first = rule["exemples"][0]
        told = f"  {rule['nombre']} × {rule['regle']}, d'abord ligne {first['ligne']} : {first['message']}"
        console.print(escape(told), highlight=False)
