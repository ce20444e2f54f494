"""A plan, its lines, its history: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, get_args

Etat = Literal["a-faire", "en-cours", "fait", "abandonne"]
Qui = Literal["personne", "referent", "partenaire"]
Avis = Literal["bien", "moyen", "pas-bien"]
AuthorKind = Literal["pro", "personne"]
MeetingKind = Literal["rendez-vous", "point", "rappel"]

STATES: Final[Mapping[Etat, str]] = {
    "a-faire": "À faire",
    "en-cours": "En cours",
    "fait": "Fait",
    "abandonne": "Abandonné",
}
DOERS: Final[Mapping[Qui, str]] = {
    "personne": "La personne",
    "referent": "Le référent",
    "partenaire": "Un partenaire",
}
OPINIONS: Final[Mapping[Avis, str]] = {"bien": "Bien", "moyen": "Moyen", "pas-bien": "Pas bien"}
OPEN: Final[tuple[Etat, ...]] = ("a-faire", "en-cours")

MAX_TITLE, MAX_WORDS, MAX_LINES = 300, 2_000, 60
MAX_HOURS: Final = 48.0
"""Hours a week that one line may ask: the most that French labour law lets one work in a week (Code du travail,
article L3121-20)."""

assert set(STATES) == set(get_args(Etat))


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a plan. `name` is shown in the history."""

    kind: AuthorKind
    name: str
    user_id: str = ""


PERSON: Final = Author("personne", "La personne")
SITE: Final = Author("pro", "Maillage")
"""What the program did by itself, such as mailing a reminder."""

MAILED: Final = "rappel-envoye"
"""The `champ` of a change that says a reminder was mailed to the référent; its `line_id` is the reminder's id."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What can be changed of a line. `heures` a week; `raison` says why it was given up.

    `commentaire`, `avis` and `avis_mots` are the person's own words; `offre_id` is None for a step in free words;
    `besoin` is a thématique.
    """

    titre: str
    etat: Etat = "a-faire"
    qui: Qui = "personne"
    partenaire: str = ""
    echeance: date | None = None
    heures: float | None = None
    note: str = ""
    raison: str = ""
    commentaire: str = ""
    avis: Avis | None = None
    avis_mots: str = ""
    offre_id: str | None = None
    besoin: str | None = None


FIELDS: Final = tuple(Fields.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `version` grows by one at each change: send back the one that was read."""

    id: str
    version: int
    fields: Fields
    created_at: datetime
    changed_at: datetime

    def is_late(self, today: date) -> bool:
        due = self.fields.echeance
        return due is not None and due < today and self.fields.etat in OPEN


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history. `champ` is a field of a line, or `ajout`, `retrait`, `ordre`, `lien`, `rendez-vous`…

    `avant` and `apres` are values as JSON holds them (dates are ISO 8601), None where there is none.
    """

    at: datetime
    author: Author
    champ: str
    titre: str
    avant: str | float | None
    apres: str | float | None
    line_id: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment, a review that took place (`done`), or a reminder after a job was found."""

    id: str
    kind: MeetingKind
    at: datetime
    done: bool
    objet: str
    note: str = ""
    lieu: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the diagnosis said when the plan was built: enough to tell what changed since."""

    age: int | None = None
    publics: tuple[str, ...] = ()
    besoins: tuple[str, ...] = ()
    code_commune: str | None = None


@dataclass(frozen=True)
class Plan:
    """Lines in their order. `built_at` is None as long as nothing was kept from a proposal."""

    dossier_id: str
    lines: tuple[Line, ...]
    meetings: tuple[Meeting, ...]
    built_at: datetime | None
    basis: Basis | None

    def line(self, line_id: str) -> Line | None:
        return next((line for line in self.lines if line.id == line_id), None)

    @property
    def hours(self) -> float | None:
        """Hours a week of the lines still to do; None when none says any."""
        known = [line.fields.heures for line in self.lines if line.fields.etat in OPEN]
        said = [hours for hours in known if hours is not None]
        return sum(said) if said else None

    @property
    def offer_ids(self) -> frozenset[str]:
        return frozenset(line.fields.offre_id for line in self.lines if line.fields.offre_id is not None)
