"""`maillage serve`: the API and the pages.

A server is waited for at each restart. What it imports and loads, some 800,000 objects, lives as long as the process:
Python's collector, which would walk them again and again, is off until the first searches are done (`warm_up`). So the
large imports are inside the functions, after that: a sixth of the time to start. The encoder, mostly a checksum and a
model which another core can read, is begun before them.
"""

import gc
import os
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.settings import load_settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from indexer.embeddings.encoder import Encoder

app = typer.Typer()

KEPT_S = 75
"""How long an idle connection is kept: longer than proxies keep theirs (60 s in common ones), so that none sends a form
on a connection that closes at that very moment. With five seconds, 6 of 7,384 requests of the simulated hour failed so
(`tests/load/workspace_hour.py`)."""

_SOURCES = ("indexer", "search_api", "ui")
"""Folders that `--reload` watches: not the virtual environment beside them."""


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
    prepare_process()
    settings = load_settings()
    if workers == 1 and not (demo or reload):  # else this process does not serve, or has an encoder to write first
        begin_encoder()
    import uvicorn

    from ui.site import load_site

    load_site(settings)  # refused here, in a sentence, before any work
    if demo:
        from indexer.commands.demonstration import prepare  # the import pipeline: half a second that a server saves

        prepare(settings)
    typer.echo(f"Maillage répond sur http://{host}:{port}", err=True)
    uvicorn.run(
        f"indexer.commands.serve:{'build_dev_site' if reload else 'build_site'}",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        reload=reload,
        reload_dirs=list(_SOURCES) if reload else None,
        access_log=False,  # ours says less: no query string
        log_level=settings.log_level,
        server_header=False,
        timeout_keep_alive=KEPT_S,
        proxy_headers=False,  # the application reads the address itself, from trusted proxies only
        http="httptools",
    )


def prepare_process() -> None:
    """What must be said before NumPy is imported, and before the large imports.

    A server answers many requests in threads of its own, each with small products: those that BLAS would wake for one
    cost more than they bring (a table times a vector: 0.6 ms of processor, 6.6 with two threads on a busy machine).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()


@cache
def begin_encoder() -> "Future[Encoder]":
    """The encoder of the settings, read beside what follows. Whoever asks for the result gets its EncoderError too."""
    from indexer.embeddings.encoder import load_encoder

    pool = ThreadPoolExecutor(1, thread_name_prefix="encodeur")
    reading = pool.submit(load_encoder, load_settings(), threads=1)
    pool.shutdown(wait=False)
    return reading


def build_site(*, fresh_templates: bool = False) -> "FastAPI":
    """The API with the pages on top: what a server process runs."""
    prepare_process()
    encoder = begin_encoder()
    from search_api.app import create_app
    from search_api.logs import configure_logs
    from ui.routes import build_pages, mount
    from ui.site import load_site

    settings = load_settings()
    configure_logs(settings.log_level)
    pages = build_pages(load_site(settings), fresh_templates=fresh_templates)
    site = create_app(settings, encoder=encoder.result, pages=pages.workspace.router.get)
    mount(site, pages)
    return site


def build_dev_site() -> "FastAPI":
    """The same for who writes pages: templates are read again when they change."""
    return build_site(fresh_templates=True)
