"""Written profiles, and what a plan of theirs must hold, judged by reading the offers before any plan is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import EvaluationError
from indexer.evaluation.families import Families, find_family
from indexer.evaluation.sets import iter_toml
from indexer.matching.profile import Profile
from indexer.matching.reading import ProfileError, read_profile
from indexer.schema.vocabulary import category_of, vocabulary


@dataclass(frozen=True)
class JudgedPlan:
    """One profile, judged.

    `right` maps a need (a category stands for any thématique of its own) to the families of offers that answer it;
    `without` are needs that nothing answers within reach. Both must be in the plan, `never` must not.
    `before` are pairs of titles of steps. `far_km` is how far this person can be sent, as the crow flies; `age` and
    `not_theirs` (publics) say who they are, even where the profile does not: what is proposed is held against them.
    """

    name: str
    situation: str
    profile: Profile
    right: Mapping[str, frozenset[str]]
    without: frozenset[str]
    never: tuple[str, ...]
    before: tuple[tuple[str, str], ...]
    urgent: bool
    far_km: float
    age: int | None
    not_theirs: frozenset[str]

    @property
    def needs(self) -> tuple[str, ...]:
        """All that must be in the plan."""
        return (*self.right, *sorted(self.without))


def load_plans(folder: Path, families: Families) -> tuple[JudgedPlan, ...]:
    """EvaluationError naming the file and the profile at fault: an unknown offer or need, a profile that is not one."""
    plans = tuple(plan for path, read in iter_toml(folder) for plan in _iter_plans(path, read, families))
    names = [plan.name for plan in plans]
    for name in names:
        if names.count(name) > 1:
            raise EvaluationError(f"Deux profils se nomment « {name} » : donnez à chacun son nom.")
    return plans


def _iter_plans(path: Path, read: Mapping[str, Any], families: Families) -> Iterator[JudgedPlan]:
    for number, one in enumerate(read.get("profils", ()), start=1):
        where = f"{path.name}, profil {number}"
        try:
            plan = _build_plan(one, read.get("prefixe", ""), families, where)
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise EvaluationError(f"{where} : il manque quelque chose, ou c'est mal écrit ({error}).") from error
        except ProfileError as error:
            raise EvaluationError(f"{where} : ce n'est pas un profil ({error}).") from error
        _check(plan, where)
        yield plan


def _build_plan(one: Mapping[str, Any], prefix: str, families: Families, where: str) -> JudgedPlan:
    profile = read_profile(one["profil"])
    return JudgedPlan(
        name=one["nom"],
        situation=one["situation"],
        profile=profile,
        right={need: _resolve(names, prefix, families, where) for need, names in one.get("bonnes", {}).items()},
        without=frozenset(one.get("sans_offre", ())),
        never=tuple(one.get("jamais", ())),
        before=tuple((first, then) for first, then in one.get("avant", ())),
        urgent=one.get("urgence", False),
        far_km=float(one["loin_km"]),
        age=one.get("age", profile.age),
        not_theirs=frozenset(one.get("pas_ses_publics", ())),
    )


def _resolve(names: list[str], prefix: str, families: Families, where: str) -> frozenset[str]:
    found = {name: find_family(families, prefix + name) for name in names}
    unknown = [name for name, family in found.items() if family is None]
    if unknown:
        raise EvaluationError(f"{where} : pas dans ce catalogue, {', '.join(unknown)}.")
    return frozenset(family for family in found.values() if family is not None)


def _check(plan: JudgedPlan, where: str) -> None:
    themes = vocabulary("thematiques")
    known = {*themes, *map(category_of, themes)}
    unknown = sorted({*plan.needs, *plan.never} - known)
    if unknown:
        raise EvaluationError(f"{where} (« {plan.name} ») : besoin inconnu, {', '.join(unknown)}.")
    empty = [need for need, offers in plan.right.items() if not offers]
    if empty or plan.without & set(plan.right):
        message = "un besoin a de bonnes offres (« bonnes »), ou n'en a aucune (« sans_offre »), jamais les deux."
        raise EvaluationError(f"{where} (« {plan.name} ») : {message}")
    if not plan.needs:
        raise EvaluationError(f"{where} (« {plan.name} ») : aucun besoin attendu, il ne mesure rien.")
