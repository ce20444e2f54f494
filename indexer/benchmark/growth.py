"""How the time of each kind of request grows with the catalogue: several measures, as a table and as a chart (SVG)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from indexer.benchmark.report import number, table
from indexer.benchmark.results import Result
from indexer.errors import BenchmarkError

Series = Mapping[str, Mapping[int, float]]
"""Kind of request → offers → p50 in ms of one client in process."""

WIDTH, HEIGHT = 900, 520
_LEAST = 0.001  # ms: a logarithm has no place for 0
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 300, 40, 50
_COLOURS: Final = (
    "#1b4f72", "#b9770e", "#117a65", "#922b21", "#6c3483", "#2e86c1", "#7d6608", "#616a6b", "#d35400", "#239b56",
    "#7b241c",
)  # fmt: skip
_TITLE: Final = "Temps médian d'une recherche selon le nombre d'offres (ms, échelles logarithmiques)"


def build_series(results: Sequence[Result]) -> Series:
    """BenchmarkError for fewer than two sizes, or two engines: their lines would be taken for one."""
    sizes = {result.offres for result in results}
    if len(sizes) < 2 or len(sizes) < len(results):
        raise BenchmarkError("Donnez au moins deux mesures, chacune d'un nombre d'offres différent.")
    if len({result.moteur for result in results}) > 1:
        raise BenchmarkError("Ces mesures sont de moteurs différents : faites un graphique pour chacun.")
    series: dict[str, dict[int, float]] = {}
    for result in sorted(results, key=lambda one: one.offres):
        for timing in result.mesures:
            if timing.niveau == "en-processus" and timing.clients == 1:
                series.setdefault(timing.scenario, {})[result.offres] = timing.p50_ms
    grown = {name: points for name, points in series.items() if len(points) > 1}
    if not grown:
        raise BenchmarkError("Ces mesures n'ont aucune requête en commun : il n'y a rien à tracer.")
    return grown


def build_growth_table(series: Series) -> str:
    """Markdown: a row a kind, a column a size, and how many times longer the last takes than the first."""
    sizes = _sizes(series)
    head = ("requête, p50 (ms)", *(number(size, 0) for size in sizes), "du premier au dernier")
    rows = []
    for name, points in series.items():
        times = list(points.values())
        grown = f"× {number(times[-1] / times[0], 1)}" if times[0] > 0 else "—"
        rows.append((name, *(number(points.get(size)) for size in sizes), grown))
    return "\n".join(table(head, rows)) + "\n"


def build_chart(series: Series) -> str:
    """An SVG that stands alone."""
    return "\n".join(_iter_chart(series)) + "\n"


def _iter_chart(series: Series) -> Iterator[str]:
    sizes = _sizes(series)
    times = [max(time, _LEAST) for points in series.values() for time in points.values()]
    across = _Scale(sizes[0], sizes[-1], _LEFT, WIDTH - _RIGHT)
    up = _Scale(
        10 ** math.floor(math.log10(min(times))), 10 ** math.ceil(math.log10(max(times))), HEIGHT - _BOTTOM, _TOP
    )
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" font-family="sans-serif">'
    yield f"<title>{escape(_TITLE)}</title>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield f'<text x="{_LEFT}" y="22" font-size="14">{escape(_TITLE)}</text>'
    for size in sizes:
        yield _tick(across.place(size), HEIGHT - _BOTTOM + 20, number(size, 0), "middle")
    for power in range(round(math.log10(up.low)), round(math.log10(up.high)) + 1):
        y = up.place(10.0**power)
        yield f'<path d="M{_LEFT} {y:.1f}H{WIDTH - _RIGHT}" stroke="#ddd"/>'
        yield _tick(_LEFT - 8, y + 4, f"{10.0**power:g}".replace(".", ","), "end")
    for place, (name, points) in enumerate(series.items()):
        colour = _COLOURS[place % len(_COLOURS)]
        way = " ".join(f"{across.place(size):.1f},{up.place(time):.1f}" for size, time in points.items())
        yield f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>'
        y = _TOP + 22 * place
        yield f'<path d="M{WIDTH - _RIGHT + 20} {y}h20" stroke="{colour}" stroke-width="3"/>'
        yield _tick(WIDTH - _RIGHT + 48, y + 4, name, "start")
    yield "</svg>"


class _Scale:
    """From a value to a place, by its logarithm."""

    def __init__(self, low: float, high: float, start: float, stop: float) -> None:
        self.low, self.high = low, max(high, 10 * low) if high <= low else high
        self._start, self._stop = start, stop

    def place(self, value: float) -> float:
        share = math.log(max(value, _LEAST) / self.low) / math.log(self.high / self.low)
        return self._start + share * (self._stop - self._start)


def _tick(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}">{escape(text)}</text>'


def _sizes(series: Series) -> list[int]:
    return sorted({size for points in series.values() for size in points})
