"""The needs of a person: those that are given, and those that their words say, never against a strength."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.engines.base import Vector
from indexer.matching.note import Note, ReadNeed
from indexer.matching.plan import Origine
from indexer.matching.profile import Besoin, Priorite, Profile
from indexer.schema.language_names import LANGUAGE_NAMES
from indexer.schema.vocabulary import category_of, label_of

MAX_DEDUCED: Final = 8
"""Needs that words may add: a note of one page says fewer."""

LEAST_SURE: Final = 0.5
"""Probability under which a need read in a note is left out: less likely than not, it costs the trust of the plan."""

LEAST_SAID: Final = 0.3
"""The same for the words of a need without thématique: someone wrote them as a need."""

BESIDE_ITS_NEED: Final = 0.6
"""The same for the words of a need that is given already: they explain it first."""

_RANK: Final[dict[Priorite, int]] = {"haute": 0, "moyenne": 1, "basse": 2}

URGENT_THEMES: Final = {
    "suicide": "sante--sante-mentale",
    "danger": "famille--surmonter-conflits-separation-violence",
    "violences": "famille--surmonter-conflits-separation-violence",
    "enfant-en-danger": "famille--surmonter-conflits-separation-violence",
    "malaise": "sante--acces-aux-soins",
    "a-la-rue": "logement-hebergement--rechercher-une-solution-dhebergement-temporaire",
    "maltraitance": "famille--prise-en-charge-personne-dependante",
}
"""The need that goes with a distress said in the words, by its motive."""

_NOT_OF: Final = {"trouver-un-emploi--maintien-dans-lemploi": "demandeurs-emploi"}
"""Needs that words may seem to say, and the public that has none: who looks for work keeps no post."""

_FRENCH, _DIGITAL = (
    "lecture-ecriture-calcul--maitriser-le-francais",
    "numerique--maitriser-les-fondamentaux-du-numerique",
)


@dataclass(frozen=True, slots=True)
class PersonNeed:
    """`extrait` are the words that say it; `vector` the meaning to rank by, None for that of its label."""

    thematique: str
    origine: Origine
    priorite: Priorite
    extrait: str | None = None
    vector: Vector | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A need of the profile, and what its own words say (None: it has none)."""

    need: Besoin
    note: Note | None


def build_needs(profile: Profile, told: Sequence[Told], note: Note) -> tuple[tuple[PersonNeed, ...], tuple[str, ...]]:
    """In the order of the plan, urgency first; and what to tell the person (contradictions, words not understood)."""
    strengths = frozenset(need.thematique for need in profile.besoins if need.etat == "point-fort" and need.thematique)
    explicit = _with_note(_explicit(told), note)
    deduced = [
        need
        for need in _take_first([*_of_urgency(note), *_of_words(told), *_of_note(note), *_of_facts(profile, note)])
        if not _is_known(need.thematique, explicit) and not _is_strength(need.thematique, strengths)
        if _NOT_OF.get(need.thematique) not in profile.publics
    ]
    needs = [*explicit.values(), *deduced[:MAX_DEDUCED]]
    pressing = None if note.urgency is None else URGENT_THEMES.get(note.urgency.motive)
    needs = [_pressed(need) if need.thematique == pressing else need for need in needs]
    return tuple(sorted(needs, key=_plan_key)), tuple(_iter_warnings(told, explicit, strengths))


def _plan_key(need: PersonNeed) -> tuple[bool, int, bool]:
    """Stable: the profile's own order, then the surest, decide between equals."""
    return not need.urgent, _RANK[need.priorite], need.origine == "deduit"


def _explicit(told: Iterable[Told]) -> dict[str, PersonNeed]:
    """One need a thématique, with its highest priority and its first words."""
    kept: dict[str, PersonNeed] = {}
    for own in told:
        theme = own.need.thematique
        if own.need.etat != "besoin" or theme is None:
            continue
        words = (own.need.texte or "").strip() or None
        vector = None if own.note is None or not own.note.needs else own.note.needs[0].vector
        new = PersonNeed(theme, "explicite", own.need.priorite, words, vector)
        before = kept.get(theme)
        kept[theme] = new if before is None else _joined(before, new)
    return kept


