"""`maillage users organisations`: the organisations of the territory."""

from typing import Annotated

import typer

from indexer.catalogue import open_catalogue
from indexer.settings import load_settings
from indexer.workspace import open_workspace

organisations_app = typer.Typer(no_args_is_help=True, help="Les organisations du territoire.")


@organisations_app.command("add")
def add_command(
    name: Annotated[str, typer.Argument(metavar="NOM")],
    siret: Annotated[str | None, typer.Option("--siret", help="Ses 14 chiffres.")] = None,
    partner: Annotated[
        bool, typer.Option("--partner/--no-partner", help="Partenaire à qui demander de l'aide sur une situation.")
    ] = True,
) -> None:
    """Ajoute une organisation."""
    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        made = open_workspace(catalogue, settings, catalogue.clock).accounts.add_organisation(name, siret, partner)
    finally:
        catalogue.close()
    typer.echo(f"« {made.name} » est ajoutée ({made.id}).")


@organisations_app.command("list")
def list_command() -> None:
    """Donne les organisations, dans l'ordre de leurs noms."""
    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        found = open_workspace(catalogue, settings, catalogue.clock).accounts.organisations()
    finally:
        catalogue.close()
    for one in found:
        typer.echo(f"{one.name} ({one.id}){f', SIRET {one.siret}' if one.siret else ''}")
    if not found:
        typer.echo("Aucune organisation. « maillage users organisations add NOM » en ajoute une.")
