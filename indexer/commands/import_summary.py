"""The report of an import, on a screen."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from indexer.issue_log import RuleCount
from indexer.report import ImportReport
from indexer.schema import Kind

RULES_SHOWN = 12
"""Rules on one screen; the others are in the file."""

_COLUMNS = (
    ("lues", "read"),
    ("créées", "created"),
    ("modifiées", "updated"),
    ("inchangées", "unchanged"),
    ("restaurées", "restored"),
    ("retirées", "retired"),
    ("rejetées", "rejected"),
)


def print_summary(report: ImportReport, console: Console, file: Path | None) -> None:
    """Figures first, then what is to be mended, by rule. `file` is where the whole report was written, if it was."""
    console.print(f"[bold]Import du flux « {escape(report.flux)} »[/bold] : terminé en {_duration(report)}.")
    console.print(_build_figures(report))
    for sentence in _build_remarks(report):
        console.print(sentence)
    rules = report.issues.by_rule()
    for rule in rules[:RULES_SHOWN]:
        console.print(_describe(rule), soft_wrap=True)
    if rules:
        console.print(_advice(len(rules), file), soft_wrap=True)


def _duration(report: ImportReport) -> str:
    end = report.finished_at or report.started_at
    return f"{(end - report.started_at).total_seconds():.1f} s".replace(".", ",")


def _build_figures(report: ImportReport) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for label, _ in _COLUMNS:
        table.add_column(label, justify="right")
    for label, kind in (("structures", Kind.STRUCTURE), ("offres", Kind.OFFER)):
        table.add_row(label, *(str(getattr(report.tallies[kind], name)) for _, name in _COLUMNS))
    return table


def _build_remarks(report: ImportReport) -> list[str]:
    told = (
        (report.taken_over, "fiches quittent ce flux et restent dans un autre."),
        (report.total("duplicates"), "fiches en double, au contenu différent : la première de chaque est gardée."),
        (report.total("identical_duplicates"), "fiches répétées à l'identique."),
        (report.unpublished, "offres sans leur structure : gardées, pas publiées."),
        (report.dropped_fields, "valeurs écartées."),
        (report.mended, "corrections."),
    )
    return [f"{number} {sentence}" for number, sentence in told if number]


def _describe(rule: RuleCount) -> str:
    """How often, which rule, where first, and one example in full."""
    more = " …" if rule.count > len(rule.examples) else ""
    example = escape(rule.examples[0].message)
    return f"• {rule.count} × [bold]{escape(rule.rule)}[/bold] ({rule.severity}), {_where(rule)}{more}\n    {example}"


def _where(rule: RuleCount) -> str:
    """The first rows, by file; row 0 stands for the whole file."""
    rows: dict[str, list[str]] = {}
    for issue in rule.examples:
        rows.setdefault(issue.fichier.rpartition("/")[2], []).append(str(issue.ligne) if issue.ligne else "en entier")
    return " ; ".join(f"{escape(file)} : {', '.join(found)}" for file, found in rows.items())


def _advice(rules: int, file: Path | None) -> str:
    hidden = f"{rules - RULES_SHOWN} autres règles. " if rules > RULES_SHOWN else ""
    where = "Le détail : relancez avec --report FICHIER.json." if file is None else f"Le détail : {escape(str(file))}"
    return f"{hidden}{where}"
