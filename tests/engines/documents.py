"""Small worlds for the contract: an offer is what a test says of it, in Lille."""

from dataclasses import replace

import numpy as np

from indexer.engines.base import (
    Document,
    Place,
    SearchEngine,
    SearchQuery,
    TermGroup,
    Words,
)
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, TODAY, Oracle

LILLE = Place(50.63, 3.06, 20.0, frozenset({"59350", "59", "france"}))
ANYTHING = SearchQuery(today=TODAY)


def document(document_id: str, **facts: object) -> Document:
    """An offer in Lille, on site, about one axis of meaning."""
    base = Document(
        id=document_id,
        body=b"{}",
        vector=np.eye(DIMENSIONS, dtype=np.float32)[0],
        terms={},
        codes={},
        latitude=50.63,
        longitude=3.06,
        on_site=True,
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def world(engine: SearchEngine, *documents: Document) -> None:
    build(engine, Oracle({d.id: d for d in documents}))


def ids(engine: SearchEngine, query: SearchQuery) -> list[str]:
    return [hit.id for hit in engine.search(query).hits]


def words(*terms: str) -> Words:
    return Words(tuple(TermGroup(term, ((term, 1.0),), 1.0) for term in terms))
