"""The steps of a plan and what they wait for, as `rules/etapes.toml` writes them; and the order that follows."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["immersions", "formations"]


@dataclass(frozen=True, slots=True)
class StepRule:
    """A step as it is written. `place` is its usual place among all; `metiers` the offers of a job that it holds."""

    code: str
    place: int
    titre: str
    objectif: str
    urgent: bool
    metiers: Kind | None


@dataclass(frozen=True, slots=True)
class Waits:
    """`etape` comes after `apres`; with `si_loin`, only when what it leads to is far."""

    etape: str
    apres: str
    raison: str
    si_loin: bool


@dataclass(frozen=True)
class StepRules:
    """All of the file. `by_theme` maps a thématique, or a category for the others of its own, to a step."""

    steps: Mapping[str, StepRule]
    by_theme: Mapping[str, str]
    waits: tuple[Waits, ...]

    def step_of(self, thematique: str) -> str:
        """The step that answers a need. KeyError for a thématique that no step names, which a test forbids."""
        named = self.by_theme.get(thematique)
        return self.by_theme[thematique.partition("--")[0]] if named is None else named

    def order(self, wishes: Mapping[str, int], far: Collection[str]) -> list[tuple[str, tuple[Waits, ...]]]:
        """The steps of `wishes` in order, each with the rules that make it wait for some of those before it.

        `wishes` maps a step to its priority, 0 the highest; `far` are those that lead far. Urgent steps go first,
        then priorities, then the usual order; a step never goes before one that it waits for.
        """
        waiting = {code: self._waits_of(code, wishes, far) for code in wishes}
        pressing = _inherit(wishes, waiting)
        ordered: list[str] = []
        while len(ordered) < len(wishes):
            free = [
                code for code in wishes if code not in ordered and all(rule.apres in ordered for rule in waiting[code])
            ]
            ordered.append(min(free, key=lambda code: self._key(code, pressing)))
        return [(code, waiting[code]) for code in ordered]

    def _waits_of(self, code: str, present: Collection[str], far: Collection[str]) -> tuple[Waits, ...]:
        return tuple(
            rule
            for rule in self.waits
            if rule.etape == code and rule.apres in present and (not rule.si_loin or code in far)
        )

    def _key(self, code: str, pressing: Mapping[str, int]) -> tuple[bool, int, int]:
        rule = self.steps[code]
        return not rule.urgent, pressing[code], rule.place


def _inherit(wishes: Mapping[str, int], waiting: Mapping[str, tuple[Waits, ...]]) -> dict[str, int]:
    """What something pressing waits for presses as much."""
    pressing = dict(wishes)
    for _ in wishes:
        for code, rules in waiting.items():
            for rule in rules:
                pressing[rule.apres] = min(pressing[rule.apres], pressing[code])
    return pressing


@cache
def load_step_rules() -> StepRules:
    """Read once in a process."""
    read = tomllib.loads((files("indexer.matching.rules") / "etapes.toml").read_text("utf-8"))
    return build_step_rules(read)


def build_step_rules(read: Mapping[str, Any]) -> StepRules:
    """From what the file says. KeyError for a step without its words."""
    steps = {
        code: StepRule(code, place, own["titre"], own["objectif"], own.get("urgent", False), own.get("metiers"))
        for place, (code, own) in enumerate(read["etapes"].items())
    }
    by_theme = {theme: code for code, own in read["etapes"].items() for theme in own["thematiques"]}
    waits = tuple(Waits(own["etape"], own["apres"], own["raison"], own.get("si_loin", False)) for own in read["regles"])
    return StepRules(steps, by_theme, waits)
