"""Who may have an offer: what is sure excludes, what is not sure is told as a reserve and comes after."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from indexer.matching.audience import read_ages
from indexer.matching.fit import Said, read_said
from indexer.matching.note import Note
from indexer.matching.profile import Profile
from indexer.schema.vocabulary import category_of, label_of, vocabulary

EVERYONE: Final = "tous-publics"
SURE: Final = 0.7
"""Score from which a public read in a note counts as said."""

_YOUNG_UNTIL, _NEVER_YOUNG = 25, 30
_SENIOR_FROM, _NEVER_SENIOR = 55, 45
"""Ages (years) that surely are those of « jeunes » and « seniors », and those that surely are not: usual bounds of the
measures of employment, with a margin for those that differ."""


_NAMED: Final = {
    public: re.compile(rf"\b(?:{words})", re.IGNORECASE)
    for public, words in (
        ("etudiants", "étudiant"),
        ("familles", r"enfants?\b|parents?\b|ados?\b|famil"),
        ("femmes", r"femmes?\b|mères?\b"),
        ("jeunes", r"jeunes?\b|(?<!mon )(?<!son )(?<!mes )(?<!votre )ados?\b"),  # a parent says « mon ado »
        ("personnes-en-situation-de-handicap", r"handicap|rqth\b"),
        ("personnes-exilees", r"réfugié|exilé|demandeu\w+ d['’]asile"),
        ("seniors", r"seniors?\b|retraité|aîné|personnes âgées"),
    )
}
"""How a title names a public: it is then for these people, whatever other publics are listed."""


_LIKELY: Final = {
    "familles": ("famille",),
    "demandeurs-emploi": ("choisir-un-metier", "preparer-sa-candidature", "trouver-un-emploi"),
    "beneficiaires-des-minimas-sociaux": ("difficultes-financieres", "equipement-et-alimentation--alimentation"),
}
"""The publics that needs, or categories of them, make likely."""

_NARROW: Final = frozenset(
    ("etudiants", "femmes", "jeunes", "personnes-en-situation-de-handicap", "personnes-exilees",
     "personnes-en-situation-juridique-specifique", "seniors")
)  # fmt: skip
"""Publics that one is or is not, whatever one needs: what is for them alone is shown to others for want of better."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who the person is, as far as it is known. `publics` are sure, `barred` surely not theirs.

    `likely` are those that an urgency or a need makes likely; `foreign` the languages of who speaks no French.
    """

    publics: frozenset[str]
    barred: frozenset[str]
    age: int | None
    likely: frozenset[str] = frozenset()
    said: Said = field(default_factory=Said)
    foreign: frozenset[str] = frozenset()

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
    told = read_said(profile, note)
    barred |= {"femmes"} if told.man else set()
    spoken = profile.contraintes.langues
    foreign = frozenset(() if "fr" in spoken else spoken)
    return Person(
        publics=frozenset(publics),
        barred=frozenset(barred - publics),
        age=age,
        likely=frozenset(_iter_likely(profile, note, told, foreign)),
        said=told,
        foreign=foreign,
    )


def _iter_likely(profile: Profile, note: Note, said: Said, foreign: frozenset[str]) -> Iterator[str]:
    """A need about one's family makes a family of them, one about work someone who looks for it; violence in the words,
    someone whom women's centres take in; little French, someone whom courses for newcomers take in."""
    themes = [*(need.thematique or "" for need in profile.besoins), *(need.thematique for need in note.needs)]
    for public, signs in _LIKELY.items():
        if any(sign in (theme, category_of(theme)) for theme in themes for sign in signs):
            yield public
    if profile.projets:
        yield "demandeurs-emploi"
    if said.violence:
        yield from ("femmes", "familles")
    if foreign or any(sign.code == "francais-debutant" for sign in note.constraints):
        yield "personnes-exilees"


def is_eligible(person: Person, offre: Mapping[str, Any]) -> bool:
    """False only where the offer's own facts say so: its ages, publics that are all surely not theirs, or a title that
    names women, for a man."""
    youngest, oldest = offre["age_min"], offre["age_max"]
    if person.age is not None:
        if youngest is not None and person.age < youngest:
            return False
        if oldest is not None and person.age > oldest:
            return False
    publics = set(offre["publics"] or ())
    if "femmes" in publics & person.barred and _NAMED["femmes"].search(offre["nom"]) is not None:
        return False
    return not publics or EVERYONE in publics or not publics <= person.barred


def is_meant_for(person: Person, offre: Mapping[str, Any]) -> bool:
    """Whether the offer is open to all, says nothing of it, or names a public that is theirs, its title included."""
    publics = set(offre["publics"] or ())
    if not publics or EVERYONE in publics:
        return True
    return bool(publics & (person.publics | person.likely)) and not _missing(person, offre)


def is_made_for(person: Person, offre: Mapping[str, Any], addressed: Collection[str]) -> bool:
    """Whether it names a public that is theirs, in its data or in its text: `addressed` is `read_audience` of it."""
    return not (person.publics | person.likely).isdisjoint({*(offre["publics"] or ()), *addressed})


def is_narrow(person: Person, offre: Mapping[str, Any], addressed: Collection[str]) -> bool:
    """Whether it is for publics that few people are, and nothing says that the person is one of them; or, by its text,
    for ages that are not theirs."""
    ages = None if person.age is None else read_ages(offre)
    if ages is not None and person.age is not None and not ages[0] <= person.age <= ages[1]:
        return True
    if is_meant_for(person, offre):
        return bool(addressed) and (person.publics | person.likely).isdisjoint(addressed)
    return set(offre["publics"]) - person.barred <= _NARROW or bool(_missing(person, offre))


def public_reserve(person: Person, offre: Mapping[str, Any], seeming: Iterable[str] = ()) -> tuple[str, ...]:
    """For an offer meant for publics that are not known to be theirs: what is only likely is told too, and `seeming`,
    those that the text of a narrow one addresses."""
    sure = replace(person, likely=frozenset())
    if is_meant_for(sure, offre):
        who = ", ".join(label_of("publics", public) for public in sorted(seeming))
        return (f"semble fait pour : {who} (à vérifier)",) if who else ()
    missing = _missing(sure, offre) or [public for public in offre["publics"] if public not in person.barred]
    return (f"réservé à : {', '.join(label_of('publics', public) for public in missing)} (à vérifier)",)


def _missing(person: Person, offre: Mapping[str, Any]) -> list[str]:
    """Publics of the offer that its title names, when the person has another of its publics only: « Héberger des femmes
    et leurs enfants » is also for people in an emergency, those among them who are women."""
    named = [public for public in offre["publics"] if public in _NAMED and _NAMED[public].search(offre["nom"])]
    return [public for public in named if public not in person.publics | person.likely]
