"""The command `maillage`. It composes all parts, and is the one place that may know them all."""

import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Final

import typer

from indexer.errors import MaillageError

COMMANDS: Final[dict[str, str]] = {
    "import": "indexer.commands.import_",
    "sync": "indexer.commands.sync",
    "crawl": "indexer.commands.crawl",
    "schedule": "indexer.commands.schedule",
    "sources": "indexer.commands.sources",
    "dedupe": "indexer.commands.dedupe",
    "reindex": "indexer.commands.reindex",
    "status": "indexer.commands.status",
    "rollback": "indexer.commands.rollback",
    "upkeep": "indexer.commands.upkeep",
    "users": "indexer.commands.users",
    "links": "indexer.commands.links",
    "reports": "indexer.commands.reports",
    "search": "indexer.commands.search",
    "understand": "indexer.commands.understand",
    "match": "indexer.commands.match",
    "serve": "indexer.commands.serve",
    "reference": "indexer.commands.reference",
    "encoder": "indexer.commands.encoder",
    "train": "indexer.commands.train",
    "metiers": "indexer.commands.metiers",
    "evaluate": "indexer.commands.evaluate",
    "bench": "indexer.commands.bench",
}
"""Name → module whose `app` is the Typer application of the command, or of a group of commands."""


def build_app(names: Iterable[str]) -> typer.Typer:
    """The command line with some of its commands: importing them all would make each one slow to start."""
    root = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
    root.callback()(_about)
    for name in names:
        part: typer.Typer = import_module(COMMANDS[name]).app
        grouped = len(part.registered_commands) > 1 or part.registered_callback is not None
        alone = None if grouped else part.registered_commands[0].callback
        if alone is None:
            root.add_typer(part, name=name)
        else:
            root.command(name)(alone)
    return root


def main() -> None:
    """Runs a command. An error that is told to people is one sentence on the standard error, and exit code 1."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        build_app([asked] if asked in COMMANDS else COMMANDS)()
    except MaillageError as error:
        typer.echo(f"Erreur : {error}", err=True)
        sys.exit(1)


def _about() -> None:
    """Maillage : le catalogue partagé de l'offre d'insertion d'un territoire, et la recherche qui y mène."""
