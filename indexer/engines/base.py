"""The contract of a search engine: neutral values in, neutral values out, no engine's own language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]
Sort = Literal["pertinence", "distance", "date"]

FACET_FIELDS = ("types_offre", "thematiques", "publics", "frais", "modes_accueil", "moments", "metiers", "sources")
"""The fields that can be filtered and counted; each bears the name of its HTTP parameter."""

DEDUCED_FIELDS = frozenset(("thematiques", "metiers"))
"""Those of which indexing may deduce values where the source states none."""

Reach = Literal["pied", "velo", "transports", "voiture"]
"""How a person moves: the ranking's idea of near depends on it."""

MAX_RERANKED = 300
"""Candidates that the shared ranking orders; the rest follow by distance, then id."""

MAX_PAGED = 10_000
"""The last position that a page number reaches; beyond it a cursor does."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One session as the index needs it: its local day (days since 1970-01-01), its start (seconds, UTC), and whether
    no seat is left."""

    day: int
    start: int
    full: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The index terms by which one calls an offer: of its own name, and of its structure's.

    `own_short` and `holder_short` hold the marker of an expression in place of its words (« CIDFF »), and are empty
    where that changes nothing. `around` are those that may come with a name or not: commune, « agence », « antenne ».
    """

    own: tuple[str, ...] = ()
    own_short: tuple[str, ...] = ()
    holder: tuple[str, ...] = ()
    holder_short: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """An offer ready to be indexed. Only published offers become documents.

    `body` is the JSON served as is. `terms` maps an analysed term to its weighted frequency (fields added up).
    `codes` maps each of FACET_FIELDS to the values that the record states; `anything` names the fields where the
    record matches every value, because it says so (`tous-publics`) or says nothing (unknown cost).
    `predicted` are those of `codes["thematiques"]` and `codes["metiers"]` that were deduced and not stated, `faint` the
    thématiques stated of which the offer says nothing: all are found and counted like the others, and ranked lower.
    `zone` holds the codes of eligibility, empty for everywhere. `fold` is equal for near-identical siblings.
    `vector` is a unit vector, float32 [dimensions]. Ages are in years, both included, None for no bound.
    """

    id: str
    body: bytes
    vector: Vector
    terms: Mapping[str, float]
    codes: Mapping[str, tuple[str, ...]]
    anything: frozenset[str] = frozenset()
    latitude: float | None = None
    longitude: float | None = None
    on_site: bool = False
    remote: bool = False
    zone: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    fold: int = 0
    structure: str = ""
    quality: float = 0.0
    changed: date = date(1970, 1, 1)
    predicted: tuple[str, ...] = ()
    faint: tuple[str, ...] = ()
    names: Names = Names()
    age_min: int | None = None
    age_max: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is: a circle (degrees, km), and the codes of eligibility that contain it."""

    latitude: float
    longitude: float
    radius_km: float
    zones: frozenset[str]


@dataclass(frozen=True, slots=True)
class TermGroup:
    """One word of the query: the index terms that stand for it, each with a factor in 0–1, and its idf.

    `mended`: the index does not hold the word, the terms are those that it may be a slip for.
    """

    word: str
    alternatives: tuple[tuple[str, float], ...]
    weight: float
    mended: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The analysed query. A document is admitted by its words when the groups found weigh `share` of the total."""

    groups: tuple[TermGroup, ...]
    share: float = 0.5


@dataclass(frozen=True, slots=True)
class Need:
    """A thématique (or category) understood from the text, with its probability and the words that led to it."""

    thematique: str
    score: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SortKey:
    """The place of a hit in the total order: `stage` 0 for the re-ranked window (then `rank`), 1 for the rest."""

    stage: int
    rank: int
    distance: float
    start: int
    id: str


@dataclass(frozen=True)
class SearchQuery:
    """What is asked of an engine.

    Without `words`, `needs` and `metiers` every document that passes the filters is admitted.
    With any of them, a document is admitted by a need's thématique, by a métier, or by its words; when none is, the
    nearest by `vector` are given, and `SearchHits.by_meaning_only` says so.
    `facets` are the fields to count, each ignoring its own selection. Days are local and inclusive.
    `wishes` are shaped as `filters` (fields of FACET_FIELDS), and exclude nothing: what was understood beside the need
    (« gratuit », « le soir »). An offer that says yes goes before one that says nothing, and that before one that says
    no. So do `age` (years) with the ages that an offer takes, and `reach` with its distance. An offer whose content did
    not change for `stale_days` goes behind its equals.
    """

    today: date
    words: Words | None = None
    vector: Vector | None = None
    needs: tuple[Need, ...] = ()
    metiers: tuple[str, ...] = ()
    place: Place | None = None
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    wishes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    age: int | None = None
    reach: Reach | None = None
    starts_from: date | None = None
    starts_until: date | None = None
    exclude: frozenset[str] = frozenset()
    facets: tuple[str, ...] = ()
    sort: Sort = "pertinence"
    page: int = 1
    size: int = 20
    after: SortKey | None = None
    stale_days: int | None = None

    @property
    def asks_for_something(self) -> bool:
        """Whether admission is by words, need or métier, and not by the filters alone."""
        return self.words is not None or bool(self.needs) or bool(self.metiers)


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. `parts` are the named parts of `score`; `found_words` the query's words it holds."""

    id: str
    body: bytes
    distance_km: float | None
    score: float
    parts: Mapping[str, float]
    fold: int
    next_start: int | None
    found_words: tuple[str, ...]
    key: SortKey


