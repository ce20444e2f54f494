"""`maillage rollback`: the version before the live one is live again."""

import typer

from indexer.engines.factory import build_engine
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def rollback_command() -> None:
    """Remet en service la version précédente de l'index."""
    version = build_engine(load_settings()).rollback()
    typer.echo(f"Index {version} remis en service. « maillage reindex » le remettra à jour.")
