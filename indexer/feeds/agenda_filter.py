"""Keeps, in an agenda, what an insertion worker could offer: a job dating, not a flea market.

A readable lexicon (agenda_lexicon.toml) gives points; see docs/sources/agendas.md for what it was measured at.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from indexer.normalise.folding import unaccent

THRESHOLD: Final = 3
"""Points from which an event is kept: one word of a need is enough, « atelier » alone is not."""

TITLE_WEIGHT: Final = 2
LONGEST: Final = 4_000
"""Characters of description that are read: what an event is about is said at its beginning."""


@dataclass(frozen=True, slots=True)
class Family:
    """Words that mean one thing, and what they are worth (negative: against)."""

    name: str
    points: int
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """`points`, and the families that were found, for and against."""

    points: int
    found: tuple[str, ...]

    @property
    def kept(self) -> bool:
        return self.points >= THRESHOLD


@cache
def load_families() -> tuple[Family, ...]:
    """The lexicon as shipped."""
    content = tomllib.loads(files("indexer.feeds").joinpath("agenda_lexicon.toml").read_text(encoding="utf-8"))
    return tuple(
        Family(name, entry["points"], re.compile("|".join(entry["mots"])))
        for side in ("oui", "non")
        for name, entry in content[side].items()
    )


def judge_event(title: str, description: str = "", keywords: Iterable[str] = ()) -> Verdict:
    """What the lexicon says of an event. Each family counts once in the title (twice its points), else in the rest."""
    head = _plain(title)
    body = _plain(f"{description[:LONGEST]} {' '.join(keywords)}")
    points, found = 0, []
    for family in load_families():
        weight = TITLE_WEIGHT if family.pattern.search(head) else int(family.pattern.search(body) is not None)
        if weight:
            points += weight * family.points
            found.append(family.name)
    return Verdict(points, tuple(found))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]{0,500}>", " ", unaccent(text).lower()).split())
