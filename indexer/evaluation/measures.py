"""nDCG, precision, success and reciprocal rank, by the formulas of `ir-measures` (those of TREC)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from indexer.errors import EvaluationError
from indexer.evaluation.judged import RIGHT

NDCG, PRECISION, SUCCESS, RECIPROCAL = "nDCG@10", "P@5", "succès@3", "MRR@10"

DEPTH: Final = 10
"""Answers that are looked at: a page shows about as many."""


def measure_ranking(
    grades: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Per need, each measure in 0–1. A need without an answer is worth 0. EvaluationError without the library.

    Gains are the grades themselves; for the others an offer is right or not. P@5 cannot reach 1 where fewer than five
    offers are right: it is divided by what can be reached.
    """
    ir = _library()
    right = {"rel": RIGHT}
    names = {
        str(ir.nDCG @ DEPTH): NDCG,
        str(ir.P(**right) @ 5): PRECISION,
        str(ir.Success(**right) @ 3): SUCCESS,
        str(ir.RR(**right) @ DEPTH): RECIPROCAL,
    }
    qrels = [ir.Qrel(need, offer, grade) for need, own in grades.items() for offer, grade in own.items()]
    answers = [
        ir.ScoredDoc(need, offer, float(DEPTH - rank))
        for need, ids in rankings.items()
        for rank, offer in enumerate(ids[:DEPTH])
    ]
    found = {need: dict.fromkeys(names.values(), 0.0) for need in grades}
    for metric in ir.iter_calc([ir.parse_measure(name) for name in names], qrels, answers):
        found[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    for need, values in found.items():
        values[PRECISION] /= min(5, sum(grade >= RIGHT for grade in grades[need].values())) / 5
    return found


def _library() -> Any:
    """A module without types."""
    try:
        import ir_measures
    except ImportError as error:
        message = "Il manque ir-measures : installez les outils de développement, pip install 'maillage[dev]'."
        raise EvaluationError(message) from error
    return ir_measures
