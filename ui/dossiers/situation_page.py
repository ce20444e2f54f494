"""The page of the questionnaire: the questions, what others wrote meanwhile, what the texts say."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from indexer.dossiers import Dossier
from indexer.dossiers.merge import Conflict
from indexer.dossiers.saving import with_name
from ui.contexts.report import FieldError
from ui.dossiers import urls
from ui.dossiers.frame import DossierFrame, build_frame
from ui.dossiers.labels import say_field, say_value
from ui.dossiers.questions import Questions, build_questions
from ui.dossiers.texts_read import SaidThings
from ui.espace.navigation import Frame


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that two people changed: what each wrote, as it is read; `who` wrote first."""

    field: str
    label: str
    theirs: str
    mine: str
    who: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a form: the file, and what could not be kept, by field, with what was typed there.

    `lieu` is a place that is not known, as it was typed.
    """

    dossier: Dossier
    conflicts: tuple[Conflict, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    lieu: str | None = None


@dataclass(frozen=True, slots=True)
class SituationPage:
    """`version` is the one that the form was made from."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    version: int
    ask: Questions
    errors: tuple[FieldError, ...]
    wrong: Mapping[str, str]
    clashes: tuple[Clash, ...]
    said: SaidThings
    told: str
    action: str
    reading_url: str
    plan_url: str
    proposals_url: str


def build_clashes(conflicts: Iterable[Conflict], who: Callable[[str], str]) -> tuple[Clash, ...]:
    """`who` names the last to have changed a field."""
    return tuple(
        Clash(
            one.field,
            say_field(one.field),
            say_value(one.field, one.theirs),
            say_value(one.field, one.mine),
            who(one.field),
        )
        for one in conflicts
    )


def build_situation(
    frame: Frame, outcome: Outcome, who: Callable[[str], str], *, said: SaidThings | None = None, told: str = ""
) -> SituationPage:
    """What was typed and not kept stays in its field, with what others wrote beside it."""
    dossier = outcome.dossier
    mine = {one.field: one.mine for one in outcome.conflicts}
    return SituationPage(
        title=f"Situation de {dossier.nom}",
        description="Le questionnaire de situation.",
        espace=frame,
        dossier=build_frame(dossier, "situation"),
        version=dossier.version,
        ask=build_questions(with_name(dossier) | mine | dict(outcome.typed), outcome.lieu),
        errors=tuple(FieldError(name, text) for name, text in outcome.errors.items()),
        wrong=outcome.errors,
        clashes=build_clashes(outcome.conflicts, who),
        said=said or SaidThings(),
        told=told,
        action=urls.situation(dossier.id),
        reading_url=urls.reading(dossier.id),
        plan_url=urls.plan(dossier.id),
        proposals_url=urls.proposals(dossier.id),
    )
