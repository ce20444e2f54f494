"""A segment: documents as columns, immutable once built. The base of a version is one on disk; live changes make
small ones in memory, searched by the same code."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from indexer.engines import codec
from indexer.engines.base import FACET_FIELDS, Document
from indexer.engines.embedded import geo
from indexer.engines.embedded.columns import CodedBuilder, CodedColumn, Ragged, RaggedBuilder
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.identifiers import Identifiers, build_identifiers
from indexer.engines.embedded.postings import Postings, PostingsBuilder
from indexer.engines.embedded.vectors import Vectors
from indexer.engines.ranking import iter_codes
from indexer.engines.shared import FIRST_DAY, LAST_DAY, day_number, hash_of, quantise
from indexer.geocode.distance import unit_vectors

ANY_AGE = (0, 255)
"""Open bounds of age."""


@dataclass(frozen=True)
class Segment:
    """Columns have one value a row; rows are in the order of `geo.sort_rows`."""

    groups: tuple[geo.Group, ...]
    identifiers: Identifiers
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    on_site: NDArray[np.bool_]
    remote: NDArray[np.bool_]
    valid_from: NDArray[np.int32]
    valid_until: NDArray[np.int32]
    quality: NDArray[np.float32]
    changed: NDArray[np.int32]
    fold: NDArray[np.uint64]
    structure: NDArray[np.uint64]
    age_min: NDArray[np.uint8]
    age_max: NDArray[np.uint8]
    slot_days: Ragged
    slot_starts: Ragged
    slot_full: Ragged
    names: Ragged  # coded by `ranking.iter_codes`
    zone: CodedColumn
    predicted: CodedColumn
    faint: CodedColumn
    coded: dict[str, CodedColumn]
    postings: Postings
    vectors: Vectors
    documents: NDArray[np.uint8]
    spans: NDArray[np.int64]  # [rows, 3]: where the record starts, its body starts, it ends, in `documents`

    @property
    def size(self) -> int:
        return len(self.quality)

    @cached_property
    def points(self) -> NDArray[np.float64]:
        """[3, rows]: where the rows are on the unit sphere, so that a search takes no sine."""
        return unit_vectors(self.latitude, self.longitude)

    def bodies(self, rows: Rows) -> list[bytes]:
        """The JSON of some documents, as served."""
        return [self.documents[start:stop].tobytes() for _, start, stop in self.spans[rows].tolist()]

    def document(self, row: int) -> Document:
        start, _, stop = self.spans[row].tolist()
        return codec.decode(self.documents[start:stop].tobytes(), np.array(self.vectors.exact[row]))


class SegmentBuilder:
    """Takes documents one by one; bytes and vectors go to the given files, so that a build's memory stays small."""

    def __init__(self, dimensions: int, documents: BinaryIO, vectors: BinaryIO) -> None:
        self._dimensions = dimensions
        self._documents, self._vectors = documents, vectors
        self._written = 0
        self.ids: list[str] = []
        self._facts: list[tuple[float, float, bool, bool, int, int, float, int]] = []
        self._regions: list[int] = []
        self._departements: list[str] = []
        self._folds: list[int] = []
        self._structures: list[int] = []
        self._spans: list[tuple[int, int, int]] = []
        self._ages: list[tuple[int, int]] = []
        self._slot_days, self._slot_starts = RaggedBuilder(np.int32), RaggedBuilder(np.int64)
        self._slot_full, self._names = RaggedBuilder(np.bool_), RaggedBuilder(np.uint64)
        self._zone, self._predicted, self._faint = CodedBuilder(), CodedBuilder(), CodedBuilder()
        self._coded = {field: CodedBuilder() for field in FACET_FIELDS}
        self._postings = PostingsBuilder()

    def add(self, document: Document) -> None:
        """ValueError when the vector has not the segment's dimensions."""
        if document.vector.shape != (self._dimensions,):
            raise ValueError(f"{document.id} : vecteur de forme {document.vector.shape}, attendu {self._dimensions}")
        self._add_bytes(document)
        self._add_place(document)
        for field, builder in self._coded.items():
            builder.add(document.codes.get(field, ()), anything=field in document.anything)
        self._zone.add(document.zone, anything=not document.zone)
        self._predicted.add(document.predicted, anything=False)
        self._faint.add(document.faint, anything=False)
        self._names.add(iter_codes(document.names))
        slots = sorted(document.slots, key=lambda slot: slot.start)
        self._slot_days.add(slot.day for slot in slots)
        self._slot_starts.add(slot.start for slot in slots)
        self._slot_full.add(slot.full for slot in slots)
        self._postings.add(document.terms)
        self._folds.append(document.fold)
        self._structures.append(hash_of(document.structure))
        youngest, oldest = document.age_min, document.age_max
        self._ages.append((ANY_AGE[0] if youngest is None else youngest, ANY_AGE[1] if oldest is None else oldest))

    def _add_bytes(self, document: Document) -> None:
        record, body = codec.encode(document)
        self._documents.write(record)
        self._vectors.write(document.vector.astype(np.float32).tobytes())
        self._spans.append((self._written, self._written + body, self._written + len(record)))
        self._written += len(record)
        self.ids.append(document.id)

    def _add_place(self, document: Document) -> None:
        located = document.latitude is not None and document.longitude is not None
        latitude = document.latitude if located and document.latitude is not None else float("nan")
        longitude = document.longitude if located and document.longitude is not None else float("nan")
        on_site = document.on_site and located
        start = FIRST_DAY if document.valid_from is None else day_number(document.valid_from)
        stop = LAST_DAY if document.valid_until is None else day_number(document.valid_until)
        facts = (latitude, longitude, on_site, document.remote, start, stop, document.quality)
        self._facts.append((*facts, day_number(document.changed)))
        region = geo.REMOTE if document.remote else geo.ON_SITE if on_site else geo.NOWHERE
        self._regions.append(region)
        self._departements.append(geo.group_of_zone(document.zone) if document.remote else geo.FREE)

    def build(self, documents: NDArray[np.uint8], vectors: Vectors) -> Segment:
        """The segment, once the bytes written are readable as `documents`; `vectors` in the order of `sort`."""
        latitude, longitude, on_site, remote, start, stop, quality, changed = self._columns()
        order, groups = self.sort()
        ages = np.array(self._ages, dtype=np.uint8).reshape(-1, 2)[order]
        return Segment(
            groups=tuple(groups),
            identifiers=build_identifiers([self.ids[i] for i in order]),
            latitude=latitude[order],
            longitude=longitude[order],
            on_site=on_site[order].astype(np.bool_),
            remote=remote[order].astype(np.bool_),
            valid_from=start[order].astype(np.int32),
            valid_until=stop[order].astype(np.int32),
            quality=quality[order].astype(np.float32),
            changed=changed[order].astype(np.int32),
            fold=np.array(self._folds, dtype=np.uint64)[order],
            structure=np.array(self._structures, dtype=np.uint64)[order],
            age_min=np.ascontiguousarray(ages[:, 0]),
            age_max=np.ascontiguousarray(ages[:, 1]),
            slot_days=self._slot_days.build(order),
            slot_starts=self._slot_starts.build(order),
            slot_full=self._slot_full.build(order),
            names=self._names.build(order),
            zone=self._zone.build(order),
            predicted=self._predicted.build(order),
            faint=self._faint.build(order),
            coded={field: builder.build(order) for field, builder in self._coded.items()},
            postings=self._postings.build(order),
            vectors=vectors,
            documents=documents,
            spans=np.array(self._spans, dtype=np.int64).reshape(-1, 3)[order],
        )

    def sort(self) -> tuple[Rows, list[geo.Group]]:
        """The row order of what was added so far, and its groups."""
        latitude, longitude = self._columns()[:2]
        return geo.sort_rows(np.array(self._regions, dtype=np.int8), self._departements, latitude, longitude)

    def _columns(self) -> tuple[NDArray[np.float64], ...]:
        table = np.array(self._facts, dtype=np.float64).reshape(-1, 8)
        return tuple(np.ascontiguousarray(table[:, i]) for i in range(8))


def build_in_memory(documents: Iterable[Document], dimensions: int) -> Segment:
    """A small segment, wholly in memory."""
    data, vectors = io.BytesIO(), io.BytesIO()
    builder = SegmentBuilder(dimensions, data, vectors)
    for document in documents:
        builder.add(document)
    order, _ = builder.sort()
    exact = np.frombuffer(vectors.getvalue(), dtype=np.float32).reshape(-1, dimensions)[order]
    return builder.build(np.frombuffer(data.getvalue(), dtype=np.uint8), Vectors(exact, *quantise(exact)))
