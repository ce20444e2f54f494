"""What one search sees: the base of a version and the live changes read so far. Never changed once made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indexer.engines.base import Document
from indexer.engines.embedded.domain import Mask
from indexer.engines.embedded.ground import View
from indexer.engines.embedded.grounds import Grounds
from indexer.engines.embedded.log import Change
from indexer.engines.embedded.segment import Segment, build_in_memory
from indexer.engines.shared import snapshot_name

_GROWTH = 2  # a live segment is merged with the one before it unless that one is twice as large: log2 segments at most


@dataclass(frozen=True)
class Snapshot:
    """`views[0]` is the base; the others are live changes, oldest and largest first. `read` bytes of the log are in."""

    version: str
    views: tuple[View, ...]
    read: int
    dimensions: int
    grounds: Grounds = field(default_factory=Grounds)

    @property
    def name(self) -> str:
        return snapshot_name(self.version, self.read)

    @property
    def documents(self) -> int:
        return sum(view.size for view in self.views)

    @property
    def changed(self) -> int:
        """Rows that live changes have added."""
        return sum(view.segment.size for view in self.views[1:])

    def find(self, document_id: str) -> Document | None:
        for view in reversed(self.views):
            row = _living_row(view, document_id)
            if row is not None:
                return view.segment.document(row)
        return None

    def with_changes(self, changes: Sequence[Change], read: int) -> "Snapshot":
        """The snapshot after some changes: the last change of an id counts."""
        last = {change.id: change.document for change in changes}
        views = [_without(view, last) for view in self.views]
        added = [document for document in last.values() if document is not None]
        if added:
            views.append(View(build_in_memory(added, self.dimensions)))
        merged = tuple(self._merge(views))
        grounds = self.grounds.of_segments([view.segment for view in merged])
        return replace(self, views=merged, read=read, grounds=grounds)

    def _merge(self, views: list[View]) -> list[View]:
        views = [views[0], *(view for view in views[1:] if view.size)]
        while len(views) > 2 and views[-2].segment.size < _GROWTH * views[-1].segment.size:
            last, before = views.pop(), views.pop()
            living = [*_living_documents(before), *_living_documents(last)]
            views.append(View(build_in_memory(living, self.dimensions)))
        return views


def first_snapshot(version: str, base: Segment, dimensions: int) -> Snapshot:
    """A version as it was built."""
    return Snapshot(version, (View(base),), 0, dimensions)


def _living_row(view: View, document_id: str) -> int | None:
    row = view.segment.identifiers.row_of(document_id)
    if row is None or (view.alive is not None and not view.alive[row]):
        return None
    return row


def _without(view: View, ids: Iterable[str]) -> View:
    rows = [row for row in (_living_row(view, i) for i in ids) if row is not None]
    if not rows:
        return view
    alive: Mask = np.ones(view.segment.size, dtype=np.bool_) if view.alive is None else view.alive.copy()
    alive[rows] = False
    return View(view.segment, alive)


def _living_documents(view: View) -> list[Document]:
    rows = range(view.segment.size) if view.alive is None else np.flatnonzero(view.alive).tolist()
    return [view.segment.document(row) for row in rows]
