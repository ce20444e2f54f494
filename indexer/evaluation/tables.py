"""Figures as lines of text, for a terminal."""

from collections.abc import Iterable, Sequence

from rich.table import Table

from indexer.evaluation.figures import Change, Row
from indexer.evaluation.intervals import Difference, Estimate


def build_table(title: str, rows: Iterable[Row], measures: Sequence[str]) -> Table:
    """A row a group: how many texts, then « .93 [.89, .96] » a measure."""
    table = _start(title, measures)
    for row in rows:
        cells = [_estimate(row.estimates.get(name)) for name in measures]
        table.add_row(row.group, str(max(one.count for one in row.estimates.values())), *cells)
    return table


def build_change_table(title: str, changes: Iterable[Change], measures: Sequence[str]) -> Table:
    """A row a group: « +.021 [+.004, +.039] * », a star where the interval leaves zero out."""
    table = _start(title, measures)
    for change in changes:
        cells = [_difference(change.differences.get(name)) for name in measures]
        count = max((one.count for one in change.differences.values()), default=0)
        table.add_row(change.group, str(count), *cells)
    return table


def write_number(value: float) -> str:
    """Three decimals, without the zero before: « .934 », « 1.000 »."""
    written = f"{value:.3f}"
    return written.removeprefix("0") if value >= 0 else f"-{written.removeprefix('-').removeprefix('0')}"


def _start(title: str, measures: Sequence[str]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("", no_wrap=True)
    table.add_column("textes", justify="right", no_wrap=True)
    for name in measures:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _estimate(one: Estimate | None) -> str:
    if one is None:
        return ""
    return f"{write_number(one.mean)} \\[{write_number(one.low)}, {write_number(one.high)}]"


def _difference(one: Difference | None) -> str:
    if one is None:
        return ""
    star = " *" if one.is_significant else ""
    return f"{one.mean:+.3f} \\[{one.low:+.3f}, {one.high:+.3f}] p={one.chance:.3f}{star}"
