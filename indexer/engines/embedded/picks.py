"""Rows picked from several scans, kept as numbers: names are read only for what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.scan import Scan


@dataclass(frozen=True)
class Picks:
    """`scan` is a place in the collector's list of scans, `local` a row of that scan's domain."""

    scan: NDArray[np.int64]
    local: Rows

    def __len__(self) -> int:
        return len(self.local)

    def at(self, places: NDArray[np.int64] | slice) -> "Picks":
        return Picks(self.scan[places], self.local[places])

    def of_scan(self, scan: int) -> Rows:
        """The local rows picked in one scan."""
        rows: Rows = self.local[self.scan == scan]
        return rows


def picks_of(parts: Sequence[Rows]) -> Picks:
    """One array of local rows a scan, one after the other."""
    scans = [np.full(len(local), place, dtype=np.int64) for place, local in enumerate(parts)]
    return Picks(_joined(scans), _joined(parts))


def both(first: Picks, then: Picks) -> Picks:
    return Picks(np.concatenate((first.scan, then.scan)), np.concatenate((first.local, then.local)))


def id_ranks(scans: Sequence[Scan], picks: Picks) -> NDArray[np.int64]:
    """Numbers that sort as the ids do. Ids are read only when several scans must be compared."""
    if len(scans) == 1:
        return rank_of(scans[0], picks.local)
    held = np.unique(picks.scan)
    if len(held) <= 1:
        return np.concatenate([np.empty(0, np.int64), *(rank_of(scans[s], picks.local) for s in held)])
    ids = ids_of(scans, picks)
    order = sorted(range(len(picks)), key=ids.__getitem__)
    ranks = np.empty(len(picks), dtype=np.int64)
    ranks[order] = np.arange(len(picks))
    return ranks


def rank_of(scan: Scan, local: Rows) -> NDArray[np.int64]:
    """The place of rows in the order of ids of their segment."""
    return scan.view.segment.identifiers.rank[scan.domain.rows(local)].astype(np.int64)


def ids_of(scans: Sequence[Scan], picks: Picks) -> list[str]:
    """The id of each pick."""
    rows, held = rows_of(scans, picks), np.unique(picks.scan).tolist()
    told = {s: iter(scans[s].view.segment.identifiers.of_rows(rows[picks.scan == s])) for s in held}
    return [next(told[s]) for s in picks.scan.tolist()]


def rows_of(scans: Sequence[Scan], picks: Picks) -> NDArray[np.int64]:
    """The row of each pick in its segment."""
    if len(scans) == 1:
        return scans[0].domain.rows(picks.local)
    rows = np.empty(len(picks), dtype=np.int64)
    for place in np.unique(picks.scan).tolist():
        mine = picks.scan == place
        rows[mine] = scans[place].domain.rows(picks.local[mine])
    return rows


def best(
    keys: NDArray[np.float64], scan: Scan, local: Rows, count: int, second: NDArray[np.float64] | None = None
) -> NDArray[np.int64]:
    """Places of the `count` smallest keys (then `second`, then id) among local rows of one scan, in order."""
    places = np.arange(len(keys))
    if len(keys) > count:
        places = np.flatnonzero(keys <= np.partition(keys, count - 1)[count - 1])
    ties = () if second is None else (second[places],)
    order = np.lexsort((rank_of(scan, local[places]), *ties, keys[places]))[:count]
    return np.asarray(places[order], dtype=np.int64)


def _joined(parts: Sequence[NDArray[np.int64]]) -> NDArray[np.int64]:
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, dtype=np.int64), *parts])
