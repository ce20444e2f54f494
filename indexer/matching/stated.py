"""Whether the words that led to a need ask for anything, in a note: « il a une voiture » does not.

What reads needs was taught by the words of people who search, where to say a thing is to ask for it. A note also tells
what is had, done or simply so, and the same words are then read as surely. So a need that is read in a note must be
said by a clause with a wish, a lack or a trouble; where there is none, what names a trouble by itself (a debt, a
violence) stands unless it is said to be over, and a thing stands only where it is almost all that is said (« Cours de
français »). The words are in `rules/constats.toml`. Measured on sentences written for it: docs/matching.md.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from importlib.resources import files
from typing import Final

from indexer.engines.base import Need
from indexer.language.stopwords import CONVERSATIONAL, STOPWORDS
from indexer.matching.facts import telling_words
from indexer.understanding.clauses import Clause, split_clauses
from indexer.understanding.phrases import Match, Phrases
from indexer.understanding.words import Said, clean_text, read_words

_TROUBLES: Final = frozenset(
    (
        "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere",
        "difficultes-financieres--situation-dendettement-surendettement",
        "difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination",
        "difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire",
        "equipement-et-alimentation--alimentation",
        "famille--prise-en-charge-personne-dependante",
        "famille--soutien-aidants",
        "famille--surmonter-conflits-separation-violence",
        "logement-hebergement--reduire-les-impayes-de-loyer",
        "logement-hebergement--se-maintenir-dans-le-logement",
        "remobilisation--bien-etre-confiance-en-soi",
        "remobilisation--lien-social",
        "sante--addictions",
        "sante--sante-mentale",
    )
)
"""Needs that are a trouble by their name: to say one is to tell what is wrong, without any word that asks."""

_SURE_TROUBLE: Final = 0.8
"""Score from which a trouble is believed in a clause where nothing is asked."""

_MOST_OF_IT: Final = 0.6
"""Share of the words of a clause that must lead to a thing which is only named: « Cours de français le soir »."""

_ANY: Final = frozenset(("un", "une", "quelqu"))
"""What begins so names a thing that is looked for: « Un F3 avec jardin », where what is had is « son F3 »."""

_INFINITIVES: Final = ("er", "ir", "oir", "tre", "dre", "ire", "aire", "uire", "vre")
_NO_INFINITIVES: Final = frozenset(
    """
    loyer loyers dossier dossiers premier dernier hier hiver metier atelier papier papiers chantier quartier pere mere
    frere notre votre leur soir centre titre autre entre lettre maitre desir avenir salaire maire horaire
    scolaire solidaire locataire proprietaire allocataire titulaire beneficiaire secretaire dire quatre livre
    permis particulier cuisinier ouvrier infirmier chauffeur menuisier policier pompier cafetier cher janvier fevrier
    novembre decembre septembre octobre noir moindre rencontre
    """.split()
)
"""Endings of verbs that are not conjugated, and the usual words that end so and are none."""

_JOINING: Final = frozenset(("et", "ou", "ni"))
_TAKING_UP: Final = frozenset(("tout", "ca", "cela", "c", "rien", "s", "tient", "ce", "bien"))
"""First words of a clause that speaks again of what the one before said."""


class _Kind(Enum):
    """What a phrase says of the clause that holds it."""

    ASKED = "demandes"
    WRONG = "ennuis"
    NAMED = "noms"
    SETTLED = "acquis"
    STATED = "etats"


@dataclass(frozen=True, slots=True)
class _Told:
    """What a clause says: `asks` (or tells what is wrong), tells what is `settled`, or `states` how things are."""

    clause: Clause
    asks: bool
    settled: bool
    states: bool

    @property
    def is_neutral(self) -> bool:
        return not (self.asks or self.settled or self.states)


def drop_stated(piece: str, needs: Sequence[Need]) -> tuple[Need, ...]:
    """The needs of a sentence of a note that it asks for, or whose trouble it tells."""
    if not needs:
        return ()
    said = read_words(clean_text(piece)[0])
    told = _read_clauses(said)
    spoken = [(need, _clauses_of(said, told, need)) for need in needs if not _is_of_any(need)]
    asked = [(need, own) for need, own in spoken if _is_asked(said, own, need)]
    explained = {one.clause for _, own in asked for one in own}
    left = [one.clause for one in told if one.asks and one.clause not in explained]
    return tuple(need for need, own in spoken if (need, own) in asked or _is_beside(told, own, left))


def _clauses_of(said: Said, told: Sequence[_Told], need: Need) -> list[_Told]:
    """Those that hold the words that led to it; all of them where none is told."""
    telling = telling_words(need)
    return [one for one in told if telling & set(said.words[one.clause.start : one.clause.stop])] or list(told)


def _is_of_any(need: Need) -> bool:
    """Whether it was led to by words that go with anything only: « elle voudrait partir »."""
    telling = telling_words(need)
    return bool(telling) and telling <= _load_rules().empty


def _is_beside(told: Sequence[_Told], own: Sequence[_Told], left: Sequence[Clause]) -> bool:
    """Whether a wish or a trouble that no need explains stands right beside it: « j'ai un entretien demain et je
    panique »."""
    if any(one.settled for one in own):
        return False
    clauses = [one.clause for one in told]
    places = {clauses.index(one.clause) for one in own}
    return any(clauses.index(one) + step in places for one in left for step in (-1, 1))


def _read_clauses(said: Said) -> list[_Told]:
    """Each clause, then what its neighbours say of it."""
    told = [_read_clause(said, clause) for clause in split_clauses(said)]
    for place in range(1, len(told)):
        told[place] = _after(said, told[place - 1], told[place])
    for place in range(len(told) - 1):
        told[place] = _before(said, told[place], told[place + 1])
    return told


def _after(said: Said, before: _Told, one: _Told) -> _Told:
    """What has no verb goes on with what comes before: a statement, or a wish when « et » joins them."""
    if not one.is_neutral:
        return one
    joined = _JOINING.intersection(said.words[before.clause.stop : one.clause.start])
    return replace(one, asks=before.asks and bool(joined), states=before.states and not before.asks)


def _before(said: Said, one: _Told, after: _Told) -> _Told:
    """« Une formation, mais personne pour la payer », « CV ancien, tout est à refaire »: the whole is asked for. « Logé
    chez son cousin, cela se passe bien »: the whole is settled."""
    taken_up = said.words[after.clause.start] in _TAKING_UP
    if after.asks and not one.settled and (one.clause.opposed or (one.is_neutral and taken_up)):
        return replace(one, asks=True)
    return replace(one, settled=one.settled or (after.settled and not after.asks and taken_up))


def _read_clause(said: Said, clause: Clause) -> _Told:
    words = said.words[clause.start : clause.stop]
    found: dict[_Kind, list[Match[_Kind]]] = {kind: [] for kind in _Kind}
    for match in _load_rules().phrases.find(words):
        found[match.meaning].append(match)
    settled = found[_Kind.SETTLED]
    last = max((match.start for match in settled), default=-1)
    asks = any(not _lies_in(match, settled) for match in found[_Kind.ASKED])
    wrong = any(match.start > last and not _lies_in(match, settled) for match in found[_Kind.WRONG])
    asks = asks or _begins_with_infinitive(words) or _is_question(said, clause)
    states = bool(found[_Kind.STATED]) or _has(said, clause) or _begins_with_participle(said, clause)
    named = (bool(found[_Kind.NAMED]) or words[0] in _ANY) and not settled and not states
    return _Told(clause, asks=asks or wrong or named, settled=bool(settled), states=states)


def _lies_in(match: Match[_Kind], others: Sequence[Match[_Kind]]) -> bool:
    return any(other.start <= match.start and match.stop <= other.stop for other in others)


def _has(said: Said, clause: Clause) -> bool:
    """The verb of « il a une voiture », and not « à »."""
    return (
        "a" in said.words[clause.start : clause.stop] and "a" in said.written(clause.start, clause.stop).lower().split()
    )


def _begins_with_participle(said: Said, clause: Clause) -> bool:
    """« Logée chez sa tante » says how things are; « Santé », « Mobilité » are names of things."""
    first = said.written(clause.start, clause.start + 1).lower().rstrip("s")
    return first.removesuffix("e").endswith("é") and not first.endswith("té")


def _begins_with_infinitive(words: Sequence[str]) -> bool:
    """« Réviser le code », « se remettre au sport » say what is to be done."""
    first = next((word for word in words if word not in ("se", "s", "de", "d", "a", "me", "m", "y", "pour", "et")), "")
    return first.endswith(_INFINITIVES) and first not in _NO_INFINITIVES


def _is_question(said: Said, clause: Clause) -> bool:
    after = said.text[said.spans[clause.stop - 1][1] :].lstrip()
    written = said.written(clause.start, clause.stop).lower().split()
    return after.startswith("?") or "où" in written or said.words[clause.start] in ("qui", "quoi")


def _is_asked(said: Said, own: Sequence[_Told], need: Need) -> bool:
    """By its own clauses."""
    if any(one.asks for one in own):
        return True
    if any(one.settled for one in own):
        return False
    if need.thematique in _TROUBLES:
        return need.score >= _SURE_TROUBLE
    return not any(one.states for one in own) and _share(said, own, telling_words(need)) >= _MOST_OF_IT


def _share(said: Said, told: Sequence[_Told], telling: set[str]) -> float:
    """Of the words that say something in these clauses, how many led to the need."""
    words = [word for one in told for word in said.words[one.clause.start : one.clause.stop]]
    full = [word for word in words if word not in STOPWORDS and word not in CONVERSATIONAL]
    return sum(word in telling for word in full) / len(full) if full else 1.0


@dataclass(frozen=True, slots=True)
class _Rules:
    phrases: Phrases[_Kind]
    empty: frozenset[str]


@cache
def _load_rules() -> _Rules:
    read = tomllib.loads(files("indexer.matching").joinpath("rules", "constats.toml").read_text(encoding="utf-8"))
    phrases = Phrases((phrase, kind) for kind in _Kind for phrase in read[kind.value])
    return _Rules(phrases, frozenset(read["mots_vides"].split()))
