"""Whether an offer is about another thing of the same kind than what a person says: a bicycle for a car.

Both bear the thématique of the need, and meaning hardly tells them apart. See `rules/choses.toml`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from indexer.matching.plain import any_of, plain
from indexer.matching.profile import Profile
from indexer.schema.vocabulary import category_of

_Things = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Things of one kind as people and as titles say them, and the needs (or categories) where it matters."""

    needs: frozenset[str]
    said: _Things
    titles: _Things


Named = Mapping[str, frozenset[str]]
"""Thématique or category → the things of its kind that a person names; needs where none is named are left out."""


def read_things(words: Iterable[str]) -> Named:
    """From all that a person says."""
    text = plain(" | ".join(words))
    return {need: named for kind in _load_kinds() if (named := _named(kind.said, text)) for need in kind.needs}


def is_of_other_thing(named: Named, offre: Mapping[str, Any], theme: str) -> bool:
    """Whether its title names things of the kind, and none of those that the person names."""
    wanted = named.get(theme, named.get(category_of(theme)))
    if wanted is None:
        return False
    kind = next(kind for kind in _load_kinds() if not kind.needs.isdisjoint((theme, category_of(theme))))
    own = _named(kind.titles, plain(offre["nom"]))
    return bool(own) and own.isdisjoint(wanted)


def words_of(profile: Profile) -> tuple[str, ...]:
    """All that a person says in words: the note, needs and projects."""
    needs = (need.texte for need in profile.besoins if need.texte and need.etat == "besoin")
    return (profile.texte, *needs, *(project.texte for project in profile.projets if project.texte))


def _named(things: _Things, text: str) -> frozenset[str]:
    """Those that a plain text names."""
    return frozenset(name for name, said in things.items() if said.search(text))


@cache
def _load_kinds() -> tuple[_Kind, ...]:
    """A need stands under one kind: the first that has it counts."""
    read = tomllib.loads(files("indexer.matching").joinpath("rules", "choses.toml").read_text(encoding="utf-8"))
    return tuple(_build_kind(own) for own in read["especes"])


def _build_kind(own: Mapping[str, Any]) -> _Kind:
    things = {name: said for name, said in own.items() if name not in ("besoins", "titres")}
    more = own.get("titres", {})
    return _Kind(
        needs=frozenset(own["besoins"]),
        said={name: any_of(said) for name, said in things.items()},
        titles={name: any_of([*said, *more.get(name, ())]) for name, said in things.items()},
    )
