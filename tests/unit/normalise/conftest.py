"""Records as a feed brings them, and what they become."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from indexer.normalise.draft import Draft
from indexer.normalise.normalise import normalise
from indexer.schema import Issue, Kind, Offer, RawRecord, Structure

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
Result = tuple[Offer | Structure | None, list[Issue]]
Normalise = Callable[..., Result]


@pytest.fixture(scope="session")
def offer() -> Normalise:
    """Normalises an offer that has an id and a name unless told otherwise; `nom=...` gives or replaces a field."""

    def run(locate: Callable[[Draft], None] = lambda draft: None, **fields: Any) -> Result:
        given = {"id": "essai--1", "nom": "Aide au permis"} | fields
        return normalise(RawRecord(Kind.OFFER, "flux", "f.json", 7, given), locate, NOW)

    return run


@pytest.fixture(scope="session")
def structure() -> Normalise:
    """As `offer`, a structure."""

    def run(**fields: Any) -> Result:
        given = {"id": "essai--1", "nom": "Mission locale"} | fields
        return normalise(RawRecord(Kind.STRUCTURE, "flux", "f.json", 7, given), lambda draft: None, NOW)

    return run
