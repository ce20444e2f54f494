"""Whether what an offer is, and what it says to be for, answers a need: given thématiques before deduced ones."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from indexer.schema.vocabulary import TYPES_OFFRE, category_of

OF_WORK: Final = frozenset(
    ("choisir-un-metier", "creer-une-entreprise", "preparer-sa-candidature", "remobilisation", "se-former",
     "trouver-un-emploi")
)  # fmt: skip
"""Categories of need that days in a company answer: those in the kitchen of a clinic feed nobody."""

LEARNT: Final = OF_WORK | {"lecture-ecriture-calcul", "numerique"}
"""Categories of need that a course answers, though its source gives it no thématique."""

COURSES: Final = LEARNT - {"preparer-sa-candidature", "remobilisation", "trouver-un-emploi"}
"""Categories of need that are followed as a course: five weeks in a classroom are no help with a CV."""

_OF_TRADES: Final = frozenset(("choisir-un-metier", "se-former", "trouver-un-emploi"))
_FIELD: Final = 3  # characters of a ROME code that name a professional field

_OF_FAMILY: Final = frozenset(("famille--garde-denfants", "famille--soutien-aidants"))
_MANY, _MOST = 4, 6
_LITTLE: Final = 0.25
"""An offer of many thématiques says little of each: from four on where no more than a quarter of them are of the need's
category, from six on whatever they are. None of the demonstration has more than three; one in six has at Lille."""

_ELSEWHERE: Final = frozenset(TYPES_OFFRE) - {"immersion"}


def types_for(theme: str) -> frozenset[str] | None:
    """Types of offer that may answer a need; None for all of them."""
    return None if category_of(theme) in OF_WORK else _ELSEWHERE


def is_wide(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether the need is one line of a long list that its source ticked."""
    given = [own for own in offre["thematiques"] or () if own != category_of(own)]
    own = sum(category_of(one) == category_of(theme) for one in given)
    return len(given) >= _MOST or (len(given) >= _MANY and own <= _LITTLE * len(given))


def is_for_families(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether it minds children or helps carers, for a need that is not about one's family."""
    return category_of(theme) != "famille" and not _OF_FAMILY.isdisjoint(offre["thematiques"] or ())


def is_course_aside(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether it is a course, for a need that is not met by following one."""
    return offre["type_offre"] == "formation" and category_of(theme) not in COURSES


def is_of_other_trade(offre: Mapping[str, Any], theme: str, fields: Collection[str]) -> bool:
    """Whether it is about jobs, and none of the fields of the project. `fields`: starts of ROME codes, empty for who
    has no project."""
    if not fields or not offre["metiers"] or category_of(theme) not in _OF_TRADES:
        return False
    return all(code[:_FIELD] not in fields for code in offre["metiers"])


def job_place(offre: Mapping[str, Any], asked: Sequence[str]) -> int:
    """The place, among the jobs asked for, of the first that an offer names; those that we deduced go after all."""
    stated, deduced = offre["metiers"] or (), offre.get("metiers_predits") or ()
    places = [place for place, code in enumerate(asked) if code in stated]
    places += [len(asked) + place for place, code in enumerate(asked) if code in deduced]
    return min(places, default=2 * len(asked))


def fields_of(codes: Iterable[str]) -> frozenset[str]:
    """The professional fields of ROME codes: « N11 », warehouses."""
    return frozenset(code[:_FIELD] for code in codes)


def is_deduced(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether the source does not say that the offer is for that theme, or for a part of it."""
    return not any(theme in (own, category_of(own)) for own in offre["thematiques"] or ())


def is_far_fetched(offre: Mapping[str, Any], theme: str) -> bool:
    """Whether it is a course of which we alone suppose that it answers a need that is not learnt."""
    return offre["type_offre"] == "formation" and category_of(theme) not in LEARNT and is_deduced(offre, theme)
