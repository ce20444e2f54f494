"""What a counting request says: total, facets, and the state of the version that it saw."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.engines.base import SearchQuery
from indexer.engines.elasticsearch.client import MissingError
from indexer.engines.elasticsearch.codes import EVERYTHING, NAMED, UNKNOWN
from indexer.engines.elasticsearch.requests import Body


@dataclass(frozen=True)
class Counts:
    """`found` before the selections; `called` how many hold nearly all the words; `changes` batches since the build."""

    index: str
    changes: int
    total: int
    found: int
    called: int
    facets: Mapping[str, Mapping[str, int]]


def read_counts(answer: Body, query: SearchQuery) -> Counts:
    """MissingError for a version that is not finished."""
    held = answer["aggregations"]
    state, found = held["etat"], held["trouves"]
    if not state["index"]["buckets"]:
        raise MissingError("Cette version de l'index n'est pas finie.")
    return Counts(
        index=state["index"]["buckets"][0]["key"],
        changes=int(state["changes"]["value"]),
        total=answer["hits"]["total"]["value"],
        found=found["doc_count"],
        called=found["appeles"]["doc_count"] if "appeles" in found else 0,
        facets={field: _read_facet(found[field]) for field in query.facets},
    )


def _read_facet(told: Body) -> dict[str, int]:
    """How many offers each value alone would give; under the empty name, how many were kept."""
    kept = {"": int(told["doc_count"])}
    if "valeurs" not in told:
        return {mode: held["doc_count"] for mode, held in told.items() if isinstance(held, dict)} | kept
    own = {bucket["key"]: bucket["doc_count"] for bucket in told["valeurs"]["buckets"]}
    always = own.pop(UNKNOWN, 0) + own.pop(EVERYTHING, 0)
    named = {value.removeprefix(NAMED): 0 for value in own if value.startswith(NAMED)}
    said = {value: number for value, number in own.items() if not value.startswith(NAMED)}
    return {value: number + always for value, number in (named | said).items()} | kept
