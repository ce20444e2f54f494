"""The page where a person answers beforehand, by a link: the plain questions of `/plan`, and nothing of the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from indexer.dossiers.fields import JOBS, MAX_JOB, MAX_TEXT, MEANS, MINUTES, NEED, PUBLIC
from indexer.geocode.communes import load_communes
from indexer.schema.vocabulary import label_of
from ui.contexts.plan_form import say_minutes
from ui.contexts.report import Choice, FieldError
from ui.dossiers import urls
from ui.dossiers.questions import Box
from ui.places import commune_label
from ui.plan_form import MEANS as MEANS_WORDS
from ui.plan_form import NEEDS, PUBLICS

ASKED: Final = (
    "age",
    "code_commune",
    "duree",
    "note",
    "envies",
    JOBS[0],
    *(NEED + need for need in NEEDS),
    *(PUBLIC + public for public in PUBLICS),
    *(MEANS + means for means in MEANS_WORDS),
)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Fields as they were answered by this link."""

    title: str
    description: str
    action: str
    lieu: str
    code_commune: str
    age: str
    note: str
    envies: str
    job: str
    needs: tuple[Box, ...]
    publics: tuple[Box, ...]
    means: tuple[Box, ...]
    minutes: tuple[Choice, ...]
    errors: tuple[FieldError, ...]
    wrong: Mapping[str, str]
    told: bool
    max_text: int
    max_job: int


def build_answer(
    token: str,
    answers: Mapping[str, str],
    *,
    lieu: str | None = None,
    errors: Mapping[str, str] | None = None,
    told: bool = False,
) -> AnswerPage:
    """`lieu` is a place that is not known, as it was typed."""
    commune = None if lieu is not None else load_communes().resolve(answers.get("code_commune", ""))
    minutes = [Choice("", "Je ne sais pas", not answers.get("duree"))]
    minutes += [Choice(value, say_minutes(int(value)), answers.get("duree") == value) for value in MINUTES]
    return AnswerPage(
        title="Préparer mon rendez-vous",
        description="Répondez à ce que vous voulez. Vous en parlerez ensemble.",
        action=urls.answer(token),
        lieu=(lieu or "") if commune is None else commune_label(commune),
        code_commune="" if commune is None else commune.code,
        age=answers.get("age", ""),
        note=answers.get("note", ""),
        envies=answers.get("envies", ""),
        job=answers.get(JOBS[0], ""),
        needs=tuple(Box(NEED + need, label_of("thematiques", need), bool(answers.get(NEED + need))) for need in NEEDS),
        publics=tuple(Box(PUBLIC + key, label, bool(answers.get(PUBLIC + key))) for key, label in PUBLICS.items()),
        means=tuple(Box(MEANS + key, label, bool(answers.get(MEANS + key))) for key, label in MEANS_WORDS.items()),
        minutes=tuple(minutes),
        errors=tuple(FieldError(name, text) for name, text in (errors or {}).items()),
        wrong=errors or {},
        told=told,
        max_text=MAX_TEXT,
        max_job=MAX_JOB,
    )
