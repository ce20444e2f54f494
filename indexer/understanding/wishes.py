"""What was understood beside the need, as the ranking takes it: wishes, and how the person moves."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from indexer.engines.base import Reach
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.rules import Sign

WITHOUT_CAR: Final = "sans-voiture"


def build_wishes(publics: Iterable[Sign], constraints: Iterable[Sign]) -> dict[str, frozenset[str]]:
    """Shaped as the filters of a SearchQuery; fields without a wish are left out."""
    wishes: dict[str, set[str]] = {}
    for sign in publics:
        wishes.setdefault("publics", set()).add(sign.code)
    for sign in constraints:
        for name, values in constraint_wishes(sign.code).items():
            wishes.setdefault(name, set()).update(values)
    return {name: frozenset(values) for name, values in wishes.items()}


def read_reach(words: Sequence[str], constraints: Iterable[Sign]) -> Reach | None:
    """How a person without a car moves: on foot or by bicycle when they say so, else by bus and train."""
    if not any(sign.code == WITHOUT_CAR for sign in constraints):
        return None
    said = set(words)
    return "pied" if "pied" in said else "velo" if "velo" in said else "transports"


def constraint_label(code: str) -> str:
    label: str = _constraints()[code]["label"]
    return label


def constraint_wishes(code: str) -> Mapping[str, Sequence[str]]:
    """Field → values; empty for a constraint that no field of an offer answers."""
    wished: Mapping[str, Sequence[str]] = _constraints()[code].get("souhait", {})
    return wished


@cache
def _constraints() -> Mapping[str, Mapping[str, Any]]:
    return read_phrasebook("contraintes")
