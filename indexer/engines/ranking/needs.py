"""How well what an offer is for answers what was understood: needs and jobs, from the codes that it holds."""

from collections.abc import Collection
from math import log

from indexer.engines.base import SearchQuery

PREDICTED = 0.6
"""What a deduced thématique or job is worth beside a stated one."""

FAINT = 0.8
"""The same for a stated thématique of which the offer says nothing: a list ticked whole says little of each line."""

JOB, NEAR_JOB = 0.9, 0.45
"""What the job asked for is worth in an offer that names it, and another job of the same field (« G16 », cooking).

A job that was read is nearly as sure as a need, which « cuistot » or « femme de chambre » only seem to say."""

SPREAD = 0.1
"""An offer of four thématiques answers each .88 of one that has this one alone, an offer of fifteen .79: who says yes
to everything says little of each. More of it (.3) helps judged needs and costs where any shared thématique is right."""

FIELD = 3  # characters of a ROME code that name a professional field
_CODES_OF_ONE = 2  # a thématique comes with its category


def need_fit(
    thematiques: Collection[str],
    metiers: Collection[str],
    query: SearchQuery,
    *,
    predicted: Collection[str] = (),
    faint: Collection[str] = (),
) -> float:
    """In 0–1, from an offer's codes. An engine that looks at many at once says the same by `spread` and `job_fit`."""
    worth = [
        need.score * _share(need.thematique, predicted, faint) for need in query.needs if need.thematique in thematiques
    ]
    jobs = [job_fit(code, query.metiers) * (PREDICTED if code in predicted else 1.0) for code in metiers]
    return max([max(worth, default=0.0) * spread(len(thematiques)), *jobs])


def _share(theme: str, predicted: Collection[str], faint: Collection[str]) -> float:
    return PREDICTED if theme in predicted else FAINT if theme in faint else 1.0


def spread(codes: int) -> float:
    """What the need counts for in an offer of so many thématiques, their categories counted."""
    return 1.0 / (1.0 + SPREAD * log(max(codes / _CODES_OF_ONE, 1.0)))


def job_fit(code: str, asked: Collection[str]) -> float:
    """JOB for a job asked for, NEAR_JOB for one of the same field, else 0."""
    if code in asked:
        return JOB
    return NEAR_JOB if any(code[:FIELD] == one[:FIELD] for one in asked) else 0.0
