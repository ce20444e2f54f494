"""What was typed, by field: every reader starts from here, so that nothing typed is ever lost."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

import orjson

Answers = Mapping[str, tuple[str, ...]]

MAX_LONG: Final = 4_000
MAX_SHORT: Final = 200
MOST_VALUES: Final = 30
"""Values of one field, and characters of a text and of a line, that are kept at all: four times what is accepted."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean_answers(given: Mapping[str, Iterable[str]], known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The known fields, without control characters; what is far too long is cut at four times what is accepted."""
    return {
        name: tuple(clean_text(value)[: 4 * MAX_LONG] for value in list(values)[:MOST_VALUES])
        for name, values in given.items()
        if name in known
    }


def clean_text(text: str) -> str:
    return _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def one(answers: Answers, name: str) -> str:
    """The first value of a field; empty when there is none."""
    return next(iter(answers.get(name, ())), "")


def one_line(answers: Answers, name: str) -> str:
    return " ".join(one(answers, name).split())


def many(answers: Answers, name: str) -> tuple[str, ...]:
    """All values that say something."""
    return tuple(value for value in answers.get(name, ()) if value)


def dump(answers: Answers) -> str:
    return orjson.dumps({name: list(values) for name, values in answers.items()}).decode()


def load(text: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in orjson.loads(text).items()}