@dataclass(frozen=True)
class SearchHits:
    """One page. `facets` maps a field to the exact number of documents that each value alone would give.

    `snapshot` names what this search saw: given as the version of the next page's search, live changes do not move it.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    version: str
    snapshot: str
    more: bool
    by_meaning_only: bool
    took_ms: float


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One built version of the index."""

    name: str
    documents: int
    encoder: str
    schema: int
    built_at: datetime
    active: bool


@dataclass(frozen=True, slots=True)
class VocabularyStatistics:
    """Document frequencies of a version: what a query needs to weigh and to mend its words.

    `snapshot`: when they were counted, as `SearchHits.snapshot` says it; empty where they are always those of now.
    """

    version: str
    documents: int
    frequencies: Mapping[str, int]
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the engine can answer, and with what. `live_changes`: documents written since the version was built."""

    ready: bool
    version: VersionInfo | None
    message: str = ""
    live_changes: int = 0


@runtime_checkable
class Removable(Protocol):
    """An engine that keeps its versions elsewhere than in a folder of its own."""

    def remove_all(self) -> None:
        """Leaves nothing of it, the live version included: for what served a measure."""


class SearchEngine(Protocol):
    """Versions are built beside the live one and swapped in at once; every verb raises only `EngineError`s."""

    def start_version(self, encoder: str) -> str:
        """Opens a new, empty version beside the live one and returns its name. One writer at a time: BusyError."""

    def add_documents(self, version: str, documents: Iterable[Document]) -> int:
        """Adds documents to a version being built, streaming; returns how many."""

    def finish_version(self, version: str) -> VersionInfo:
        """Closes a version: complete on disk, not yet live."""

    def discard_version(self, version: str) -> None:
        """Removes a version that is not live."""

    def activate(self, version: str) -> None:
        """Makes a finished version live, atomically, and keeps the two before it."""

    def rollback(self) -> str:
        """Makes the version before the live one live again; returns its name."""

    def versions(self) -> list[VersionInfo]:
        """All finished versions, newest first."""

    def upsert(self, documents: Iterable[Document]) -> int:
        """Adds or replaces documents of the live version, durably; the next search of every process sees them."""

    def delete(self, ids: Iterable[str]) -> int:
        """Removes documents of the live version, durably; unknown ids are ignored."""

    def search(self, query: SearchQuery, version: str | None = None) -> SearchHits:
        """One page. Of the live version, of a finished one by name, or of what a search saw (`SearchHits.snapshot`).

        VersionGoneError when it is not kept.
        """

    def search_many(self, queries: Sequence[SearchQuery], version: str | None = None) -> tuple[SearchHits, ...]:
        """What `search` gives for each query, in their order, all of one snapshot.

        An engine that inherits this protocol has it by searching one after the other; those that can, do it at once.
        """
        found: list[SearchHits] = []
        for query in queries:
            found.append(self.search(query, version))
            version = found[0].snapshot
        return tuple(found)

    def get(self, document_id: str) -> Document | None:
        """One document of the live version."""

    def vocabulary(self, version: str | None = None) -> VocabularyStatistics:
        """The terms of a version, for weighing and spelling."""

    def known_vocabulary(self) -> VocabularyStatistics:
        """Those of the live version that this process read last, without asking again where that takes time.

        Whoever takes them compares `snapshot` with that of the search made of them.
        """

    def health(self) -> Health:
        """Never raises."""
