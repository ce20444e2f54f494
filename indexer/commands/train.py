"""`maillage train`: learns from the lexicon what tells needs apart, and writes the small files that a server reads."""

import math
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.language.evaluation import evaluate
from indexer.language.needs import build_digest, learn_lexicon
from indexer.language.view_files import LearnedFrom, write_learned
from indexer.metiers.vectors import SHIPPED, write_vectors
from indexer.settings import load_settings

app = typer.Typer()


@app.command()
def train_command(
    folder: Annotated[
        Path | None, typer.Option("--dossier", help="Où écrire : le dossier livré avec le code, si rien n'est dit.")
    ] = None,
    judge: Annotated[
        bool, typer.Option("--evaluate", help="Mesurer sur des phrases non apprises, sans rien écrire.")
    ] = False,
    jobs: Annotated[bool, typer.Option("--metiers", help="Le lexique des métiers, et non celui des besoins.")] = False,
) -> None:
    """Apprend du lexique à reconnaître les besoins (quelques minutes), ou mesure ce que cela vaut."""
    encoder = load_encoder(load_settings())
    with Console(stderr=True).status("Lecture du lexique…"):
        if jobs:
            typer.echo(_learn_jobs(encoder, folder or Path(str(files(SHIPPED)))))
            return
        told = _judge(encoder) if judge else _learn(encoder, folder or Path(str(files("indexer.language.heads"))))
    typer.echo(told)


def _learn(encoder: Encoder, folder: Path) -> str:
    learned = learn_lexicon(encoder)
    path = write_learned(folder, learned, LearnedFrom(encoder.name, build_digest(encoder.name)))
    return f"Appris de {sum(learned.neighbours.counts)} phrases : {path}"


def _learn_jobs(encoder: Encoder, folder: Path) -> str:
    return f"Appris de {write_vectors(encoder, folder)} phrases de métiers : {folder}"


def _judge(encoder: Encoder) -> str:
    lines = [f"{'vue':<10}{'':<18}{'phrases':>9}{'première':>10}{'dans trois':>12}{'silence':>9}"]
    for figures in evaluate(encoder):
        shares = f"{_share(figures.first):>10}{_share(figures.in_three):>12}{_share(figures.silent):>9}"
        lines.append(f"{figures.view:<10}{figures.register:<18}{figures.phrases:>9}{shares}")
    return "\n".join(lines)


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"
