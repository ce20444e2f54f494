"""Builds values from JSON events, and notices what a plain parser hides: repeated keys, bottomless nesting."""

from decimal import Decimal
from typing import Any, Final

from indexer.feeds.base import Row

MAX_DEPTH: Final = 12
NOT_AN_OBJECT: Final = "ce n'est pas un objet avec des champs (un texte, un nombre ou une liste se trouve à sa place)."
TOO_DEEP: Final = f"plus de {MAX_DEPTH} niveaux imbriqués : ce n'est pas une offre ni une structure."


class UniqueKeys:
    """An `object_pairs_hook` that remembers the keys given twice; the last value wins, as everywhere in JSON."""

    def __init__(self) -> None:
        self.doubles: list[str] = []

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) < len(pairs):
            names = [name for name, _ in pairs]
            self.doubles += sorted({name for name in names if names.count(name) > 1})
        return built


class ItemBuilder:
    """One item of a list, from the events of a streaming parser."""

    def __init__(self) -> None:
        self.value: Any = None
        self.too_deep = False
        self._stack: list[Any] = []
        self._keys: list[str] = []
        self._depth = 0
        self._doubles: list[str] = []

    @property
    def doubles(self) -> tuple[str, ...]:
        return tuple(self._doubles)

    def add(self, event: str, value: Any) -> None:
        if event in ("end_map", "end_array"):
            self._close()
        elif event == "map_key":
            if not self.too_deep:
                self._key(value)
        elif event in ("start_map", "start_array"):
            self._open({} if event == "start_map" else [])
        elif not self.too_deep:
            self._put(float(value) if isinstance(value, Decimal) else value)

    def _key(self, key: str) -> None:
        if key in self._stack[-1]:
            self._doubles.append(key)
        self._keys[-1] = key

    def _open(self, container: Any) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.too_deep = True
        if self.too_deep:
            return
        self._put(container)
        self._stack.append(container)
        self._keys.append("")

    def _close(self) -> None:
        self._depth -= 1
        if not self.too_deep:
            self._stack.pop()
            self._keys.pop()

    def _put(self, value: Any) -> None:
        if not self._stack:
            self.value = value
        elif isinstance(self._stack[-1], list):
            self._stack[-1].append(value)
        else:
            self._stack[-1][self._keys[-1]] = value


def as_row(number: int, value: Any, doubles: tuple[str, ...], too_deep: bool) -> Row:
    """A row from a value; refused when it is no object or too deep, with a remark for repeated keys."""
    if too_deep:
        return Row(number, refusal=TOO_DEEP)
    if not isinstance(value, dict):
        return Row(number, refusal=NOT_AN_OBJECT)
    remarks = tuple(f"La clé « {key} » figure plusieurs fois ; la dernière valeur est gardée." for key in doubles)
    return Row(number, value, remarks=remarks)
