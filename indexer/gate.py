"""The checks that a version built beside the live one must pass before it goes live."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from math import inf

from indexer.engines.base import (
    FACET_FIELDS,
    Document,
    Place,
    SearchEngine,
    SearchQuery,
    SortKey,
    TermGroup,
    Words,
)
from indexer.errors import GateError

LARGEST_LOSS = 0.3
"""A new version that holds this share fewer offers than the live one is held, as an import would be."""

SAMPLE = 25
"""Documents that are looked for by id, by place and by their words."""


def check_version(
    engine: SearchEngine, version: str, expected: int, sample: Sequence[Document], today: date, accept_loss: bool
) -> None:
    """GateError with everything that is wrong. `sample` are documents that were given to the version."""
    problems = [*_count_problems(engine, version, expected, accept_loss, today)]
    for document in sample[:SAMPLE]:
        problems += _document_problems(engine, version, document, today)
    if problems:
        told = " ; ".join(problems[:5])
        raise GateError(f"Le nouvel index n'est pas mis en service ({told}). L'index précédent reste en place.")


def _count_problems(engine: SearchEngine, version: str, expected: int, accept_loss: bool, today: date) -> Iterator[str]:
    info = next(info for info in engine.versions() if info.name == version)
    if info.documents != expected:
        yield f"{info.documents} offres écrites pour {expected} attendues"
    live = engine.health().version
    if live is not None and not accept_loss and info.documents < (1 - LARGEST_LOSS) * live.documents:
        yield (
            f"{info.documents} offres contre {live.documents} en service : "
            "relancez avec --accept-loss si cette perte est voulue"
        )
    answer = engine.search(SearchQuery(today=today, facets=FACET_FIELDS, size=1), version)
    by_type = answer.facets["types_offre"]
    if answer.total != sum(number for name, number in by_type.items() if name):
        yield "les totaux et les facettes ne s'accordent pas"


def _document_problems(engine: SearchEngine, version: str, document: Document, today: date) -> Iterator[str]:
    if document.valid_from is not None or document.valid_until is not None:
        return
    everything = SearchQuery(today=today, size=1, sort="distance")
    if document.terms:
        term = max(document.terms, key=lambda t: (document.terms[t], t))
        words = Words((TermGroup(term, ((term, 1.0),), 1.0),))
        if not _comes_at(engine, version, replace(everything, words=words), inf, document):
            yield f"« {document.id} » introuvable par son mot « {term} »"
    if document.on_site and document.latitude is not None and document.longitude is not None:
        place = Place(document.latitude, document.longitude, 1.0, frozenset(document.zone))
        if not _comes_at(engine, version, replace(everything, place=place), 0.0, document):
            yield f"« {document.id} » introuvable à sa place"


def _comes_at(engine: SearchEngine, version: str, query: SearchQuery, distance: float, document: Document) -> bool:
    """Whether the document stands where the order by distance, then id, must have it: one jump, however many hits."""
    just_before = document.id[:-1] + chr(ord(document.id[-1]) - 1) + "\U0010ffff"
    answer = engine.search(replace(query, after=SortKey(1, 0, distance, 0, just_before)), version)
    return any(hit.id == document.id for hit in answer.hits)
