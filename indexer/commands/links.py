"""`maillage links`: which pages that offers point to are no longer there."""

from typing import Annotated, Any

import orjson
import typer
from rich.console import Console

from indexer.catalogue import open_catalogue
from indexer.links.run import check_links, list_dead_links
from indexer.settings import load_settings

app = typer.Typer(no_args_is_help=True, help="Vérifier les liens des offres.")
AsJson = Annotated[bool, typer.Option("--json", help="Pour les machines.")]


@app.command("check")
def check_command(
    everything: Annotated[bool, typer.Option("--all", help="Même ceux vus il y a moins d'une semaine.")] = False,
    as_json: AsJson = False,
) -> None:
    """Regarde, lentement, si les pages des offres répondent. Deux échecs à deux jours d'écart avant de le dire."""
    catalogue = open_catalogue(load_settings().catalogue_url)
    try:
        report = check_links(catalogue, everything=everything)
    finally:
        catalogue.close()
    if as_json:
        typer.echo(orjson.dumps(report.as_dict(), option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    console.print(
        f"{report.liens} liens : {report.vus} vus, {report.presents} répondent, {report.en_echec} en échec, "
        f"{report.refuses} refusés (adresse non publique), {report.reportes} reportés au prochain passage."
    )
    _show(console, report.morts)


@app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """Donne les liens morts et les offres qui les portent."""
    catalogue = open_catalogue(load_settings().catalogue_url)
    try:
        dead = list_dead_links(catalogue)
    finally:
        catalogue.close()
    if as_json:
        typer.echo(orjson.dumps(dead, option=orjson.OPT_INDENT_2).decode())
    else:
        _show(Console(soft_wrap=True, highlight=False, markup=False), dead)


def _show(console: Console, dead: list[dict[str, Any]]) -> None:
    for link in dead:
        offers = link["offres"]
        more = f" et {len(offers) - 3} autres" if len(offers) > 3 else ""
        console.print(f"{link['url']} : {link['raison']} ({', '.join(offers[:3])}{more})")
    if not dead:
        console.print("Aucun lien mort.")
