"""Distress in a text: what to say to the person, and the public numbers to give before anything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from indexer.emergency import EMERGENCY_NUMBERS, EmergencyNumber
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.rules import NEVER, RuleSet
from indexer.understanding.words import Said

_SAID = "phrases"


@dataclass(frozen=True, slots=True)
class Urgency:
    """`motive` is the gravest that was said, `numbers` those of all, the gravest's first; `words` led to it."""

    motive: str
    message: str
    numbers: tuple[EmergencyNumber, ...]
    words: tuple[str, ...]


class UrgencyReader:
    """Built once; shared between threads."""

    def __init__(self, read: Mapping[str, Mapping[str, Any]]) -> None:
        """`read` maps motives, gravest first, to `message`, `numeros`, `phrases` and `jamais`."""
        self._told = read
        self.rules = RuleSet({name: {_SAID: own[_SAID], NEVER: own[NEVER]} for name, own in read.items()}, {_SAID: 1.0})

    def read(self, said: Said, words: tuple[str, ...] | None = None) -> Urgency | None:
        """None when nothing is urgent."""
        found = self.rules.find(said, words)
        if not found:
            return None
        numbers = dict.fromkeys(number for sign in found for number in self._told[sign.code]["numeros"])
        return Urgency(
            motive=found[0].code,
            message=self._told[found[0].code]["message"],
            numbers=tuple(EMERGENCY_NUMBERS[number] for number in numbers),
            words=found[0].words,
        )


@cache
def load_urgency_reader() -> UrgencyReader:
    return UrgencyReader(read_phrasebook("urgences"))
