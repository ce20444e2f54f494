"""The form of `/plan`."""

from dataclasses import dataclass

from indexer.matching.profile import MAX_AGE, MIN_AGE
from indexer.schema.vocabulary import label_of
from ui.contexts.report import Choice, FieldError
from ui.plan_form import MAX_JOB, MAX_NOTE, MEANS, MINUTES, NEEDS, PUBLICS, SentPlan


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Fields as they were sent. `minutes` has « sans limite » as its empty value."""

    title: str
    description: str
    lieu: str
    code_commune: str
    note: str
    job: str
    age: str
    needs: tuple[Choice, ...]
    publics: tuple[Choice, ...]
    means: tuple[Choice, ...]
    minutes: tuple[Choice, ...]
    errors: tuple[FieldError, ...]
    wrong: frozenset[str]
    max_note: int
    max_job: int
    ages: tuple[int, int]


def build_plan_form(sent: SentPlan) -> PlanForm:
    """`sent` is what is known, or what must be mended."""
    minutes = [Choice("", "Je ne sais pas", sent.minutes is None)]
    minutes += [Choice(str(m), say_minutes(m), sent.minutes == m) for m in MINUTES]
    return PlanForm(
        title="Faire mon plan",
        description="Dites vos besoins : voici par où commencer, et où aller près de chez vous.",
        lieu=sent.lieu,
        code_commune=sent.code_commune,
        note=sent.note,
        job=sent.job,
        age=sent.age,
        needs=tuple(Choice(need, label_of("thematiques", need), need in sent.needs) for need in NEEDS),
        publics=tuple(Choice(code, label, code in sent.publics) for code, label in PUBLICS.items()),
        means=tuple(Choice(code, label, code in sent.means) for code, label in MEANS.items()),
        minutes=tuple(minutes),
        errors=tuple(FieldError(name, text) for name, text in sent.errors.items()),
        wrong=frozenset(sent.errors),
        max_note=MAX_NOTE,
        max_job=MAX_JOB,
        ages=(MIN_AGE, MAX_AGE),
    )


def say_minutes(minutes: int) -> str:
    """« 45 min », « 1 h », « 1 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"
