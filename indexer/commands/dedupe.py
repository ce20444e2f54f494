"""`maillage dedupe`: which records tell of the same thing, and what a coordinator says of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Annotated, Literal

import orjson
import typer
from rich.console import Console

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.duplicates import Duplicate, decide, read_decisions, read_duplicates
from indexer.commands.index_changes import bring_to_index
from indexer.dedupe.run import DedupeReport, KindReport, run_dedupe
from indexer.schema import Kind
from indexer.settings import load_settings

app = typer.Typer(invoke_without_command=True)

First = Annotated[str, typer.Argument(metavar="A", help="Identifiant d'une fiche.")]
Second = Annotated[str, typer.Argument(metavar="B", help="Identifiant de l'autre.")]
Sort = Annotated[Literal["offre", "structure"], typer.Option("--genre", help="Des offres, ou des structures.")]
Json = Annotated[bool, typer.Option("--json", help="Pour les machines.")]


@app.callback()
def dedupe_command(context: typer.Context, as_json: Json = False) -> None:
    """Compare toutes les fiches et ne montre que la meilleure de celles qui se répètent. Rien n'est effacé."""
    if context.invoked_subcommand is None:
        with _catalogue() as catalogue:
            _tell(run_dedupe(catalogue, anew=True), as_json)
        bring_to_index("doublons")


@app.command("same")
def same_command(one: First, other: Second, kind: Sort = "offre") -> None:
    """Ces deux fiches disent la même chose : à réunir, maintenant et après chaque import."""
    _decide(Kind(kind), one, other, same=True)


@app.command("different")
def different_command(one: First, other: Second, kind: Sort = "offre") -> None:
    """Ces deux fiches disent deux choses : à ne plus jamais réunir."""
    _decide(Kind(kind), one, other, same=False)


@app.command("list")
def list_command(as_json: Json = False) -> None:
    """Donne les fiches réunies, pourquoi, et ce que des coordinateurs ont décidé."""
    with _catalogue() as catalogue:
        found, said = read_duplicates(catalogue.database), read_decisions(catalogue.database)
    if as_json:
        told = {"doublons": [d.as_dict() for d in found], "decisions": [d.as_dict() for d in said]}
        typer.echo(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False, markup=False)
    _show_groups(console, found)
    for decision in said:
        console.print(f"Décidé : {decision.a} {'=' if decision.same else '≠'} {decision.b} ({decision.kind})")
    if not found and not said:
        console.print("Aucun doublon connu. « maillage dedupe » les cherche.")


def _decide(kind: Kind, one: str, other: str, same: bool) -> None:
    with _catalogue() as catalogue:
        decide(catalogue.database, kind, one, other, same, catalogue.clock())
        report = run_dedupe(catalogue)
    typer.echo(f"Noté. {report.changements} fiches changent de groupe.")
    bring_to_index("doublons")


def _show_groups(console: Console, found: list[Duplicate]) -> None:
    for (kind, best), lines in groupby(found, key=lambda d: (d.kind, d.best_id)):
        console.print(f"{best} ({kind})")
        for line in lines:
            console.print(f"   {line.record_id} : {line.reason}")


def _tell(report: DedupeReport, as_json: bool) -> None:
    if as_json:
        typer.echo(orjson.dumps(report.as_dict(), option=orjson.OPT_INDENT_2).decode())
        return
    typer.echo(_line("Structures", report.structures))
    typer.echo(_line("Offres", report.offres))
    typer.echo(f"{report.changements} fiches changent de groupe. « maillage dedupe list » les donne toutes.")


def _line(name: str, figures: KindReport) -> str:
    return f"{name} : {figures.fiches} comparées, {figures.groupes} groupes, {figures.doublons} doublons."


@contextmanager
def _catalogue() -> Iterator[Catalogue]:
    catalogue = open_catalogue(load_settings().catalogue_url)
    try:
        yield catalogue
    finally:
        catalogue.close()
