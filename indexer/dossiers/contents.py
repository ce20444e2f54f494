"""Answers to sealed text and back: what is on the disk says nothing without the key."""

from collections.abc import Mapping
from typing import Protocol

import orjson


class Seals(Protocol):
    """The part of `indexer.sealing.Sealer` that files use."""

    def seal(self, text: str) -> str: ...

    def unseal(self, sealed: str) -> str: ...


def seal_answers(sealer: Seals, answers: Mapping[str, str]) -> str:
    return sealer.seal(orjson.dumps(dict(answers), option=orjson.OPT_SORT_KEYS).decode())


def unseal_answers(sealer: Seals, sealed: str) -> dict[str, str]:
    """An error of the sealer when no key opens it."""
    answers: dict[str, str] = orjson.loads(sealer.unseal(sealed))
    return answers
