"""The lexicon: how people say their needs, a readable file a category of thématiques.

Each thématique has what persons say, what professionals and directories write, and a few lines in other languages.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Self

from indexer.schema.vocabulary import thematiques

LEXICON = "indexer.language.lexicon"

OFF_TOPIC = "hors-sujet.toml"
"""The one file of the lexicon that speaks of no need."""


@dataclass(frozen=True)
class Sayings:
    """The phrases of a thématique by register. `langues` goes by ISO 639-1 code."""

    personnes: tuple[str, ...]
    professionnels: tuple[str, ...]
    langues: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_toml(cls, read: Mapping[str, Any]) -> Self:
        langues = {code: tuple(own) for code, own in read["langues"].items()}
        return cls(tuple(read["personnes"]), tuple(read["professionnels"]), langues)

    def registers(self) -> dict[str, tuple[str, ...]]:
        """Three lists by name, the languages in one."""
        others = tuple(phrase for own in self.langues.values() for phrase in own)
        return {"personnes": self.personnes, "professionnels": self.professionnels, "langues": others}

    def __iter__(self) -> Iterator[str]:
        for own in self.registers().values():
            yield from own


@cache
def load_lexicon() -> Mapping[str, Sayings]:
    """Thématique → how it is said, in the order of the vocabulary."""
    read: dict[str, Any] = {}
    for file in sorted(files(LEXICON).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml") and file.name != OFF_TOPIC:
            read |= tomllib.loads(file.read_text("utf-8"))
    return {name: Sayings.from_toml(read[name]) for name in thematiques() if name in read}


def load_phrases() -> Mapping[str, tuple[str, ...]]:
    """Thématique → all its phrases, whoever says them, in the order of the vocabulary."""
    return {name: tuple(sayings) for name, sayings in load_lexicon().items()}


def load_off_topic() -> tuple[str, ...]:
    """What is no need: greetings, insults, weather, recipes, and the like."""
    read: dict[str, list[str]] = tomllib.loads((files(LEXICON) / OFF_TOPIC).read_text("utf-8"))
    return tuple(phrase for own in read.values() for phrase in own)
