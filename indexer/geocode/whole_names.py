"""Places by their whole name, for texts in which a name stands among other words."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.geocode.commune import Commune
from indexer.geocode.names import ARTICLES, fold

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_NOT_WORD = re.compile(r"[^a-z0-9\n]+")
_KEY = 2


@dataclass(frozen=True)
class _Shelf:
    """The places whose names begin with the same letters: by whole name, the largest first; and their first words."""

    places: dict[str, list[Commune]]
    beginnings: frozenset[str]


class WholeNames:
    """Folded names (`indexer.geocode.names.fold`) to the places that bear them.

    Names are folded two letters at a time, when a text first asks for them: all at once take a third of a second.
    """

    def __init__(self, communes: Iterable[Commune]) -> None:
        self._by_letters: dict[str, list[Commune]] = {}
        keys: dict[str, str] = {}
        for commune in communes:
            if commune.is_place:
                letters = commune.nom[:_KEY]
                key = keys.get(letters)
                if key is None:
                    key = keys[letters] = fold(letters)[:_KEY].strip()
                self._by_letters.setdefault(key, []).append(commune)
        self._shelves: dict[str, _Shelf] = {}

    def find(self, folded: str) -> Sequence[Commune]:
        """The largest first; nothing when no place is called so."""
        return self._shelf(folded).places.get(folded, ())

    def may_begin(self, word: str) -> bool:
        """Whether a name begins with this folded word."""
        return word in self._shelf(word).beginnings

    def main_names(self, inhabitants: int) -> dict[str, Commune]:
        """The largest place of each name of one word (its article left out) that has so many inhabitants."""
        found: dict[str, Commune] = {}
        for commune in self._ordered:
            words = [word for word in fold(commune.nom).split() if word not in ARTICLES]
            if commune.population < inhabitants:
                break
            if len(words) == 1:
                found.setdefault(words[0], commune)
        return found

    def largest_of(self, departement: str) -> Commune | None:
        """The place of a département with most inhabitants."""
        return next((commune for commune in self._ordered if commune.departement == departement), None)

    @cached_property
    def _ordered(self) -> list[Commune]:
        return sorted((c for own in self._by_letters.values() for c in own), key=_largest_first)

    def _shelf(self, folded: str) -> _Shelf:
        key = folded[:_KEY].strip()
        shelf = self._shelves.get(key)
        if shelf is None:
            shelf = self._shelves[key] = _build_shelf(self._by_letters.get(key, []))
        return shelf


def _build_shelf(communes: Iterable[Commune]) -> _Shelf:
    ordered = sorted(communes, key=_largest_first)
    places: dict[str, list[Commune]] = {}
    for name, commune in zip(_fold_all([c.nom for c in ordered]), ordered, strict=False):
        places.setdefault(name, []).append(commune)
    return _Shelf(places, frozenset(name.partition(" ")[0] for name in places))


def _largest_first(commune: Commune) -> tuple[int, str]:
    return -commune.population, commune.code


def _fold_all(names: Sequence[str]) -> list[str]:
    """As `fold`, all at once: ten times faster. « St » is never written so in the gazetteer."""
    lowered = "\n".join(names).translate(_LIGATURES).lower()
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode()
    return [name.strip() for name in _NOT_WORD.sub(" ", plain).split("\n")]
