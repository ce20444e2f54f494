"""Two measures side by side, with the ratio of the second to the first."""

from collections.abc import Iterator, Sequence

from indexer.benchmark.report import level_title, number, table
from indexer.benchmark.results import Result, Timing
from indexer.errors import BenchmarkError


def build_comparison(first: Result, second: Result) -> str:
    """Markdown. BenchmarkError when the two share no kind of request."""
    return "\n".join(_iter_lines(first, second)) + "\n"


def iter_warnings(first: Result, second: Result) -> Iterator[str]:
    """Why the two may differ beside what was changed."""
    if first.offres != second.offres:
        yield f"Les catalogues n'ont pas la même taille : {first.offres} et {second.offres} offres."
    if first.graine != second.graine:
        yield f"Les offres ne sont pas les mêmes : graines {first.graine} et {second.graine}."
    machines = [(m.processeur, m.coeurs, m.memoire_go) for m in (first.machine, second.machine)]
    if machines[0] != machines[1]:
        yield "Les machines ne sont pas les mêmes."
    if first.encodeur != second.encodeur:
        yield f"Les encodeurs ne sont pas les mêmes : {first.encodeur} et {second.encodeur}."


def ratio(before: float | None, after: float | None) -> str:
    """« × 0,50 » for half of what it was; a dash when one is absent or the first is 0."""
    if before is None or after is None or before == 0:
        return "—"
    return f"× {number(after / before, 2)}"


def _iter_lines(first: Result, second: Result) -> Iterator[str]:
    known = {timing.key: timing for timing in first.mesures}
    shared = [(known[after.key], after) for after in second.mesures if after.key in known]
    if not shared:
        raise BenchmarkError("Ces deux mesures n'ont aucune requête en commun : il n'y a rien à comparer.")
    yield f"A : {_title(first)}"
    yield ""
    yield f"B : {_title(second)}"
    yield ""
    for warning in iter_warnings(first, second):
        yield f"Attention. {warning}"
        yield ""
    yield from table(("coût", "A", "B", "B / A"), _iter_costs(first, second))
    yield ""
    for level, processes in dict.fromkeys((b.niveau, b.processus) for _, b in shared):
        yield f"## {level_title(level, processes)}"
        yield ""
        own = [pair for pair in shared if (pair[1].niveau, pair[1].processus) == (level, processes)]
        yield from table(_HEAD, (_row(before, after) for before, after in own))
        yield ""


_HEAD = (
    "requête", "clients", "p50 A", "p50 B", "B / A", "p95 A", "p95 B", "B / A",
    "par seconde A", "par seconde B", "B / A",
)  # fmt: skip


def _row(before: Timing, after: Timing) -> Sequence[str]:
    pairs = (
        (before.p50_ms, after.p50_ms, 2),
        (before.p95_ms, after.p95_ms, 2),
        (before.par_seconde, after.par_seconde, 0),
    )
    cells = [cell for a, b, digits in pairs for cell in (number(a, digits), number(b, digits), ratio(a, b))]
    return before.scenario, str(before.clients), *cells


def _iter_costs(first: Result, second: Result) -> Iterator[Sequence[str]]:
    """Building, disk, memory of the processes that both have, and live changes seen."""
    a, b = _costs(first), _costs(second)
    for name, before in a.items():
        if name in b:
            yield name, number(before), number(b[name]), ratio(before, b[name])


def _costs(result: Result) -> dict[str, float | None]:
    build = result.construction
    memory: dict[str, float | None] = {}
    for one in result.memoire:  # of the workers of one server, the largest
        name = f"mémoire PSS, {one.processus} (Mo)"
        memory[name] = max(one.pss_mo, memory.get(name) or 0.0)
    seen = {f"{level_title(s.niveau, s.processus)} : écriture vue, p50 (ms)": s.p50_ms for s in result.vus}
    return {"écriture de l'index (s)": build.ecriture_s, "disque (Mo)": build.disque_mo, **memory, **seen}


def _title(result: Result) -> str:
    commit = result.machine.commit or "inconnu"
    return f"{result.moteur}, {number(result.offres, 0)} offres, le {result.le}, commit {commit} (`{result.commande}`)"
