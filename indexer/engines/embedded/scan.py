"""The first look at one segment: which rows pass, which are admitted, how they answer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from indexer.engines import ranking
from indexer.engines.base import SearchQuery, Words
from indexer.engines.embedded.counting import Counts, Kept
from indexer.engines.embedded.domain import Domain, Mask, Rows
from indexer.engines.embedded.ground import Ground, View
from indexer.engines.embedded.grounds import Grounds
from indexer.engines.embedded.segment import Segment
from indexer.engines.shared import SHARE_SLACK


@dataclass(frozen=True)
class Answers:
    """How the rows of a domain answer what was typed, in 0–1: by their words, by their names, by their thématiques."""

    words: NDArray[np.float32]
    name: NDArray[np.float64]
    need: NDArray[np.float32]


@dataclass(frozen=True)
class Scan:
    """Masks over the local rows of a ground's domain, and how they answer. `base`: the rows that may be found."""

    view: View
    ground: Ground
    base: Mask
    admitted: Mask
    selections: Mapping[str, Mask]
    answers: Answers

    @property
    def domain(self) -> Domain:
        return self.ground.domain

    @property
    def distance(self) -> NDArray[np.float64]:
        return self.ground.distance

    @property
    def start(self) -> NDArray[np.int64] | None:
        return self.ground.start

    @cached_property
    def passing(self) -> Mask:
        """What is admitted and may be found, whatever the selections."""
        return self.base & self.admitted

    @cached_property
    def eligible(self) -> Mask:
        """What the query finds."""
        return reduce(np.logical_and, self.selections.values(), self.passing)

    @cached_property
    def kept(self) -> Kept:
        """The same, for what reads their rows."""
        return Kept(self.domain, self.eligible, self.view.segment.size)

    def kept_for(self, field: str) -> Kept:
        """What the query would find without the selection on one field."""
        if field not in self.selections:
            return self.kept
        others = (mask for name, mask in self.selections.items() if name != field)
        return replace(self.kept, mask=reduce(np.logical_and, others, self.passing))

    def count(self, field: str, place_given: bool) -> Counts:
        """How many documents each value of a field alone would give."""
        kept = self.kept_for(field)
        if field == "modes_accueil" and place_given:
            modes = self.ground.mode_flags().items()
            own = {mode: int(np.count_nonzero(kept.mask & mask)) for mode, mask in modes}
            return Counts(len(kept), 0, own)
        return self.view.segment.coded[field].counts(kept)


def scan(view: View, query: SearchQuery, grounds: Grounds) -> Scan:
    """Looks at one segment."""
    ground = grounds.of(view.segment, query)
    base = _living(view, ground, query)
    admitted, answers = _admission(ground, base, query)
    selections = {field: ground.selection(field, wanted) for field, wanted in query.filters.items()}
    return Scan(view, ground, base, admitted, selections, answers)


def _living(view: View, ground: Ground, query: SearchQuery) -> Mask:
    """The ground's rows without those that live changes replaced, and those that the query excludes."""
    if view.alive is None and not query.exclude:
        return ground.base
    base = ground.base.copy() if view.alive is None else ground.base & ground.domain.take(view.alive)
    for document_id in query.exclude:
        row = view.segment.identifiers.row_of(document_id)
        if row is not None:
            base[ground.domain.within(np.array([row], dtype=np.int32))[0]] = False
    return base


def _admission(ground: Ground, base: Mask, query: SearchQuery) -> tuple[Mask, Answers]:
    """Which rows are admitted, and how they answer. Names are looked at in rows that may be found only."""
    segment, domain = ground.segment, ground.domain
    words, name = np.zeros(domain.size, dtype=np.float32), np.zeros(domain.size)
    need = np.zeros(domain.size, dtype=np.float32)
    if not query.asks_for_something:
        return np.ones(domain.size, dtype=np.bool_), Answers(words, name, need)
    admitted = np.zeros(domain.size, dtype=np.bool_)
    if query.words is not None and query.words.groups:
        scores = segment.postings.score(domain, query.words)
        words = scores.score
        admitted |= scores.share >= query.words.share - SHARE_SLACK
        called = np.flatnonzero(base & (scores.share >= ranking.NEARLY_ALL - SHARE_SLACK))
        name[called] = _name_fit(segment, domain.rows(called), query.words)
    for wanted in query.needs:
        found = segment.coded["thematiques"].matching(domain, wanted.thematique)
        worth = np.full(domain.size, wanted.score)
        for column, share in ((segment.predicted, ranking.PREDICTED), (segment.faint, ranking.FAINT)):
            worth[column.matching(domain, wanted.thematique)] *= share
        need[found] = np.maximum(need[found], worth[found].astype(np.float32))
        admitted[found] = True
    _spread(need, segment, domain)
    if query.metiers:
        admitted |= segment.coded["metiers"].flags(domain, query.metiers)
        np.maximum(need, _job_worth(segment, domain, query), out=need)
    return admitted, Answers(words, name, need)


def _job_worth(segment: Segment, domain: Domain, query: SearchQuery) -> NDArray[np.float32]:
    """Of each row, what its best job is worth; a deduced one less: an offer never has both."""
    jobs, worth = segment.coded["metiers"], np.zeros(domain.size, dtype=np.float32)
    fields = sorted({code[: ranking.FIELD] for code in query.metiers})
    near = {code: ranking.job_fit(code, query.metiers) for field in fields for code in jobs.starting(field)}
    jobs.raise_to(worth, domain, near)
    deduced = np.zeros(domain.size, dtype=np.float32)
    segment.predicted.raise_to(deduced, domain, near)
    worth[deduced > 0] *= np.float32(ranking.PREDICTED)
    return worth


def _spread(need: NDArray[np.float32], segment: Segment, domain: Domain) -> None:
    """Lowers the needs that an offer answers among many others."""
    for_one = np.flatnonzero(need > 0)
    counts = segment.coded["thematiques"].count_values(domain.rows(for_one))
    table = np.array([ranking.spread(count) for count in range(int(counts.max(initial=0)) + 1)])
    need[for_one] *= table[counts].astype(np.float32)


def _name_fit(segment: Segment, rows: Rows, words: Words) -> NDArray[np.float64]:
    if not len(rows) or len(rows) > ranking.MAX_NAMED:
        return np.zeros(len(rows))
    return ranking.name_fit(words, ranking.HeldNames(len(rows), *segment.names.of_rows(rows)))
