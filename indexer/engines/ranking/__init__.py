"""The final ranking: shared by both engines, made of named parts."""

from indexer.engines.ranking.candidates import Candidates, filled, joined
from indexer.engines.ranking.names import MAX_NAMED, NEARLY_ALL, HeldNames, iter_codes, name_fit
from indexer.engines.ranking.needs import FAINT, FIELD, JOB, NEAR_JOB, PREDICTED, job_fit, need_fit, spread
from indexer.engines.ranking.order import Ranked, first_look, rank
from indexer.engines.ranking.parts import ANYTHING, UNKNOWN, Setting, half_km_of
from indexer.engines.ranking.reading import age_fit, mean_of, next_starts
from indexer.engines.ranking.weights import weights_for

__all__ = [
    "ANYTHING",
    "FAINT",
    "FIELD",
    "JOB",
    "MAX_NAMED",
    "NEARLY_ALL",
    "NEAR_JOB",
    "PREDICTED",
    "UNKNOWN",
    "Candidates",
    "HeldNames",
    "Ranked",
    "Setting",
    "age_fit",
    "filled",
    "first_look",
    "half_km_of",
    "iter_codes",
    "job_fit",
    "joined",
    "mean_of",
    "name_fit",
    "need_fit",
    "next_starts",
    "rank",
    "spread",
    "weights_for",
]
