"""The same search with some of its means taken away: what each one brings, and answers that none alone would give."""

from dataclasses import replace
from typing import Any, Final, Literal

from indexer.engines.base import SearchEngine, SearchHits, SearchQuery

View = Literal["complete", "mots", "sens"]

VIEWS: Final[tuple[View, ...]] = ("complete", "mots", "sens")


class ViewedEngine:
    """An engine that is asked less: `mots` keeps the words alone, `sens` the meaning alone. Filters and place stay."""

    def __init__(self, engine: SearchEngine, view: View) -> None:
        self._engine, self._view = engine, view

    def search(self, query: SearchQuery, version: str | None = None) -> SearchHits:
        return self._engine.search(build_view(query, self._view), version)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def build_view(query: SearchQuery, view: View) -> SearchQuery:
    """A query without any means of finding is left whole: it lists what the filters admit."""
    if view == "mots" and query.words is not None:
        return replace(query, vector=None, needs=(), metiers=(), wishes={}, age=None, reach=None)
    if view == "sens" and query.vector is not None:
        return replace(query, words=None, needs=(), metiers=(), wishes={}, age=None, reach=None)
    return query
