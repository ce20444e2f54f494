"""What was dropped, mended, doubted or rejected in a record, told so that its producer can mend it."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much an issue costs the record."""

    INFO = "info"  # mended without loss
    WARNING = "avertissement"  # kept, but doubtful; or an optional value was dropped
    REJECTION = "rejet"  # the record is not taken in


@dataclass(frozen=True, slots=True)
class Issue:
    """One finding on one record. `ligne` counts from 1 in its file; `valeur` is cut at 200 characters."""

    flux: str
    fichier: str
    ligne: int
    id: str | None
    champ: str
    valeur: str
    regle: str
    gravite: Severity
    message: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def shown(value: object) -> str:
    """A value as an issue shows it: one line, at most 200 characters."""
    text = " ".join(str(value).split())
    return text if len(text) <= 200 else text[:199] + "…"
