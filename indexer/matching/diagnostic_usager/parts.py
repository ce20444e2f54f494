"""Reads a JSON value that may be anything: what is absent is empty, what has the wrong type is told, nothing fails."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.language.analysis import fold

MOST: Final = 300
"""Lines of one list that are read: a diagnosis has some sixty."""

_SHOWN: Final = 80
_LINE: Final = 500
_YES: Final = frozenset({"oui", "o", "true", "vrai", "1", "yes"})
_NO: Final = frozenset({"non", "n", "false", "faux", "0", "no"})


class Notes:
    """What was not understood, each line once, in the order of the file."""

    MOST: Final = 100

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}
        self._more = 0

    def add(self, path: str, message: str) -> None:
        line = f"{path} : {message}"[:_LINE]
        if line in self._lines:
            return
        if len(self._lines) < self.MOST:
            self._lines[line] = None
        else:
            self._more += 1

    def lines(self) -> tuple[str, ...]:
        told = tuple(self._lines)
        return told if not self._more else (*told, f"et {self._more} autres lignes que nous n'avons pas comprises.")


@dataclass(frozen=True, slots=True)
class Part:
    """An object of the file, and where it stands. Absent fields and nulls read as empty."""

    value: Mapping[str, Any]
    path: str
    notes: Notes

    def part(self, name: str) -> "Part":
        """An object of this one; an empty one where there is none."""
        found = self.value.get(name)
        if found is not None and not isinstance(found, Mapping):
            self._expected(name, "un objet {…}", found)
        return Part(found if isinstance(found, Mapping) else {}, self._path(name), self.notes)

    def parts(self, name: str) -> Iterator["Part"]:
        """The objects of a list. An object alone counts as a list of one."""
        found = self.value.get(name)
        if isinstance(found, Mapping):
            found = [found]
        if found is None:
            return
        if not isinstance(found, list):
            self._expected(name, "une liste […]", found)
            return
        if len(found) > MOST:
            self.notes.add(self._path(name), f"{len(found)} lignes ; les {MOST} premières sont lues.")
        for index, own in enumerate(found[:MOST]):
            if isinstance(own, Mapping):
                yield Part(own, f"{self._path(name)}[{index}]", self.notes)
            elif own is not None:
                self._expected(f"{name}[{index}]", "un objet {…}", own)

    def text(self, name: str) -> str:
        """A text on one line; a number counts as its digits."""
        found = self.value.get(name)
        if isinstance(found, str):
            return " ".join(found.encode(errors="ignore").decode().split())
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        if found is not None:
            self._expected(name, "un texte", found)
        return ""

    def code(self, name: str) -> str:
        """A code in capitals: « non explore », « NON_EXPLORE » are one."""
        return fold(self.text(name)).replace(" ", "_").replace("-", "_").upper()

    def flag(self, name: str) -> bool | None:
        """True, false, or not said."""
        return read_flag(self.value.get(name))

    def tell(self, name: str, message: str) -> None:
        self.notes.add(self._path(name), message)

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

    def _expected(self, name: str, what: str, found: object) -> None:
        self.notes.add(self._path(name), f"{what} est attendu, nous avons lu « {str(found)[:_SHOWN]} ».")


def read_flag(found: object) -> bool | None:
    """A yes or a no, however a program writes it; None for anything else."""
    if isinstance(found, bool):
        return found
    said = fold(str(found)) if isinstance(found, str | int) else ""
    return True if said in _YES else False if said in _NO else None


def shown(text: str) -> str:
    """A text of the file, short enough for a message."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
