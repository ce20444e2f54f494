"""All the ways to type a place, each a key that leads to a row of the gazetteer."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from indexer.geocode.commune import ARRONDISSEMENT, Commune
from indexer.geocode.names import LINKING_WORDS, fold, without_article

INNER_WORD = 0.1
"""« denis » finds Saint-Denis, as if it were ten times smaller."""

FORMER_NAME = 0.01
"""The name of a delegated commune finds its commune, after the communes of today that bear it."""


class TypedName(NamedTuple):
    """`key` is folded; `weight` is a number of inhabitants; `whole` when the key is the name in full."""

    key: str
    row: int
    weight: float
    whole: bool


def _spellings(name: str, row: int, weight: float) -> Iterator[TypedName]:
    key = fold(name)
    core = without_article(key)
    yield TypedName(key, row, weight, True)
    if core and core != key:
        yield TypedName(core, row, weight, True)
        yield TypedName(key.replace(" ", "", 1), row, weight, True)  # « letang sale »
    words = core.split()
    for start in range(1, len(words)):
        if words[start] not in LINKING_WORDS:
            yield TypedName(" ".join(words[start:]), row, weight * INNER_WORD, False)


def _numbered(name: str, row: int, weight: float) -> Iterator[TypedName]:
    """« Paris 1er Arrondissement » is also typed « paris 1 », « paris 01 », « paris 1eme »."""
    city, number, *_ = fold(name).split()
    digits = re.sub(r"\D", "", number)
    for key in (f"{city} {digits}", f"{city} {digits}eme", f"{city} {int(digits):02d}"):
        yield TypedName(key, row, weight, True)


def iter_typed_names(communes: Sequence[Commune], row_of: Mapping[str, int]) -> Iterator[TypedName]:
    """For communes of all types; `row_of` maps the code of a place to its row among them."""
    for row, commune in enumerate(communes):
        weight = commune.population + 1.0
        if commune.is_place:
            yield from _spellings(commune.nom, row, weight)
        elif commune.parent is not None and commune.parent in row_of:
            place = row_of[commune.parent]
            if fold(communes[place].nom) != fold(commune.nom):
                yield from _spellings(commune.nom, place, FORMER_NAME * (communes[place].population + 1.0))
        if commune.type == ARRONDISSEMENT:
            yield from _numbered(commune.nom, row, weight)
