"""Needs, and the offers that answer them, graded by reading the offers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from indexer.errors import EvaluationError
from indexer.evaluation.families import Families, find_family
from indexer.evaluation.parts import PARTS
from indexer.evaluation.sets import iter_toml
from indexer.evaluation.understanding_sets import FRENCH

RIGHT: Final = 2
"""Grades: 3 answers, 2 answers in good part or by another way, 1 helps a little. From this one an answer is right."""

GRADES: Final = (1, 2, 3)


@dataclass(frozen=True)
class JudgedNeed:
    """`grades` maps a family of offers to its grade; one that is not named is worth 0. `place` is an INSEE code."""

    said: str
    place: str | None
    langue: str
    registre: str
    type: str
    part: str
    grades: Mapping[str, int]


def load_needs(folder: Path, families: Families) -> tuple[JudgedNeed, ...]:
    """EvaluationError naming the file and the need at fault: an unknown offer, a wrong grade, a need said twice."""
    needs = tuple(need for path, read in iter_toml(folder) for need in _iter_needs(path, read, families))
    seen: set[tuple[str, str | None]] = set()
    for need in needs:
        if (need.said.casefold(), need.place) in seen:
            raise EvaluationError(f"« {need.said} » est jugé deux fois depuis le même lieu : gardez un seul jugement.")
        seen.add((need.said.casefold(), need.place))
    return needs


def _iter_needs(path: Path, read: Mapping[str, Any], families: Families) -> Iterator[JudgedNeed]:
    for number, one in enumerate(read.get("besoins", ()), start=1):
        where = f"{path.name}, besoin {number}"
        try:
            need = JudgedNeed(
                said=one["dit"],
                place=one.get("lieu", read.get("lieu")) or None,
                langue=one.get("langue", FRENCH),
                registre=one["registre"],
                type=read["type"],
                part=one["part"],
                grades=_resolve(one["notes"], read.get("prefixe", ""), families, where),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(f"{where} : il manque {error}.") from error
        _check(need, where)
        yield need


def _resolve(notes: Mapping[str, int], prefix: str, families: Families, where: str) -> dict[str, int]:
    """Names without their prefix → families. Two names of one family must agree."""
    grades: dict[str, int] = {}
    for name, grade in notes.items():
        family = find_family(families, prefix + name)
        if family is None:
            raise EvaluationError(f"{where} : l'offre « {name} » n'est pas dans ce catalogue.")
        if grades.setdefault(family, grade) != grade:
            raise EvaluationError(f"{where} : « {name} » est jugée deux fois, avec deux notes.")
    return grades


def _check(need: JudgedNeed, where: str) -> None:
    if need.part not in PARTS:
        raise EvaluationError(f"{where} (« {need.said} ») : part inconnue, « {need.part} ».")
    if any(grade not in GRADES for grade in need.grades.values()):
        raise EvaluationError(f"{where} (« {need.said} ») : une note est {', '.join(map(str, GRADES))}.")
    if max(need.grades.values(), default=0) < RIGHT:
        raise EvaluationError(f"{where} (« {need.said} ») : aucune offre n'y répond, il ne mesure rien.")
