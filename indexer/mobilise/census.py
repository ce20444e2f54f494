"""The immersions that exist: read from the catalogue, kept as long as it does not change."""

import threading
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import orjson
from sqlalchemy import Row, select

from indexer.catalogue.database import Database
from indexer.catalogue.history import latest_revision_id
from indexer.catalogue.queries import is_published
from indexer.catalogue.tables import offers
from indexer.geocode.communes import load_communes
from indexer.publish.states import PublicationKind, State
from indexer.publish.tables import publications

_MARK: Final = '%"type_offre":"immersion"%'
"""As canonical JSON writes it: no text of an offer can hold it, its quotes would be escaped."""

_LIVE: Final = (State.PUBLISHED, State.PAUSED, State.ASLEEP)


@dataclass(frozen=True, slots=True)
class Immersion:
    """One published immersion. `departement` is None where its commune is not known."""

    metiers: frozenset[str]
    siret: str | None
    departement: str | None


@dataclass(frozen=True)
class Census:
    """All published immersions, at one revision of the catalogue."""

    revision: int
    immersions: tuple[Immersion, ...]

    @cached_property
    def by_siret(self) -> Mapping[str, int]:
        return Counter(one.siret for one in self.immersions if one.siret is not None)

    def count(self, metiers: Collection[str], departements: Collection[str]) -> int:
        """Immersions of these départements that let discover at least one of these jobs."""
        wanted = frozenset(metiers)
        return sum(
            1 for one in self.immersions if one.departement in departements and not wanted.isdisjoint(one.metiers)
        )


class CensusTaker:
    """Shared by all threads. The catalogue is walked once a change."""

    def __init__(self, database: Database) -> None:
        self._database, self._lock = database, threading.Lock()
        self._kept: Census | None = None

    def take(self) -> Census:
        """CatalogueError when the database does not answer."""
        with self._database.reading() as connection:
            revision = latest_revision_id(connection)
            kept = self._kept
            if kept is not None and kept.revision == revision:
                return kept
            with self._lock:
                query = select(offers.c.body).where(is_published(), offers.c.body.like(_MARK))
                taken = Census(revision, tuple(_build(row) for row in connection.execute(query)))
                self._kept = taken
                return taken

    def publishers(self) -> frozenset[str]:
        """SIRETs of those who published an immersion here, paused and asleep ones too."""
        live = publications.c.state.in_(_LIVE) & publications.c.siret.is_not(None)
        query = select(publications.c.siret).where(live, publications.c.kind == PublicationKind.IMMERSION)
        with self._database.reading() as connection:
            return frozenset(connection.execute(query.distinct()).scalars())


def _build(row: Row[Any]) -> Immersion:
    fields: dict[str, Any] = orjson.loads(row.body)
    commune = load_communes().get(fields.get("code_insee") or "")
    siret = (fields.get("immersion") or {}).get("siret")
    return Immersion(frozenset(fields.get("metiers") or ()), siret, None if commune is None else commune.departement)
