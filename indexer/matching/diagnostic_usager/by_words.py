"""Labels that no table holds, read as any text is."""

from collections.abc import Callable, Sequence
from typing import Final

from indexer.understanding.understander import Understander

SURE_ENOUGH: Final = 0.5
"""A need that is less sure is told as not understood, rather than put in a plan."""


def words_reader(understander: Understander) -> Callable[[str], Sequence[str]]:
    """Thématiques that a label says, surest first."""

    def read(label: str) -> Sequence[str]:
        found = understander.understand(label, look_for_place=False).needs
        return [need.thematique for need in found if need.score >= SURE_ENOUGH]

    return read
