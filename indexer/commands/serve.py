"""`maillage serve`: the API and the pages."""

from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI
from rich.console import Console

from indexer.commands.demonstration import prepare_demonstration
from indexer.commands.reindex import reindex_with_progress
from indexer.language.needs import load_need_reader
from indexer.rebuild import follow
from indexer.settings import load_settings
from indexer.workspace import open_indexing
from search_api.app import create_app
from ui.routes import mount
from ui.site import load_site

app = typer.Typer()


@app.command()
def serve_command(
    host: Annotated[str, typer.Option("--host", help="Adresse d'écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port d'écoute.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option("--workers", help="Nombre de processus.", min=1)] = 1,
    demo: Annotated[
        bool, typer.Option("--demo", help="Charger les exemples dans un catalogue vide, et construire l'index.")
    ] = False,
    reload: Annotated[bool, typer.Option("--reload", help="Relancer quand le code change (développement).")] = False,
) -> None:
    """Sert le portail et l'API."""
    settings = load_settings()
    load_site(settings)  # refused here, in a sentence, before any work
    if demo:
        prepare()
    Console(stderr=True).print(f"Maillage répond sur http://{host}:{port}", highlight=False)
    uvicorn.run(
        "indexer.commands.serve:build_site",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        reload=reload,
        access_log=False,  # ours says less: no query string
        log_level=settings.log_level,
        server_header=False,
        proxy_headers=False,  # the application reads the address itself, from trusted proxies only
        http="httptools",
    )


def build_site() -> FastAPI:
    """The API with the pages on top: what a server process runs."""
    settings = load_settings()
    app = create_app(settings)
    mount(app, load_site(settings))
    return app


def prepare() -> None:
    """A catalogue with at least the examples, and an index that holds what the catalogue does."""
    settings = load_settings()
    with open_indexing(settings) as work:
        prepare_demonstration(work)
        if work.engine.health().ready:
            follow(work)
        else:
            reindex_with_progress(work)
        load_need_reader(work.encoder, settings.encoder_dir)  # written once: the server starts at once after that
