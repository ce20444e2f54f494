"""What the shared ranking reads of some rows of a scan."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery
from indexer.engines.embedded.domain import Rows
from indexer.engines.embedded.scan import Scan
from indexer.engines.embedded.segment import ANY_AGE, Segment
from indexer.engines.shared import day_number

Floats = NDArray[np.float64]


def build_candidates(s: Scan, local: Rows, query: SearchQuery) -> ranking.Candidates:
    """The columns of local rows; how ids sort is for the caller to say (`Candidates.named`)."""
    segment, rows = s.view.segment, s.domain.rows(local)
    start, full = _next_starts(segment, rows, day_number(query.starts_from or query.today))
    return ranking.Candidates(
        id_rank=np.zeros(len(rows), dtype=np.int64),
        distance=s.distance[local],
        words=s.answers.words[local].astype(np.float64),
        name=s.answers.name[local],
        need=s.answers.need[local].astype(np.float64),
        meaning=_meaning(segment, rows, query),
        stated=ranking.mean_of(_says(s, local, query), len(rows)),
        wished=ranking.mean_of(_suits(s, local, query), len(rows)),
        age=ranking.age_fit(segment.age_min[rows], segment.age_max[rows], ANY_AGE, query.age),
        quality=segment.quality[rows].astype(np.float64),
        changed=segment.changed[rows].astype(np.float64),
        start=start,
        full=full,
        fold=segment.fold[rows],
        structure=segment.structure[rows],
    )


def _meaning(segment: Segment, rows: Rows, query: SearchQuery) -> Floats:
    if query.vector is None:
        return np.full(len(rows), np.nan)
    return np.round(segment.vectors.cosines(rows, query.vector), 6).astype(np.float64)


def _says(s: Scan, local: Rows, query: SearchQuery) -> Iterator[Floats]:
    """For each filter, whether a row says yes of its own; a deduced thématique half does."""
    for field, wanted in query.filters.items():
        if field != "modes_accueil":
            yield s.ground.says(local, field, wanted)
    if query.place is not None:
        yield s.ground.says_zone(local)


def _suits(s: Scan, local: Rows, query: SearchQuery) -> Iterator[Floats]:
    """For each wish, how a row answers it."""
    for field, wanted in query.wishes.items():
        yield s.ground.suits(local, field, wanted)


def _next_starts(segment: Segment, rows: Rows, first_day: int) -> tuple[Floats, Floats]:
    owners, places = segment.slot_days.places(rows)
    days, starts, full = (
        column.values[places] for column in (segment.slot_days, segment.slot_starts, segment.slot_full)
    )
    return ranking.next_starts(len(rows), owners, starts, full.astype(np.bool_), days >= first_day)
