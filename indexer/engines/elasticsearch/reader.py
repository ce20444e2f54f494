"""Where a search reads: an index, the live alias, or a point in time."""

from dataclasses import dataclass, replace
from typing import Any

from indexer.engines.elasticsearch.client import Cluster
from indexer.engines.elasticsearch.requests import Body

_KEPT = "30m"
"""How long what a search saw is kept from the last page read of it."""


@dataclass(frozen=True)
class Reader:
    """`target` is an index or an alias; `pit` a point in time, which then counts alone."""

    cluster: Cluster
    target: str
    pit: str | None = None

    def at(self, index: str) -> "Reader":
        """The same on one index: what follows an alias must not be moved by a swap."""
        return replace(self, target=index)

    def search(self, body: Body) -> Body:
        found: Body = self.cluster.call(lambda c: c.search(**self._where(), body=self._with_pit(body)))
        return found

    def hits(self, body: Body) -> list[Body]:
        """The hits alone, without counting."""
        return _hits_of(self.search(body | {"track_total_hits": False}))

    def all_hits(self, bodies: list[Body]) -> list[list[Body]]:
        """The hits of several searches in one request."""
        if len(bodies) < 2:
            return [self.hits(body) for body in bodies]
        lines: list[Any] = []
        for body in bodies:
            lines += [self._where(), self._with_pit(body | {"track_total_hits": False})]
        answers = self.cluster.call(lambda c: c.msearch(searches=lines))["responses"]
        if any("error" in answer for answer in answers):  # asked again alone, it raises its own error
            return [self.hits(body) for body in bodies]
        return [_hits_of(answer) for answer in answers]

    def _where(self) -> Body:
        return {} if self.pit is not None else {"index": self.target}

    def _with_pit(self, body: Body) -> Body:
        return body if self.pit is None else body | {"pit": {"id": self.pit, "keep_alive": _KEPT}}


def open_pit(cluster: Cluster, index: str) -> str:
    """A point in time on what searches see now."""
    return str(cluster.call(lambda c: c.open_point_in_time(index=index, keep_alive=_KEPT))["id"])


def _hits_of(answer: Body) -> list[Body]:
    hits: list[Body] = answer["hits"]["hits"]
    return hits
