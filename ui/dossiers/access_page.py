"""Who may open a file: its organisation, those it is shared with; and how it is handed over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from indexer.accounts import Actor
from indexer.accounts.access_log import Access
from indexer.dossiers import Dossier
from indexer.dossiers.sharing import HAND_OVER_DAYS, Share
from ui.contexts.report import Choice, FieldError
from ui.dossiers import urls
from ui.dossiers.days import say_day_of, say_moment
from ui.dossiers.frame import DossierFrame, build_frame
from ui.dossiers.people import Names
from ui.espace.navigation import Frame

_DONE: Final = {
    "lecture": "a ouvert le dossier",
    "ouverture": "a créé le dossier",
    "export": "a pris une copie du dossier",
    "partage": "a partagé le dossier",
    "fin de partage": "a arrêté un partage",
    "transfert": "a transmis le dossier",
    "demande aux partenaires": "a demandé des idées aux partenaires, sans dire qui",
}
"""What the words of the log say to a reader; a word that is not here is shown as it is."""

LINES: Final = 30
MOST_LINES: Final = 1_000
"""Lines shown at first, and when all are asked: a year of a file that is opened three times a day."""

DURATIONS: Final = {30: "Un mois", 92: "Trois mois", 183: "Six mois", 366: "Un an"}


@dataclass(frozen=True, slots=True)
class ShareLine:
    id: str
    organisation: str
    until: str
    by: str


@dataclass(frozen=True, slots=True)
class AccessLine:
    """`organisation` only when it is not the reader's own."""

    who: str
    organisation: str
    what: str
    when: str


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """Who may follow the file, in one organisation."""

    organisation: str
    people: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AccessPage:
    """`owned`: this organisation decides; to others the page only tells. `all_url` when the log holds older lines."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    owned: bool
    organisation: str
    shares: tuple[ShareLine, ...]
    organisations: tuple[Choice, ...]
    durations: tuple[Choice, ...]
    groups: tuple[PeopleGroup, ...]
    keep_days: int
    log: tuple[AccessLine, ...]
    all_url: str
    errors: tuple[FieldError, ...]
    action: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the page tells; `log` newest first, with one line more than is shown when there are older ones."""

    dossier: Dossier
    shares: Iterable[Share]
    log: Sequence[Access]
    most: int


def build_access(
    frame: Frame, actor: Actor, told: Told, names: Names, errors: dict[str, str] | None = None
) -> AccessPage:
    dossier = told.dossier
    others = ((key, name) for key, name in names.organisations.items() if key != dossier.organisation_id)
    return AccessPage(
        title="Qui peut voir ce dossier",
        description="Partager, transmettre, et savoir qui a lu.",
        espace=frame,
        dossier=build_frame(dossier, "dossier"),
        owned=dossier.organisation_id == actor.organisation_id,
        organisation=names.organisation(dossier.organisation_id),
        shares=tuple(_build_share(share, names) for share in told.shares if share.active),
        organisations=tuple(Choice(key, name, False) for key, name in others),
        durations=tuple(Choice(str(days), label, days == 92) for days, label in DURATIONS.items()),
        groups=tuple(_iter_groups(dossier, names)),
        keep_days=HAND_OVER_DAYS,
        log=tuple(_build_line(one, actor, names) for one in told.log[: told.most]),
        all_url=f"{urls.access(dossier.id)}?tout=oui#lectures" if len(told.log) > told.most else "",
        errors=tuple(FieldError(name, text) for name, text in (errors or {}).items()),
        action=urls.access(dossier.id),
    )


def _build_line(one: Access, actor: Actor, names: Names) -> AccessLine:
    """Who and when, and what was done: never what the file holds."""
    elsewhere = one.organisation_id != actor.organisation_id
    return AccessLine(
        one.name or "Un compte fermé",
        names.organisation(one.organisation_id) if elsewhere else "",
        _DONE.get(one.kind, one.kind),
        say_moment(one.at),
    )


def _build_share(share: Share, names: Names) -> ShareLine:
    until = say_day_of(share.until)
    return ShareLine(share.id, names.organisation(share.organisation_id), until, names.user(share.author_id))


def _iter_groups(dossier: Dossier, names: Names) -> Iterable[PeopleGroup]:
    """Colleagues first, then the other organisations."""
    keys = sorted(names.organisations, key=lambda key: (key != dossier.organisation_id, names.organisations[key]))
    for key in keys:
        people = [user for user in names.followers if user.organisation_id == key and user.id != dossier.referent_id]
        if people:
            people.sort(key=lambda user: (user.name, user.id))
            yield PeopleGroup(names.organisation(key), tuple(Choice(u.id, u.name, False) for u in people))
