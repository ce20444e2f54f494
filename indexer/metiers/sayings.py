"""The lexicon of jobs: how people say them, a readable file a ROME domain (`lexicon/`, A to N).

A code has names of the job (slang, old names, feminine forms), what one does, where or wishes to (a phrase may stand
under several codes), and a few lines in other languages.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

LEXICON = "indexer.metiers.lexicon"


@dataclass(frozen=True)
class Sayings:
    """The phrases of a job. `langues` goes by ISO 639-1 code."""

    noms: tuple[str, ...] = ()
    envies: tuple[str, ...] = ()
    langues: Mapping[str, tuple[str, ...]] | None = None

    @classmethod
    def from_toml(cls, read: Mapping[str, Any]) -> Self:
        langues = {code: tuple(own) for code, own in read.get("langues", {}).items()}
        return cls(tuple(read.get("noms", ())), tuple(read.get("envies", ())), langues)

    def foreign(self) -> tuple[str, ...]:
        """The lines in other languages, one after the other."""
        return tuple(phrase for own in (self.langues or {}).values() for phrase in own)

    def __iter__(self) -> Iterator[str]:
        yield from (*self.noms, *self.envies, *self.foreign())


@cache
def load_sayings() -> Mapping[str, Sayings]:
    """ROME code → how the job is said, in the order of codes."""
    read: dict[str, Any] = {}
    for file in sorted(files(LEXICON).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            read |= tomllib.loads(file.read_text("utf-8"))
    return {code: Sayings.from_toml(own) for code, own in sorted(read.items())}
