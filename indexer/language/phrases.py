"""The lexicon: how people say their needs, two readable files a category of thématiques.

`<catégorie>.toml` has what persons say, what professionals write, and lines in other languages;
`<catégorie>-intitules.toml` has how services are titled, and the one or two words that are typed in a search box.
"""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Self

from indexer.schema.vocabulary import thematiques

LEXICON = "indexer.language.lexicon"

OFF_TOPIC = "hors-sujet.toml"
"""The one file of the lexicon that speaks of no need."""


@dataclass(frozen=True)
class Sayings:
    """The phrases of a thématique by register. `mots` are one to three words; `langues` goes by ISO 639-1 code."""

    personnes: tuple[str, ...]
    professionnels: tuple[str, ...]
    intitules: tuple[str, ...]
    mots: tuple[str, ...]
    langues: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_toml(cls, read: Mapping[str, Any]) -> Self:
        """KeyError when a register is missing."""
        return cls(
            tuple(read["personnes"]),
            tuple(read["professionnels"]),
            tuple(read["intitules"]),
            tuple(read["mots"]),
            {code: tuple(own) for code, own in read["langues"].items()},
        )

    def registers(self) -> dict[str, tuple[str, ...]]:
        """Five lists by name, the languages in one."""
        return {
            "personnes": self.personnes,
            "professionnels": self.professionnels,
            "intitules": self.intitules,
            "mots": self.mots,
            "langues": tuple(phrase for own in self.langues.values() for phrase in own),
        }

    def __iter__(self) -> Iterator[str]:
        for own in self.registers().values():
            yield from own


@cache
def load_lexicon() -> Mapping[str, Sayings]:
    """Thématique → how it is said, in the order of the vocabulary."""
    read: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for file in _iter_files():
        if file.name != OFF_TOPIC:
            for name, registers in tomllib.loads(file.read_text("utf-8")).items():
                read[name] |= registers
    return {name: Sayings.from_toml(read[name]) for name in thematiques() if name in read}


def digest_lexicon() -> str:
    """Of the files as they are written: quicker than reading them."""
    digest = hashlib.sha256()
    for file in _iter_files():
        digest.update(f"{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def load_phrases() -> Mapping[str, tuple[str, ...]]:
    """Thématique → all its phrases, whoever says them, in the order of the vocabulary."""
    return {name: tuple(sayings) for name, sayings in load_lexicon().items()}


def load_off_topic() -> tuple[str, ...]:
    """What is no need: greetings, insults, weather, recipes, and the like."""
    read: dict[str, list[str]] = tomllib.loads((files(LEXICON) / OFF_TOPIC).read_text("utf-8"))
    return tuple(phrase for own in read.values() for phrase in own)


def _iter_files() -> Iterator[Traversable]:
    """The files of the lexicon by name, what is no need among them."""
    yield from sorted((f for f in files(LEXICON).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
