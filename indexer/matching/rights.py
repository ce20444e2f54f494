"""Rights that a plan may touch, as `rules/droits.toml` writes them: never a promise, always the official site."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from indexer.matching.plan import PlanNeed, Right
from indexer.matching.profile import Profile

SHOWN: Final = 6
"""More than these, nobody reads: those that most of the profile speaks of are kept."""


@dataclass(frozen=True, slots=True)
class _Card:
    """A card and when it is shown: see the head of the file."""

    right: Right
    publics: frozenset[str]
    besoins: frozenset[str]
    only_publics: frozenset[str]
    projet: bool
    age_min: int | None
    age_max: int | None

    def weight(self, profile: Profile, needs: tuple[PlanNeed, ...]) -> int:
        """How much of the profile speaks of it: 0 leaves it out. What the person needs says more than who they are."""
        said = frozenset(profile.publics)
        if not self._fits_age(profile.age) or (self.only_publics and not self.only_publics & said):
            return 0
        named = [need for need in needs if _themes(need) & self.besoins]
        pressing = sum(2 if need.priorite == "haute" else 1 for need in named)
        return 2 * pressing + 3 * len(self.publics & said) + (1 if self.projet and profile.projets else 0)

    def _fits_age(self, age: int | None) -> bool:
        if age is None:
            return True
        above = self.age_min is None or age >= self.age_min
        return above and (self.age_max is None or age <= self.age_max)


def find_rights(profile: Profile, needs: tuple[PlanNeed, ...]) -> tuple[Right, ...]:
    """At most six cards, what the profile speaks of most first; the order of the file otherwise."""
    weighed = [(card.weight(profile, needs), place) for place, card in enumerate(_load_cards())]
    kept = sorted((-weight, place) for weight, place in weighed if weight > 0)
    return tuple(_load_cards()[place].right for _, place in kept[:SHOWN])


def _themes(need: PlanNeed) -> set[str]:
    return {need.thematique, need.thematique.partition("--")[0]}


@cache
def _load_cards() -> tuple[_Card, ...]:
    read = tomllib.loads((files("indexer.matching.rules") / "droits.toml").read_text("utf-8"))
    return tuple(_card(own) for own in read["droits"])


def _card(own: Mapping[str, Any]) -> _Card:
    return _Card(
        right=Right(own["titre"], own["pourquoi"], own["lien"]),
        publics=frozenset(own.get("publics", ())),
        besoins=frozenset(own.get("besoins", ())),
        only_publics=frozenset(own.get("seulement_publics", ())),
        projet=own.get("projet", False),
        age_min=own.get("age_min"),
        age_max=own.get("age_max"),
    )
