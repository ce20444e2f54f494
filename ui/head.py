"""What a page tells to machines that list pages: its one address, whether to list it, and its facts (schema.org)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from indexer.catalogue import SourceSummary
from ui.contexts.facts import EXAMPLE_SOURCE

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    """`path` is None for what has no address of its own: an error, the words of a person. `facts` are JSON-LD."""

    path: str | None = None
    listed: bool = False
    facts: Facts | None = None


UNLISTED = Head()


def holds_real_offers(sources: Iterable[SourceSummary]) -> bool:
    """Whether search engines may list the site: never while it shows only examples."""
    return any(source.source != EXAMPLE_SOURCE for source in sources)
