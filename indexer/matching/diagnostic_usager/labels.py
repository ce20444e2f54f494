"""What a label or a code of the file means, as `libelles.toml` and `codes.toml` write it."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.matching.profile import Moyen
from indexer.schema.vocabulary import thematiques
from indexer.understanding.rules import NEVER, RuleSet
from indexer.understanding.words import read_words, split_words

_SAID = "dit"
_LONGEST = 300
"""Characters of a label that are read."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What labels say: needs, and facts on the person. `known` is false when nothing was recognised."""

    themes: tuple[str, ...] = ()
    moyens: tuple[Moyen, ...] = ()
    publics: tuple[str, ...] = ()
    permis: bool | None = None
    needs_help_online: bool = False
    known: bool = False


class LabelBook:
    """Built once; shared between threads."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]], codes: Mapping[str, Mapping[str, str]]) -> None:
        self._entries = entries
        self._codes = codes
        rules = {code: {_SAID: own[_SAID], NEVER: own.get(NEVER, ())} for code, own in entries.items()}
        self._rules = RuleSet(rules, {_SAID: 1.0})
        self._official = {
            split_words(name): term.value
            for term in thematiques().values()
            if term.parent is not None
            for name in (term.label, term.plain or term.label)
        }

    def read(self, label: str) -> Meaning:
        """A need, a constraint, a situation or an objective, by its label."""
        cut = label[:_LONGEST]
        official = self._official.get(split_words(cut))
        if official is not None:
            found = self._join(self._rules.find(read_words(cut)), ())
            return Meaning((official,), found.moyens, found.publics, found.permis, found.needs_help_online, known=True)
        return self._join(self._rules.find(read_words(cut)), ())

    def of_code(self, kind: str, code: str) -> Meaning:
        """By its code, when the label says nothing. `kind` is « besoins » or « contraintes »."""
        entry = self._codes[kind].get(code.removesuffix(".0"))
        return Meaning() if entry is None else self._join((), (entry,))

    def public_of(self, flag: str) -> str | None:
        """The public that a flag tells, by its name or its word."""
        return self._codes["publics"].get("".join(split_words(flag[:_LONGEST])))

    def _join(self, signs: Iterable[Any], codes: Iterable[str]) -> Meaning:
        entries = [self._entries[code] for code in (*(sign.code for sign in signs), *codes)]
        allowed = [own.get("permis") for own in entries if own.get("permis") is not None]
        return Meaning(
            themes=_all(entries, "thematiques"),
            moyens=_all(entries, "moyens"),  # type: ignore[arg-type]
            publics=_all(entries, "publics"),
            permis=allowed[0] if allowed else None,
            needs_help_online=any(own.get("numerique") == "a-accompagner" for own in entries),
            known=bool(entries),
        )


def _all(entries: Iterable[Mapping[str, Any]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for own in entries for value in own.get(name, ())))


@cache
def load_label_book() -> LabelBook:
    """Read once in a process."""
    return LabelBook(_read("libelles"), _read("codes"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
