"""The list of people followed, and « Nouvelle personne »."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from dateutil.relativedelta import relativedelta

from indexer.dossiers import Statut, Summary
from indexer.dossiers.fields import MAX_NAME
from indexer.dossiers.model import Consent
from indexer.dossiers.retention import KEPT_MONTHS, WARNED_MONTHS
from ui.contexts.report import Choice, FieldError
from ui.dossiers import urls
from ui.dossiers.days import say_day_of
from ui.espace.forms import Form
from ui.espace.navigation import Frame
from ui.plans.people_follow import FollowLink, PeopleFollow
from ui.wording import say_count

MAX_PASTED = 60_000
"""Characters of a diagnosis: the largest known one has 20,000."""

_CONSENTS = {Consent.ORAL: "Oui, elle me l’a dit", Consent.ECRIT: "Oui, par écrit"}


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the list. `notes` say what is particular: shared, soon erased."""

    nom: str
    url: str
    referent: str
    mine: bool
    changed: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePage:
    title: str
    description: str
    espace: Frame
    count: str
    mine: tuple[Person, ...]
    others: tuple[Person, ...]
    closed: bool
    new_url: str
    other_url: str
    told: str
    follow: tuple[FollowLink, ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """Fields as they were sent. `asks_to_keep`: the name looks like a whole one, to keep or to shorten."""

    title: str
    description: str
    espace: Frame
    nom: str
    colle: str
    code: str
    consents: tuple[Choice, ...]
    errors: tuple[FieldError, ...]
    wrong: frozenset[str]
    asks_to_keep: bool
    max_name: int
    max_pasted: int


@dataclass(frozen=True)
class Around:
    """Who looks, and what names the ids: `names` of users, `organisations`."""

    user_id: str
    organisation_id: str
    names: Callable[[str], str]
    organisations: Callable[[str], str]
    now: datetime

    @cached_property
    def soon_over(self) -> datetime:
        """What nobody changed since then is soon erased. Worked out once: a list has hundreds of lines."""
        start: datetime = self.now - relativedelta(months=WARNED_MONTHS)
        return start


def build_people(
    frame: Frame, files: Sequence[Summary], around: Around, follow: PeopleFollow, *, closed: bool, told: str = ""
) -> PeoplePage:
    """`follow` says what is late, puts it first and narrows the list; closed files are not followed."""
    if closed:
        people = [_build_person(one, around) for one in files]
    else:
        people = [_build_person(one, around, follow.notes(one)) for one in follow.arrange(files)]
    return PeoplePage(
        title="Personnes suivies" if not closed else "Dossiers clos",
        description="Les personnes que vous et votre organisation accompagnez.",
        espace=frame,
        count=say_count(len(people), "dossier"),
        mine=tuple(one for one in people if one.mine),
        others=tuple(one for one in people if not one.mine),
        closed=closed,
        new_url=urls.NEW,
        other_url=urls.PEOPLE if closed else f"{urls.PEOPLE}?clos=oui",
        told=told,
        follow=() if closed else follow.links(files),
    )


def build_new(
    frame: Frame, form: Form, errors: Mapping[str, str] | None = None, *, asks_to_keep: bool = False
) -> NewPage:
    """`form` is what was sent, empty at first."""
    errors = errors or {}
    return NewPage(
        title="Nouvelle personne",
        description="Ouvrir un dossier, sans nom ni numéro.",
        espace=frame,
        nom=form.get("nom"),
        colle=form.get("colle"),
        code=form.get("code"),
        consents=tuple(Choice(how, label, form.get("accord") == how) for how, label in _CONSENTS.items()),
        errors=tuple(FieldError(name, text) for name, text in errors.items()),
        wrong=frozenset(errors),
        asks_to_keep=asks_to_keep,
        max_name=MAX_NAME,
        max_pasted=MAX_PASTED,
    )


def _build_person(one: Summary, around: Around, follow_notes: tuple[str, ...] = ()) -> Person:
    notes = [*follow_notes]
    if one.organisation_id != around.organisation_id:
        notes.append(f"Partagé par {around.organisations(one.organisation_id)}")
    if one.changed_at <= around.soon_over:
        notes.append(f"Sera effacé après le {say_day_of(end_of_life(one, around.now))}")
    return Person(
        nom=one.nom,
        url=urls.dossier(one.id) if one.statut is Statut.CLOS else urls.situation(one.id),
        referent=around.names(one.referent_id),
        mine=one.referent_id == around.user_id,
        changed=f"Changé le {say_day_of(one.changed_at)}",
        notes=tuple(notes),
    )


def end_of_life(one: Summary, now: datetime) -> datetime:
    """The day after which a file that nobody changes is erased."""
    end: datetime = one.changed_at + relativedelta(months=KEPT_MONTHS)
    return max(end, now + timedelta(days=1))
