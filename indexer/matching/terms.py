"""What the text of an offer asks, set against what a person says: told where it is not known, left out where they say
the contrary. The conditions are in `rules/conditions.toml`; ages of children are read here.

Only offers that are about to be shown are read so: a whole text costs half a millisecond, and what it asks of anybody
is remembered (nothing of the person is).
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from indexer.matching.plain import any_of, plain
from indexer.matching.profile import Profile

_NOTHING: Final = re.compile(r"(?!)")
_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
    )
}  # fmt: skip
_NUMBER: Final = rf"(\d{{1,2}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_OF_CHILDREN: Final = re.compile(
    rf"\benfants? (?:\w+ ){{0,2}}?(?:de|entre) {_NUMBER}(?: (mois|semaines|ans))?(?: et demi)? (?:a|et) {_NUMBER} ans\b"
)
_CHILD: Final = re.compile(
    r"\b(?:fils|fille|garcon|enfant|bebe|petit|petite|aine|ainee|cadet|cadette|ado|jumeaux|jumelles)s?\b"
    rf"(?: \w+){{0,3}}? {_NUMBER} (ans|mois)\b"
)
_GROWN: Final = 18
_KEPT: Final = 4_096
"""Texts of offers of which it is remembered what they ask: one of a thousand characters each."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What its text asks of a person. `refused`: they say the contrary. `unsaid`: its title names a situation that they
    do not speak of."""

    reserves: tuple[str, ...] = ()
    refused: bool = False
    unsaid: bool = False


@dataclass(frozen=True, slots=True)
class _Condition:
    asked: re.Pattern[str]
    supposed: re.Pattern[str]
    told_to: re.Pattern[str] | None
    met: re.Pattern[str]
    contradicted: re.Pattern[str]
    means: frozenset[str]
    reserve: str


@dataclass(frozen=True, slots=True)
class _Situation:
    """One that a title names, and what those say who are in it."""

    titles: re.Pattern[str]
    said: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the text of an offer says, whoever reads it: conditions asked for, and taken for granted."""

    situations: tuple[_Situation, ...]
    asked: tuple[_Condition, ...]
    supposed: tuple[_Condition, ...]
    children: re.Match[str] | None


def read_terms(profile: Profile, words: str, offre: Mapping[str, Any]) -> Terms:
    """`words`: all that the person says, as `plain` writes it."""
    fields = ("description", "conditions_acces", "publics_precisions")
    text = _read_text(offre["nom"], " | ".join(str(offre[field]) for field in fields if offre.get(field)))
    if any(one.said.search(words) is None for one in text.situations):
        return Terms(unsaid=True)
    if any(_is_contradicted(one, profile, words) for one in (*text.asked, *text.supposed)):
        return Terms(refused=True)
    children = _read_children(text.children, words)
    if children is None:
        return Terms(refused=True)
    told = [f"{one.reserve} : à vérifier" for one in text.asked if _is_open(one, profile, words)]
    return Terms((*told, *children))


@lru_cache(maxsize=_KEPT)
def _read_text(name: str, text: str) -> _Asked:
    title, text = plain(name), plain(f"{name} | {text}")
    asked = tuple(one for one in _load_conditions() if one.asked.search(text))
    return _Asked(
        situations=tuple(one for one in _load_situations() if one.titles.search(title)),
        asked=asked,
        supposed=tuple(one for one in _load_conditions() if one not in asked and one.supposed.search(text)),
        children=_OF_CHILDREN.search(text),
    )


def _is_contradicted(condition: _Condition, profile: Profile, words: str) -> bool:
    """Who says both is asked: a lodger who still owes the rent of a former home."""
    if condition.met.search(words) is not None:
        return False
    own_means = not condition.means.isdisjoint(profile.mobilite.moyens)
    return own_means or condition.contradicted.search(words) is not None


def _is_open(condition: _Condition, profile: Profile, words: str) -> bool:
    """Whether nothing says that it is met; means of transport that are known and are none of those meet it."""
    if condition.met.search(words) is not None or (condition.means and profile.mobilite.moyens):
        return False
    return condition.told_to is None or condition.told_to.search(words) is not None


def _read_children(found: re.Match[str] | None, words: str) -> tuple[str, ...] | None:
    """What to tell of the ages of children that an offer takes; None when no child of theirs is of that age."""
    if found is None:
        return ()
    unit = found[2] or "ans"
    youngest = _number(found[1]) if unit == "ans" else 0
    oldest = _number(found[3])
    own = list(_iter_children(words))
    if not own:
        return (f"pour les enfants de {found[1]} {unit} à {found[3]} ans : à vérifier",)
    return () if any(youngest <= age <= oldest for age in own) else None


def _iter_children(words: str) -> Iterator[int]:
    """Ages in years."""
    for found in _CHILD.finditer(words):
        age = _number(found[1])
        if found[2] == "mois" or age < _GROWN:
            yield 0 if found[2] == "mois" else age


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS[written]


@cache
def _load() -> Mapping[str, Any]:
    return tomllib.loads(files("indexer.matching").joinpath("rules", "conditions.toml").read_text(encoding="utf-8"))


@cache
def _load_situations() -> tuple[_Situation, ...]:
    return tuple(_Situation(any_of(own["titres"]), any_of(own["dit"])) for own in _load()["situations"])


@cache
def _load_conditions() -> tuple[_Condition, ...]:
    return tuple(
        _Condition(
            asked=any_of(own["demande"]),
            supposed=_any(own.get("suppose", ())),
            told_to=any_of(own["quand"]) if "quand" in own else None,
            met=_any(own["rempli"]),
            contradicted=_any(own["contredit"]),
            means=frozenset(own.get("moyens", ())),
            reserve=own["reserve"],
        )
        for own in _load()["conditions"]
    )


def _any(starts: list[str] | tuple[()]) -> re.Pattern[str]:
    return any_of(starts) if starts else _NOTHING
