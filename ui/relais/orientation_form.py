"""« Orienter une personne »: the form of an offer, as it asks."""

from dataclasses import dataclass

from indexer.accounts import Actor
from indexer.dossiers.errors import NotFound
from indexer.errors import MaillageError, RequestError
from indexer.relay.attachments import NewAttachment
from indexer.relay.model import MAX_LINE, MAX_TEXT, Asker, ContactBy, NewRequest, Target, Words
from indexer.schema import Offer
from indexer.workspace import Workspace
from ui import urls as portal
from ui.contexts.facts import Link
from ui.contexts.report import Choice, FieldError
from ui.espace.forms import Form
from ui.espace.navigation import Frame
from ui.relais import urls
from ui.relais.target import build_criteria, kind_of
from ui.wording import say_phone

ATTACHMENTS = "pieces"


@dataclass(frozen=True, slots=True)
class Criterion:
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class CallPage:
    """Instead of the form when the structure has no mail: whom to call, and what to say."""

    phone: str
    phone_url: str
    words: str


@dataclass(frozen=True, slots=True)
class OrientationPage:
    """`call` stands for the form where no mail can go; `today` is the date of the consent."""

    espace: Frame
    title: str
    description: str
    back: Link
    action: str
    offer_name: str
    structure_name: str
    people: tuple[Choice, ...]
    criteria: tuple[Criterion, ...]
    contacts: tuple[Choice, ...]
    typed: Form
    today: str
    errors: tuple[FieldError, ...]
    lost_files: bool
    call: CallPage | None
    max_line: int = MAX_LINE
    max_text: int = MAX_TEXT


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page is about: the offer, its target, and whose file was named."""

    offer: Offer
    target: Target
    dossier_id: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, from where: the files that they follow, and the day."""

    frame: Frame
    actor: Actor
    people: tuple[tuple[str, str], ...]
    today: str


def build_page(desk: Desk, asked: Asked, form: Form, error: RequestError | None) -> OrientationPage:
    offer, target = asked.offer, asked.target
    ticked = set(form.all("criteres"))
    return OrientationPage(
        espace=desk.frame,
        title="Orienter une personne",
        description=f"Vers {target.offer_name}",
        back=Link(target.offer_name, portal.offer(offer.id)),
        action=urls.new_orientation(offer.id),
        offer_name=target.offer_name,
        structure_name=target.structure_name,
        people=tuple(Choice(value, label, value == asked.dossier_id) for value, label in desk.people),
        criteria=tuple(Criterion(label, label in ticked) for label in build_criteria(offer)),
        contacts=_contacts(form),
        typed=form,
        today=desk.today,
        errors=() if error is None else (FieldError(error.field or "formulaire", str(error)),),
        lost_files=error is not None and bool(form.files),
        call=None if target.address else _call(desk.actor, target),
    )


def read_request(workspace: Workspace, actor: Actor, asked: Asked, form: Form) -> NewRequest:
    """RequestError for a file that the actor may not open, and for no answer where one is asked."""
    dossier_id, name = form.get("dossier") or None, form.get("personne")
    if dossier_id is not None:
        try:
            name = workspace.dossiers.get(actor, dossier_id).nom
        except NotFound as error:
            raise RequestError("Choisissez une personne de la liste.", "dossier") from error
    user = workspace.accounts.get_user(actor.user_id)
    return NewRequest(
        kind=kind_of(asked.offer),
        target=asked.target,
        asker=Asker(
            actor.name, user.email, actor.user_id, actor.organisation_id, actor.organisation_name, form.get("telephone")
        ),
        words=Words(
            person=name,
            contact_by=ContactBy.PERSON if form.get("joindre") == ContactBy.PERSON else ContactBy.REFERENT,
            person_contact=form.get("contact"),
            availability=form.get("disponibilites"),
            message=form.get("message"),
            criteria=tuple(line for line in build_criteria(asked.offer) if line in set(form.all("criteres"))),
        ),
        consent=form.get("accord") == "oui",
        dossier_id=dossier_id,
        attachments=tuple(
            NewAttachment(file.filename, file.content) for file in form.files if file.field == ATTACHMENTS
        ),
    )


def list_people(workspace: Workspace, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The files that the actor follows, as a list to choose from."""
    return tuple((summary.id, summary.nom) for summary in workspace.dossiers.iter_for(actor))


def error_of(error: MaillageError) -> RequestError:
    return error if isinstance(error, RequestError) else RequestError(str(error))


def _contacts(form: Form) -> tuple[Choice, ...]:
    by_person = form.get("joindre") == ContactBy.PERSON
    return (
        Choice(ContactBy.REFERENT, "M’appeler, moi", not by_person),
        Choice(ContactBy.PERSON, "Appeler la personne", by_person),
    )


def _call(actor: Actor, target: Target) -> CallPage:
    words = (
        f"Bonjour, je suis {actor.name}, de {actor.organisation_name}. J’accompagne une personne intéressée par "
        f"« {target.offer_name} ». Est-ce qu’il reste de la place ? Que doit-elle faire pour s’inscrire ?"
    )
    phone = target.phone or ""
    return CallPage(say_phone(phone) if phone else "", portal.phone(phone), words)
