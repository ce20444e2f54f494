"""A run told as a page: the figures, what changed since another run, and the worst texts. It needs nothing else."""

from collections.abc import Iterable, Sequence
from html import escape

from indexer.evaluation.figures import Change, Row
from indexer.evaluation.intervals import CONFIDENCE, Difference, Estimate
from indexer.evaluation.scored import Run, Scored
from indexer.evaluation.tables import write_number

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c }
table { border-collapse: collapse; margin: 1rem 0 2rem; width: 100% }
th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
small { color: #595959 } .better { color: #0a5c2b } .worse { color: #a30000 }
ol { margin: 0; padding-left: 1.4rem } caption { text-align: left; font-weight: bold; padding: .4rem 0 }
"""


def build_page(title: str, run: Run, rows: Iterable[Row], changes: Sequence[Change], misses: Sequence[Scored]) -> str:
    """A whole HTML document. Everything that people wrote is escaped."""
    measures = list(dict.fromkeys(name for one in run.scored for name in one.values))
    parts = [
        "<!doctype html>",
        '<html lang="fr"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f"<h1>{escape(title)}</h1>",
        _about(run),
        _figures(rows, measures),
    ]
    if changes:
        parts.append(_changes(changes, measures))
    parts.append(_misses(misses))
    return "\n".join(parts) + "\n</html>\n"


def _about(run: Run) -> str:
    facts = "".join(f"<li>{escape(name)} : {escape(value)}</li>" for name, value in run.about.items())
    said = f"Entre crochets, l'intervalle de confiance à {CONFIDENCE:.0%} (rééchantillonnage des textes)."
    return f"<ul>{facts}</ul><p>{said}</p>"


def _figures(rows: Iterable[Row], measures: Sequence[str]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(row.group)}</th>'
        + f'<td class="n">{max(one.count for one in row.estimates.values())}</td>'
        + "".join(_estimate(row.estimates.get(name)) for name in measures)
        + "</tr>"
        for row in rows
    )
    return _table("Les mesures", measures, body)


def _changes(changes: Iterable[Change], measures: Sequence[str]) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(change.group)}</th>'
        + f'<td class="n">{max((one.count for one in change.differences.values()), default=0)}</td>'
        + "".join(_difference(change.differences.get(name)) for name in measures)
        + "</tr>"
        for change in changes
    )
    return _table("Ce qui a changé depuis l'autre mesure, sur les mêmes textes", measures, body)


def _table(caption: str, measures: Sequence[str], body: str) -> str:
    heads = "".join(f'<th class="n" scope="col">{escape(name)}</th>' for name in measures)
    head = f'<tr><th scope="col">groupe</th><th class="n" scope="col">textes</th>{heads}</tr>'
    return f"<table><caption>{escape(caption)}</caption>{head}{body}</table>"


def _estimate(one: Estimate | None) -> str:
    if one is None:
        return "<td></td>"
    bounds = f"[{write_number(one.low)}, {write_number(one.high)}]"
    return f'<td class="n">{write_number(one.mean)} <small>{bounds}</small></td>'


def _difference(one: Difference | None) -> str:
    if one is None:
        return "<td></td>"
    kind = "" if not one.is_significant else (" better" if one.mean > 0 else " worse")
    bounds = f"[{one.low:+.3f}, {one.high:+.3f}], p = {one.chance:.3f}"
    return f'<td class="n{kind}">{one.mean:+.3f} <small>{bounds}</small></td>'


def _misses(misses: Iterable[Scored]) -> str:
    body = "".join(
        f'<tr><th scope="row">« {escape(one.text)} »<br><small>{escape(", ".join(one.labels.values()))}</small></th>'
        f'<td class="n">{" ".join(write_number(value) for value in one.values.values())}</td>'
        f"<td>{_list(one.found)}</td><td>{_list(one.expected)}</td></tr>"
        for one in misses
    )
    head = '<tr><th scope="col">texte</th><th class="n" scope="col">mesures</th>'
    head += '<th scope="col">obtenu</th><th scope="col">attendu</th></tr>'
    return f"<table><caption>Les plus mauvaises réponses</caption>{head}{body}</table>"


def _list(names: Sequence[str]) -> str:
    return f"<ol>{''.join(f'<li>{escape(name)}</li>' for name in names)}</ol>" if names else "(rien)"
