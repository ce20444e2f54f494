"""The models of the pages of publications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from indexer.publish.answers import Answers, many, one
from indexer.publish.contact import DEFAULT_MODE, MODES
from indexer.publish.immersion import DURATIONS
from indexer.publish.publication import ContactRow, Publication, title_of
from indexer.publish.reading import Reading, Step
from indexer.publish.states import LABELS, PublicationKind
from indexer.publish.workshop import SESSION_FIELDS
from indexer.schema.vocabulary import vocabulary
from ui.contexts.cards import Card
from ui.contexts.report import Choice, FieldError
from ui.publier import urls

KIND_LABELS: Final = {
    PublicationKind.IMMERSION: "Accueillir une personne en immersion",
    PublicationKind.WORKSHOP: "Proposer un atelier",
}
STEP_TITLES: Final = {
    Step.WHO: "Qui êtes-vous ?",
    Step.WHAT: "Que proposez-vous ?",
    Step.CONTACT: "Comment vous joindre ?",
    Step.SUMMARY: "Relisez, puis publiez",
}
_ROWS_SHOWN: Final = 3
_PUBLICS: Final = (
    "demandeurs-emploi",
    "jeunes",
    "beneficiaires-des-minimas-sociaux",
    "personnes-en-situation-de-handicap",
    "personnes-exilees",
    "seniors",
    "familles",
)


@dataclass(frozen=True, slots=True)
class StepLink:
    number: int
    label: str
    url: str
    current: bool
    wrong: bool


@dataclass(frozen=True)
class StepPage:
    """One step of the form. `proposed` are métiers or needs that we understood, `understood` says to check them."""

    title: str
    heading: str
    description: str
    kind: str
    kind_label: str
    step: str
    number: int
    action: str
    back: str | None
    steps: tuple[StepLink, ...]
    answers: Answers
    errors: tuple[FieldError, ...]
    wrong: frozenset[str]
    messages: dict[str, str]
    proposed: tuple[Choice, ...]
    understood: bool
    publics: tuple[Choice, ...]
    modes: tuple[Choice, ...]
    durations: tuple[Choice, ...]
    rows: tuple[tuple[str, ...], ...]
    preview: Card | None
    hiring: str
    editing: bool
    all_needs: tuple[Choice, ...]
    official_form: str = urls.OFFICIAL_IMMERSION_FORM

    def value(self, name: str) -> str:
        """The first value of a field, as it was typed."""
        return one(self.answers, name)


@dataclass(frozen=True)
class ManagePage:
    """« Ma publication ». `sessions`: start, words, seats, seats left."""

    title: str
    description: str
    publication: Publication
    state: str
    told: str
    url: str
    edit_url: str
    offer_url: str | None
    preview: Card | None
    sessions: tuple[tuple[str, str, int, int], ...]
    contacts: tuple[ContactRow, ...]
    resume_on: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True)
class SimplePage:
    """A page of a few sentences, with at most one thing to do. `field` is the name of a text that it asks for.

    `siret` is the one that an invitation brought, which the first step then holds.
    """

    title: str
    description: str
    lines: tuple[str, ...]
    action: str = ""
    button: str = ""
    field: str = ""
    label: str = ""
    errors: tuple[FieldError, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    siret: str = ""


def build_step_page(
    publication: Publication,
    reading: Reading,
    step: Step,
    token: str,
    *,
    tell: bool,
    proposed: tuple[Choice, ...] = (),
    all_needs: tuple[Choice, ...] = (),
    preview: Card | None = None,
    hiring: str = "",
    editing: bool = False,
) -> StepPage:
    """`tell`: the page says what is to mend; before anything is sent, it does not."""
    answers, number = publication.answers, list(Step).index(step) + 1
    errors = dict(reading.errors.get(step, {})) if tell else {}
    understood = bool(proposed) and _waits_for_choice(publication, errors)
    if understood:
        errors = {}
    steps = list(Step)
    return StepPage(
        title=f"{STEP_TITLES[step]} {KIND_LABELS[publication.kind]}",
        heading=STEP_TITLES[step],
        description="Publiez en quelques minutes, sans compte.",
        kind=publication.kind,
        kind_label=KIND_LABELS[publication.kind],
        step=step,
        number=number,
        action=urls.step(token, step),
        back=None if number == 1 else urls.step(token, steps[number - 2]),
        steps=tuple(
            StepLink(
                n, STEP_TITLES[s], urls.step(token, s), s is step, tell and step is Step.SUMMARY and _wrong(reading, s)
            )
            for n, s in enumerate(steps, 1)
        ),
        answers=answers,
        errors=tuple(FieldError(name, text) for name, text in errors.items()),
        wrong=frozenset(errors),
        messages=errors,
        proposed=proposed,
        understood=understood,
        publics=_choices(((p, vocabulary("publics")[p].shown) for p in _PUBLICS), many(answers, "publics")),
        modes=_choices(MODES.items(), many(answers, "mode") or (DEFAULT_MODE,)),
        durations=_choices(DURATIONS.items(), many(answers, "duree") or ("une-semaine",)),
        rows=_rows(answers),
        preview=preview,
        hiring=hiring,
        editing=editing,
        all_needs=all_needs,
    )


def _waits_for_choice(publication: Publication, errors: dict[str, str]) -> bool:
    """Whether all that is left is to confirm what we understood."""
    if publication.kind is PublicationKind.IMMERSION:
        return set(errors) == {"metier"} and bool(one(publication.answers, "metier"))
    return set(errors) == {"besoins"}


def _wrong(reading: Reading, step: Step) -> bool:
    return step is not Step.SUMMARY and bool(reading.errors.get(step))


def _choices(pairs: Iterable[tuple[str, str]], chosen: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value in chosen) for value, label in pairs)


def _rows(answers: Answers) -> tuple[tuple[str, ...], ...]:
    """The sessions typed, and empty rows up to three, or one more."""
    columns = [answers.get(name, ()) for name in SESSION_FIELDS]
    typed = max((len(column) for column in columns), default=0)
    rows = [tuple(column[i] if i < len(column) else "" for column in columns) for i in range(typed)]
    rows = [row for row in rows if any(row[:3])]
    blank = ("",) * len(SESSION_FIELDS)
    return (*rows, *(blank for _ in range(max(_ROWS_SHOWN - len(rows), 1))))


def build_manage_page(
    publication: Publication,
    token: str,
    *,
    told: str,
    offer_url: str | None,
    preview: Card | None,
    sessions: tuple[tuple[str, str, int, int], ...],
    contacts: tuple[ContactRow, ...],
    errors: dict[str, str] | None = None,
) -> ManagePage:
    return ManagePage(
        title=title_of(publication),
        description="Votre publication : la modifier, la mettre en pause, la retirer.",
        publication=publication,
        state=LABELS[publication.state],
        told=told,
        url=urls.manage(token),
        edit_url=urls.step(token, Step.WHO),
        offer_url=offer_url,
        preview=preview,
        sessions=sessions,
        contacts=contacts,
        resume_on=_say_day(publication.resume_on),
        errors=tuple(FieldError(name, text) for name, text in (errors or {}).items()),
    )


def say_session_row(start: datetime) -> str:
    return f"{start:%d/%m/%Y} à {start:%H} h {start:%M}".replace(" h 00", " h")


def _say_day(day: date | None) -> str:
    return "" if day is None else f"{day:%d/%m/%Y}"
