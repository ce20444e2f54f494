"""The form « Signaler une erreur », and the thanks."""

from dataclasses import dataclass

from indexer.catalogue.reports import MAX_TEXT, REASON_LABELS, ReportReason
from indexer.schema import Kind
from ui.contexts.facts import Link
from ui.reporting import TRAP, SentReport

_OFFER_ONLY = (ReportReason.CONDITIONS,)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class FieldError:
    """`field` is the id of what to mend."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """`about` is the record's name; `action` where the form is sent; `back` its page."""

    title: str
    description: str
    about: str
    action: str
    back: Link
    choices: tuple[Choice, ...]
    text: str
    max_text: int
    trap: str
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class ThanksPage:
    title: str
    description: str
    lines: tuple[str, ...]
    back: Link


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report is about: its page, and that of the form."""

    kind: Kind
    id: str
    name: str
    url: str
    form_url: str

    @property
    def back(self) -> Link:
        return Link("Revenir à l’offre" if self.kind is Kind.OFFER else "Revenir à la structure", self.url)


def build_report_page(reported: Reported, sent: SentReport | None = None) -> ReportPage:
    """`sent` is what must be mended, kept as it was written."""
    errors = {} if sent is None else sent.errors
    title = "Signaler une erreur"
    return ReportPage(
        title=title,
        description=f"{title} sur « {reported.name} ».",
        about=reported.name,
        action=reported.form_url,
        back=reported.back,
        choices=tuple(_iter_choices(reported.kind, None if sent is None else sent.reason)),
        text="" if sent is None else sent.text[:MAX_TEXT],
        max_text=MAX_TEXT,
        trap=TRAP,
        errors=tuple(FieldError("motif-1" if name == "motif" else name, text) for name, text in errors.items()),
    )


def build_thanks(reported: Reported, kept: bool) -> ThanksPage:
    """Not `kept`: so many already say that something is wrong here that one more would teach nothing."""
    title = "Merci"
    line = (
        f"Votre signalement sur « {reported.name} » est enregistré."
        if kept
        else f"D’autres personnes ont déjà signalé « {reported.name} » : nous sommes prévenus."
    )
    return ThanksPage(title, line, (line, "Nous le transmettons à qui peut corriger la page."), reported.back)


def _iter_choices(kind: Kind, chosen: ReportReason | None) -> list[Choice]:
    shown = [reason for reason in ReportReason if kind is Kind.OFFER or reason not in _OFFER_ONLY]
    labels = dict(REASON_LABELS)
    if kind is Kind.STRUCTURE:
        labels[ReportReason.CLOSED] = "La structure n’existe plus"
    return [Choice(reason, labels[reason], reason is chosen) for reason in shown]
