"""Counts by code as lists that a person can choose from."""

from collections.abc import Iterable, Iterator, Mapping

from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import Term, vocabulary
from indexer.search.answer import FacetValue

EVERYONE = "tous-publics"
"""Asking for it filters nothing, so it gives as many offers as no selection does."""


def build_facet(name: str, counts: Mapping[str, int], selected: Iterable[str]) -> tuple[FacetValue, ...]:
    """Values that give something, and those selected, even at zero. Vocabulary order, else most frequent first."""
    chosen = set(selected)
    wanted = {value for value, number in counts.items() if number and value} | chosen
    if name == "publics":
        counts = {**counts, EVERYONE: counts.get("", 0)}
    return tuple(
        FacetValue(value, label, counts.get(value, 0), value in chosen, parent)
        for value, label, parent in _iter_labelled(name, counts)
        if value in wanted
    )


def _iter_labelled(name: str, counts: Mapping[str, int]) -> Iterator[tuple[str, str, str | None]]:
    if name in ("metiers", "sources"):
        labels = rome_labels() if name == "metiers" else {}
        for value in sorted((v for v in counts if v), key=lambda v: (-counts[v], v)):
            yield value, labels.get(value, value), None
        return
    terms: Iterable[Term] = vocabulary(name).values()
    for term in terms:
        yield term.value, term.shown, term.parent