def _with_note(explicit: dict[str, PersonNeed], note: Note) -> dict[str, PersonNeed]:
    """A need given without words has those of the note that say it, itself or a part of it."""
    for theme, need in explicit.items():
        said = next((one for one in note.needs if theme in (one.thematique, category_of(one.thematique))), None)
        if need.extrait is None and said is not None and said.score >= LEAST_SURE:
            explicit[theme] = replace(need, extrait=said.extrait, vector=said.vector)
    return explicit


def _joined(first: PersonNeed, second: PersonNeed) -> PersonNeed:
    priorite = min(first.priorite, second.priorite, key=_RANK.__getitem__)
    spoken = first if first.extrait is not None else second
    return replace(spoken, priorite=priorite)


def _of_urgency(note: Note) -> Iterator[PersonNeed]:
    theme = None if note.urgency is None else URGENT_THEMES.get(note.urgency.motive)
    if theme is not None:
        yield PersonNeed(theme, "deduit", "haute", note.urgent_words, None, urgent=True)


def _of_words(told: Iterable[Told]) -> Iterator[PersonNeed]:
    """What the words of needs say: all of it where they stand alone, only what is sure beside a thématique."""
    for own in told:
        if own.need.etat == "besoin" and own.note is not None:
            least = LEAST_SAID if own.need.thematique is None else BESIDE_ITS_NEED
            yield from (_deduced(need, own.need.priorite) for need in own.note.needs if need.score >= least)


def _of_note(note: Note) -> Iterator[PersonNeed]:
    yield from (_deduced(need, "moyenne") for need in note.needs if need.score >= LEAST_SURE)


def _of_facts(profile: Profile, note: Note) -> Iterator[PersonNeed]:
    languages = profile.contraintes.langues
    beginner = next((sign for sign in note.constraints if sign.code == "francais-debutant"), None)
    if beginner is not None:
        yield PersonNeed(_FRENCH, "deduit", "moyenne", " ".join(beginner.words))
    elif languages and "fr" not in languages:
        spoken = ", ".join(LANGUAGE_NAMES.get(code, code) for code in languages)
        yield PersonNeed(_FRENCH, "deduit", "moyenne", f"langues indiquées : {spoken}")
    if profile.contraintes.numerique == "a-accompagner":
        yield PersonNeed(_DIGITAL, "deduit", "basse", "à accompagner dans l'usage d'Internet")


def _deduced(need: ReadNeed, priorite: Priorite) -> PersonNeed:
    return PersonNeed(need.thematique, "deduit", priorite, need.extrait, need.vector)


def _take_first(needs: Iterable[PersonNeed]) -> list[PersonNeed]:
    """One a thématique."""
    kept: dict[str, PersonNeed] = {}
    for need in needs:
        kept.setdefault(need.thematique, need)
    return list(kept.values())


def _is_known(theme: str, explicit: Iterable[str]) -> bool:
    """Whether a given need says it, itself or more precisely."""
    return any(theme == own or theme == category_of(own) for own in explicit)


def _is_strength(theme: str, strengths: Iterable[str]) -> bool:
    """Whether a strength is that very theme, the category that holds it, or a part of it."""
    return any(own in (theme, category_of(theme)) or category_of(own) == theme for own in strengths)


def _pressed(need: PersonNeed) -> PersonNeed:
    return replace(need, urgent=True, priorite="haute")


def _iter_warnings(told: Iterable[Told], explicit: Iterable[str], strengths: frozenset[str]) -> Iterator[str]:
    for theme in explicit:
        if theme in strengths:
            label = label_of("thematiques", theme)
            yield f"« {label} » est dit besoin et point fort : gardé comme besoin, à vérifier avec la personne."
    for own in told:
        understood = own.note is not None and any(need.score >= LEAST_SAID for need in own.note.needs)
        if own.need.etat == "besoin" and own.need.thematique is None and not understood:
            words = (own.need.texte or "").strip()[:120]
            yield f"Ce besoin n'a pas été compris : « {words} ». Choisissez une thématique."
