"""`maillage bench`: how long an engine takes to answer, on as many made-up offers as wanted."""

import os
import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from indexer.errors import BenchmarkError

if TYPE_CHECKING:
    from indexer.benchmark.results import Result
    from indexer.benchmark.run import Plan
    from indexer.benchmark.telling import Tell

app = typer.Typer(invoke_without_command=True)

INTERRUPTED = 130
"""The exit code of a program that Ctrl-C ended."""

Json = Annotated[bool, typer.Option("--json", help="Pour les machines.")]


@app.callback()
def bench_command(
    context: typer.Context,
    offers: Annotated[int, typer.Option("--offers", help="Nombre d'offres inventées.")] = 10_000,
    engine: Annotated[
        str | None, typer.Option("--engine", help="embedded ou elasticsearch ; celui des réglages si rien n'est dit.")
    ] = None,
    http: Annotated[bool, typer.Option("--http", help="Mesurer aussi un vrai serveur.")] = False,
    workers: Annotated[
        list[int] | None,
        typer.Option("--workers", help="Processus du serveur ; plusieurs fois pour plusieurs mesures."),
    ] = None,
    requests: Annotated[int, typer.Option("--requests", help="Requêtes par client, au plus, pour chaque sorte.")] = 300,
    seconds: Annotated[float, typer.Option("--seconds", help="Secondes, au plus, pour chaque sorte.")] = 5.0,
    seed: Annotated[int, typer.Option("--seed", help="Une même graine donne les mêmes offres.", min=0)] = 1,
    out: Annotated[
        Path | None, typer.Option("--out", help="Dossier où écrire la mesure, en JSON et en Markdown.")
    ] = None,
    data_dir: Annotated[
        Path | None,
        typer.Option("--data-dir", help="Dossier vide pour l'index ; un dossier temporaire si rien n'est dit."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Mesure la recherche sur des offres inventées. Rien n'est lu ni changé de votre catalogue."""
    if context.invoked_subcommand is not None:
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as a server does, and before NumPy is imported
    from indexer.benchmark.clients import Limit
    from indexer.benchmark.run import Plan, check_plan

    servers = tuple(dict.fromkeys(workers or [1])) if http or workers else ()
    plan = Plan(_command(), offers, seed, Limit(requests, seconds), servers)
    check_plan(plan)
    _make_folder(out)
    with _interruption_told():
        result = _run(plan, engine, data_dir)
    _tell(result, out, as_json)


@app.command("compare")
def compare_command(
    first: Annotated[Path, typer.Argument(help="La mesure d'avant, en JSON.")],
    second: Annotated[Path, typer.Argument(help="La mesure d'après, en JSON.")],
) -> None:
    """Met deux mesures côte à côte, avec le rapport de la seconde à la première."""
    from indexer.benchmark.compare import build_comparison
    from indexer.benchmark.results import read_result

    _show(build_comparison(read_result(first), read_result(second)))


@app.command("growth")
def growth_command(
    measures: Annotated[list[Path], typer.Argument(help="Les mesures en JSON, chacune d'un nombre d'offres.")],
    out: Annotated[Path | None, typer.Option("--out", help="Où écrire le graphique (SVG).")] = None,
) -> None:
    """Montre comment le temps des recherches croît avec le nombre d'offres."""
    from indexer.benchmark.growth import build_chart, build_growth_table, build_series
    from indexer.benchmark.results import read_result

    series = build_series([read_result(path) for path in measures])
    if out is not None:
        _make_folder(out.parent)
        _write(out, build_chart(series))
        typer.echo(f"Graphique écrit : {out}", err=True)
    _show(build_growth_table(series))


def _run(plan: "Plan", engine: str | None, data_dir: Path | None) -> "Result":
    from indexer.benchmark.run import run_benchmark
    from indexer.benchmark.workbench import build_settings, clear_cluster, open_workbench, own_folder

    with own_folder(data_dir, plan.offers) as folder, _progress() as tell:
        tell("Préparation", 0, 0)
        with open_workbench(build_settings(folder, engine)) as bench:
            try:
                return run_benchmark(plan, bench, tell)
            finally:
                clear_cluster(bench)


def _tell(result: "Result", out: Path | None, as_json: bool) -> None:
    from indexer.benchmark.report import build_markdown
    from indexer.benchmark.results import write_result

    page, facts = build_markdown(result), write_result(result)
    if out is not None:
        path = out / f"bench-{result.moteur}-{result.offres}.json"
        _write(path, facts)
        _write(path.with_suffix(".md"), page)
        typer.echo(f"Mesure écrite : {path} et {path.with_suffix('.md').name}", err=True)
    if as_json:
        typer.echo(facts, nl=False)
    else:
        _show(page)


def _show(page: str) -> None:
    """Tables on a terminal; the Markdown itself for another program."""
    console = Console(highlight=False)
    if console.is_terminal:
        console.print(Markdown(page))
    else:
        typer.echo(page, nl=False)


def _make_folder(out: Path | None) -> None:
    if out is None:
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BenchmarkError(f"Le dossier {out} ne peut pas être créé : {error.strerror}.") from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise BenchmarkError(f"{path} ne peut pas être écrit : {error.strerror}.") from error


@contextmanager
def _interruption_told() -> Iterator[None]:
    """Ctrl-C and a polite end are the same: what was written is removed on the way out, then one sentence says it."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("Mesure interrompue : rien n'est gardé, ce qui était écrit est effacé.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress() -> Iterator["Tell"]:
    """A bar on a terminal, which begins again with each step; elsewhere a line for each."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task, shown = progress.add_task("", total=None), ""

        def tell(step: str, done: int, total: int) -> None:
            nonlocal shown
            if step != shown:
                progress.reset(task, description=step)
                shown = step
                if not console.is_terminal:
                    typer.echo(step, err=True)
            progress.update(task, completed=done, total=total or None)

        yield tell


def _command() -> str:
    return shlex.join(["maillage", *sys.argv[1:]])
