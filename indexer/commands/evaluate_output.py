"""How a measure is told: a table on the terminal, JSON for a later comparison, a page."""

from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console

from indexer.evaluation.figures import Grouping, build_changes, build_rows, worst
from indexer.evaluation.report import build_page
from indexer.evaluation.scored import Run, write_run
from indexer.evaluation.tables import build_change_table, build_table

WORST = 40
"""Texts that the page shows: what one person reads in a sitting."""

PIPED_WIDTH = 180
"""Columns of a table that no terminal shows."""


@dataclass(frozen=True)
class Output:
    """What was asked for. `measure` says which answers are the worst."""

    title: str
    groupings: tuple[Grouping, ...]
    measure: str
    as_json: bool
    html: Path | None
    reference: Path | None


def tell(run: Run, before: Run | None, output: Output) -> None:
    """The page first, so that a closed pipe does not lose it."""
    changes = [] if before is None else list(build_changes(before, run, output.groupings))
    rows = list(build_rows(run, output.groupings))
    if output.html is not None:
        page = build_page(output.title, run, rows, changes, worst(run, output.measure, WORST))
        output.html.write_text(page, "utf-8")
    if output.reference is not None:
        output.reference.write_bytes(write_run(run, brief=True))
    if output.as_json:
        typer.echo(write_run(run), nl=False)
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PIPED_WIDTH)
    measures = list(dict.fromkeys(name for one in run.scored for name in one.values))
    console.print(build_table(output.title, rows, measures))
    if before is not None:
        console.print(build_change_table("Depuis l'autre mesure, sur les mêmes textes", changes, measures))
