"""Of what was read several times in a text, the surest reading."""

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar


class Scored(Protocol):
    @property
    def score(self) -> float: ...


Reading = TypeVar("Reading", bound=Scored)


def best_of_each(read: Iterable[Reading], name: Callable[[Reading], str]) -> dict[str, Reading]:
    """Name → the reading with the best score, the first of those as good; names in the order in which they came."""
    best: dict[str, Reading] = {}
    for one in read:
        known = best.get(name(one))
        if known is None or one.score > known.score:
            best[name(one)] = one
    return best
