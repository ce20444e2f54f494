"""`maillage encoder`: writes the model that turns texts into vectors, and says what state it is in."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, TypedDict

import typer
from rich.console import Console

from indexer.embeddings.build import ENCODER_NAME, ModelState, ensure_model, model_state
from indexer.embeddings.e5_folder import export_e5
from indexer.embeddings.e5_weights import Weights, weights_path
from indexer.embeddings.sentence_transformers_encoder import encoder_name
from indexer.embeddings.vector_cache import VectorCache
from indexer.settings import Settings, load_settings

app = typer.Typer(help="L'encodeur : ce qui rapproche les textes par le sens.", no_args_is_help=True)


class Facts(TypedDict):
    """What `status` tells. `vecteurs` counts those kept for this encoder."""

    encodeur: str
    dossier: str
    etat: ModelState
    vecteurs: int


_SAID = {
    ModelState.READY: "prêt",
    ModelState.ABSENT: "absent ; écrivez-le : maillage encoder build",
    ModelState.TO_REBUILD: "incomplet ou d'une autre version ; récrivez-le : maillage encoder build",
}


@app.command()
def build(
    force: Annotated[bool, typer.Option("--force", help="Récrire le modèle même s'il est déjà là.")] = False,
) -> None:
    """Écrit le modèle de l'encodeur, une fois pour toutes (82 Mo, quelques secondes)."""
    settings = load_settings()
    if settings.encoder != "onnx":
        typer.echo(f"Rien à écrire : MAILLAGE_ENCODER={settings.encoder}.")
        return
    console = Console(stderr=True)
    with console.status("Écriture du modèle de l'encodeur…"):
        model = ensure_model(settings.encoder_dir, force=force)
    typer.echo(f"Encodeur prêt : {model}")


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier qui n'existe pas encore.")],
) -> None:
    """Écrit le modèle (480 Mo) dans un dossier que lit sentence-transformers, pour l'affiner, par exemple."""
    with Console(stderr=True).status("Écriture du modèle…"):
        export_e5(folder, Weights(weights_path()))
    typer.echo(
        f"Modèle écrit : {folder}\n"
        f"Pour s'en servir : MAILLAGE_ENCODER=sentence-transformers:{folder.resolve()}, puis maillage reindex."
    )


@app.command()
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Pour les machines.")] = False,
) -> None:
    """Dit quel encodeur est réglé, s'il est prêt, et combien de vecteurs sont gardés. Code 1 s'il n'est pas prêt."""
    settings = load_settings()
    facts = _facts(settings)
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
    else:
        typer.echo(_sentence(facts))
    if facts["etat"] != ModelState.READY:
        raise typer.Exit(1)


def _facts(settings: Settings) -> Facts:
    if settings.encoder == "onnx":
        name, state = ENCODER_NAME, model_state(settings.encoder_dir)
    else:
        name = encoder_name(settings.encoder.partition(":")[2])
        state = ModelState.ABSENT if find_spec("sentence_transformers") is None else ModelState.READY
    kept = _count_vectors(settings, name)
    return {"encodeur": name, "dossier": str(settings.encoder_dir), "etat": state, "vecteurs": kept}


def _count_vectors(settings: Settings, name: str) -> int:
    """Without making the cache when there is none yet."""
    if not settings.vector_cache_path.exists():
        return 0
    with VectorCache(settings.vector_cache_path) as cache:
        return cache.count(name)


def _sentence(facts: Facts) -> str:
    return f"{facts['encodeur']} : {_SAID[facts['etat']]}\nVecteurs gardés : {facts['vecteurs']}"
