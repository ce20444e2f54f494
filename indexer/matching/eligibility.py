"""Who may have an offer: what is sure excludes, what is not sure is told as a reserve and comes after."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.matching.note import Note
from indexer.matching.profile import Profile
from indexer.schema.vocabulary import label_of, vocabulary

EVERYONE: Final = "tous-publics"
SURE: Final = 0.7
"""Score from which a public read in a note counts as said."""

_YOUNG_UNTIL, _NEVER_YOUNG = 25, 30
_SENIOR_FROM, _NEVER_SENIOR = 55, 45
"""Ages (years) that surely are those of « jeunes » and « seniors », and those that surely are not: usual bounds of the
measures of employment, with a margin for those that differ."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the person is, as far as it is known. `publics` are sure, `barred` surely not theirs."""

    publics: frozenset[str]
    barred: frozenset[str]
    age: int | None

    @property
    def possible(self) -> frozenset[str]:
        """Every public but those that are surely not theirs."""
        return frozenset(vocabulary("publics")) - self.barred - {EVERYONE}


def build_person(profile: Profile, note: Note) -> Person:
    """From what is given, then from what the note says."""
    age = note.age if profile.age is None else profile.age
    said = {sign.code for sign in note.publics if sign.score >= SURE}
    publics = (set(profile.publics) | said) - {EVERYONE}
    barred: set[str] = set()
    if age is not None:
        publics |= {"jeunes"} if age <= _YOUNG_UNTIL else set()
        publics |= {"seniors"} if age >= _SENIOR_FROM else set()
        barred |= {"jeunes"} if age >= _NEVER_YOUNG else set()
        barred |= {"seniors"} if age < _NEVER_SENIOR else set()
    return Person(frozenset(publics), frozenset(barred - publics), age)


def is_eligible(person: Person, offre: Mapping[str, Any]) -> bool:
    """False only where the offer's own facts say so: its ages, or publics that are all surely not theirs."""
    youngest, oldest = offre["age_min"], offre["age_max"]
    if person.age is not None:
        if youngest is not None and person.age < youngest:
            return False
        if oldest is not None and person.age > oldest:
            return False
    publics = set(offre["publics"] or ())
    return not publics or EVERYONE in publics or not publics <= person.barred


def is_meant_for(person: Person, offre: Mapping[str, Any]) -> bool:
    """Whether the offer is open to all, says nothing of it, or names a public that is theirs."""
    publics = set(offre["publics"] or ())
    return not publics or EVERYONE in publics or bool(publics & person.publics)


def public_reserve(person: Person, offre: Mapping[str, Any]) -> tuple[str, ...]:
    """For an offer meant for publics that are not known to be theirs, and for ages when theirs is not known."""
    told = []
    if not is_meant_for(person, offre):
        named = ", ".join(label_of("publics", public) for public in offre["publics"] if public not in person.barred)
        told.append(f"réservé à : {named} (à vérifier)")
    return tuple(told)
