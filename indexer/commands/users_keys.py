"""`maillage users new-key` and `reseal`: the key of the workspace."""

from typing import Annotated

import typer

from indexer.catalogue import open_catalogue
from indexer.sealing import Sealer, new_token
from indexer.settings import load_settings
from indexer.workspace_key import read_keys


def add_key_commands(app: typer.Typer) -> None:
    app.command("new-key")(_new_key)
    app.command("reseal")(_reseal)


def _new_key() -> None:
    """Écrit une clé neuve pour MAILLAGE_SECRET_KEY. Rien n'est gardé ici : gardez-en une copie en lieu sûr."""
    typer.echo(new_token())


def _reseal(
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Accepter que ce qu'aucune clé n'ouvre soit perdu.")
    ] = False,
) -> None:
    """Chiffre tout de nouveau avec la première clé de MAILLAGE_SECRET_KEY ; retirez ensuite les autres."""
    import indexer.workspace  # noqa: F401  the tables of all parts
    from indexer.resealing import reseal_all

    settings = load_settings()
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        sealer = Sealer(read_keys(settings, catalogue), catalogue.clock)
        done = reseal_all(catalogue, sealer, accept_loss=accept_loss)
    finally:
        catalogue.close()
    typer.echo(f"{done.texts} textes chiffrés avec la première clé.")
    if done.lost:
        typer.echo(f"{done.lost} textes ne s'ouvrent plus : leur clé est perdue.", err=True)
