"""Writing many documents: in requests of a few megabytes, slower when the server says that it is too much."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from elasticsearch import Elasticsearch

from indexer.engines.elasticsearch.client import FULL_DISK, WRITE_S, Cluster
from indexer.engines.elasticsearch.turns import iter_turns
from indexer.errors import EngineError

MOST_BYTES = 4_000_000
"""Of one request: larger ones are no quicker (Elasticsearch advises 5 to 15 MB), and hold more memory."""

_ATTEMPTS = 6
_FIRST_PAUSE_S = 0.1
_TOO_MANY = 429
_BLOCKED = "cluster_block"
_SHOWN = 3


def write(cluster: Cluster, index: str, actions: Iterable[bytes]) -> int:
    """Writes the actions in their order and returns how many. EngineError names what was refused, and why."""
    count = 0
    for chunk in _iter_chunks(actions):
        _send(cluster, index, chunk)
        count += len(chunk)
    return count


def _iter_chunks(actions: Iterable[bytes]) -> Iterator[list[bytes]]:
    chunk: list[bytes] = []
    size = 0
    for action in actions:
        if chunk and size + len(action) > MOST_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += len(action)
    if chunk:
        yield chunk


def _send(cluster: Cluster, index: str, chunk: list[bytes]) -> None:
    """Each action has its own answer: those that came at a bad moment are sent again, alone."""
    for _ in iter_turns(_ATTEMPTS, _FIRST_PAUSE_S):
        answer = cluster.call(partial(_post, index=index, chunk=chunk), timeout=WRITE_S)
        results = [next(iter(item.values())) for item in answer["items"]] if answer["errors"] else []
        refused = [result for result in results if "error" in result and not _passes(result)]
        if refused:
            raise EngineError(_told(refused))
        chunk = [action for action, result in zip(chunk, results, strict=False) if _passes(result)]
        if not chunk:
            return
    raise EngineError("Elasticsearch ne peut pas tout écrire maintenant : il est surchargé. Réessayez bientôt.")


def _passes(result: dict[str, Any]) -> bool:
    """Whether the same action may succeed in a moment. A full disk answers so too, and does not pass."""
    return result["status"] == _TOO_MANY and _BLOCKED not in result["error"]["type"]


def _post(client: Elasticsearch, *, index: str, chunk: list[bytes]) -> Any:
    lines: list[Any] = [*chunk]  # the client takes bytes as they are, and its types do not say so
    return client.bulk(index=index, operations=lines)


def _told(refused: list[dict[str, Any]]) -> str:
    if any(_BLOCKED in result["error"]["type"] for result in refused):
        return FULL_DISK
    shown = " ; ".join(f"{result['_id'][2:]} : {result['error']['reason']}" for result in refused[:_SHOWN])
    return f"Elasticsearch a refusé {len(refused)} offres ({shown})."
