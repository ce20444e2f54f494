"""Everything by which a job is found: ROME labels, our lexicon, and the job titles where they are loaded."""

from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from indexer.metiers.sayings import load_sayings
from indexer.reference.shipped import rome_labels


class Kind(IntEnum):
    """What a phrase is to its job. Those up to `TITRE` name it."""

    LIBELLE = 0
    NOM = 1
    TITRE = 2
    ENVIE = 3
    LANGUE = 4

    @property
    def is_name(self) -> bool:
        return self <= Kind.TITRE


class Entry(NamedTuple):
    """A phrase and the job that it leads to."""

    text: str
    code: str
    kind: Kind


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """Labels, then the lexicon: always the same order, on which the shipped vectors rely."""
    return (*_iter_labels(), *_iter_sayings())


def _iter_labels() -> Iterator[Entry]:
    for code, label in rome_labels().items():
        yield Entry(label, code, Kind.LIBELLE)


def _iter_sayings() -> Iterator[Entry]:
    for code, own in load_sayings().items():
        yield from (Entry(text, code, Kind.NOM) for text in own.noms)
        yield from (Entry(text, code, Kind.ENVIE) for text in own.envies)
        yield from (Entry(text, code, Kind.LANGUE) for text in own.foreign())
