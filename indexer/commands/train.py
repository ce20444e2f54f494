"""`maillage train`: learns from the lexicon what tells needs apart, and writes the small files that a server reads."""

import math
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console

from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.language.evaluation import evaluate
from indexer.language.needs import HEAD_STEM, build_digest, build_table, load_classes, write_table
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
) -> None:
    """Apprend du lexique à reconnaître les besoins (une minute), ou mesure ce que cela vaut."""
    encoder = load_encoder(load_settings())
    with Console(stderr=True).status("Lecture du lexique…"):
        told = _judge(encoder) if judge else _learn(encoder, folder or Path(str(files("indexer.language.heads"))))
    typer.echo(told)


def _learn(encoder: Encoder, folder: Path) -> str:
    """The table first: torn between the two, the old digest still refuses the new lexicon."""
    classes = load_classes()
    path = folder / f"{HEAD_STEM}.npy"
    write_table(path, build_table(encoder, classes))
    learned_from = {
        "encodeur": encoder.name,
        "empreinte": build_digest(encoder.name, classes),
        "phrases": sum(map(len, classes.values())),
    }
    path.with_suffix(".json").write_bytes(orjson.dumps(learned_from, option=orjson.OPT_INDENT_2) + b"\n")
    return f"Appris de {learned_from['phrases']} phrases : {path}"


def _judge(encoder: Encoder) -> str:
    lines = [f"{'':<18}{'phrases':>9}{'première':>10}{'dans trois':>12}{'silence':>9}"]
    for figures in evaluate(encoder):
        shares = f"{_share(figures.first):>10}{_share(figures.in_three):>12}{_share(figures.silent):>9}"
        lines.append(f"{figures.register:<18}{figures.phrases:>9}{shares}")
    return "\n".join(lines)


def _share(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.3f}"
