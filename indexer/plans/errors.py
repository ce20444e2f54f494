"""What can go wrong with a plan."""

from indexer.errors import PlanError
from indexer.plans.model import Fields, Line

__all__ = ["LineGone", "PlanError", "StaleLine"]


class LineGone(PlanError):
    """Somebody else took the line off meanwhile. `wanted` is what was to be written."""

    def __init__(self, wanted: Fields) -> None:
        super().__init__("Cette étape n’est plus dans le plan : quelqu’un d’autre l’a retirée.")
        self.wanted = wanted


class StaleLine(PlanError):
    """Somebody else changed the same fields meanwhile: `fields` are those where both part."""

    def __init__(self, current: Line, wanted: Fields, fields: tuple[str, ...], merged: Fields) -> None:
        """`current` is theirs, `wanted` yours; `merged` holds what each changed alone, and theirs in `fields`."""
        super().__init__("Quelqu’un d’autre a changé cette étape en même temps que vous. Choisissez ce qui reste.")
        self.current = current
        self.wanted = wanted
        self.fields = fields
        self.merged = merged
