"""A measure as a person reads it: Markdown tables."""

from collections.abc import Iterable, Iterator, Sequence

from indexer.benchmark.results import Result, Seen, Timing

_COLUMNS = (
    "requête", "clients", "p50", "p95", "p99", "processeur p50", "processeur p95", "dont moteur p50", "dont moteur p95",
    "par seconde", "requêtes", "erreurs",
)  # fmt: skip


def build_markdown(result: Result) -> str:
    """The whole measure."""
    return "\n".join(_iter_lines(result)) + "\n"


def level_title(level: str, processes: int) -> str:
    """`http` and how many answer, or in this process."""
    if level == "http":
        return f"Par HTTP, {processes} processus" if processes > 1 else "Par HTTP, un processus"
    return "Dans le processus"


def number(value: float | None, digits: int = 1) -> str:
    """With a comma and thin groups, as French writes it; a dash for nothing."""
    return "—" if value is None else f"{value:,.{digits}f}".replace(",", " ").replace(".", ",")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a Markdown table: words to the left in its first column, figures to the right in the others."""
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _iter_lines(result: Result) -> Iterator[str]:
    machine = result.machine
    yield f"# Mesure : {result.moteur}, {number(result.offres, 0)} offres"
    yield ""
    yield f"`{result.commande}`, le {result.le}, commit {machine.commit or 'inconnu'}, encodeur {result.encodeur}."
    yield ""
    yield (
        f"{machine.processeur}, {machine.coeurs} cœurs, {number(machine.memoire_go)} Go, {machine.systeme}, "
        f"Python {machine.python} ; charge au départ : {number(machine.charge_1min, 2)}."
    )
    yield ""
    yield from _iter_costs(result)
    for level, processes in dict.fromkeys((t.niveau, t.processus) for t in result.mesures):
        yield f"## {level_title(level, processes)} (ms)"
        yield ""
        own = [t for t in result.mesures if (t.niveau, t.processus) == (level, processes)]
        yield from table(_COLUMNS, map(_timing_row, own))
        yield ""
    yield "## Écritures vues par un autre processus (ms)"
    yield ""
    yield from table(("lecteur", "écritures", "p50", "p95", "la plus longue"), map(_seen_row, result.vus))


def _iter_costs(result: Result) -> Iterator[str]:
    build = result.construction
    yield (
        f"Construction : {number(build.ecriture_s)} s d'écriture, vecteurs donnés ; {number(build.preparation_s)} s "
        f"pour inventer et analyser les offres. Disque : {number(build.disque_mo)} Mo."
    )
    yield ""
    rows = ((m.processus, number(m.pss_mo), number(m.rss_mo)) for m in result.memoire)
    yield from table(("mémoire (Mo)", "pages partagées comptées une fois (PSS)", "toutes les pages (RSS)"), rows)
    yield ""


def _timing_row(timing: Timing) -> Sequence[str]:
    return (
        timing.scenario,
        str(timing.clients),
        number(timing.p50_ms, 2),
        number(timing.p95_ms, 2),
        number(timing.p99_ms, 2),
        number(timing.processeur_p50_ms, 2),
        number(timing.processeur_p95_ms, 2),
        number(timing.moteur_p50_ms, 2),
        number(timing.moteur_p95_ms, 2),
        number(timing.par_seconde, 0),
        number(timing.requetes, 0),
        str(timing.erreurs),
    )


def _seen_row(seen: Seen) -> Sequence[str]:
    reader = "moteur seul" if seen.niveau == "en-processus" else f"serveur à {seen.processus}"
    return reader, str(seen.changements), number(seen.p50_ms, 2), number(seen.p95_ms, 2), number(seen.max_ms, 2)
