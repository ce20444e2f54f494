"""The questions of the « questionnaire de situation » as a page shows them, with the answers that are known."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.dossiers.fields import JOBS, MAX_JOB, MAX_TEXT, MEANS, MINUTES, MOMENT, NEED, PUBLIC, YES, all_fields
from indexer.geocode.communes import load_communes
from indexer.schema.vocabulary import category_of, vocabulary
from ui.contexts.plan_form import say_minutes
from ui.contexts.report import Choice
from ui.dossiers.labels import MEANS_LABELS, VALUES, say_field
from ui.places import commune_label


@dataclass(frozen=True, slots=True)
class Box:
    """One box to tick: `name` is its field."""

    name: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need; `state` is « besoin », « point-fort » or empty."""

    name: str
    label: str
    hint: str
    state: str


@dataclass(frozen=True, slots=True)
class NeedGroup:
    """A category and its thématiques; `count` of them are answered."""

    row: NeedRow
    rows: tuple[NeedRow, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Questions:
    """Every field with its answer."""

    nom: str
    age: str
    lieu: str
    code_commune: str
    publics: tuple[Box, ...]
    means: tuple[Box, ...]
    minutes: tuple[Choice, ...]
    licence: tuple[Choice, ...]
    note: str
    groups: tuple[NeedGroup, ...]
    envies: str
    jobs: tuple[tuple[str, str, str], ...]
    free: bool
    remote: tuple[Choice, ...]
    moments: tuple[Box, ...]
    digital: tuple[Choice, ...]
    contraintes: str
    max_text: int
    max_job: int


def build_questions(answers: Mapping[str, str], lieu: str | None = None) -> Questions:
    """`answers` hold the name too; `lieu` is what was typed for a place that is not known."""
    commune = load_communes().resolve(answers.get("code_commune", ""))
    return Questions(
        nom=answers.get("nom", ""),
        age=answers.get("age", ""),
        lieu=(lieu or "") if commune is None or lieu is not None else commune_label(commune),
        code_commune="" if commune is None or lieu is not None else commune.code,
        publics=_boxes(PUBLIC, answers),
        means=tuple(Box(MEANS + code, label, bool(answers.get(MEANS + code))) for code, label in MEANS_LABELS.items()),
        minutes=_minutes(answers.get("duree", "")),
        licence=_choices("permis", answers),
        note=answers.get("note", ""),
        groups=_groups(answers),
        envies=answers.get("envies", ""),
        jobs=tuple((job, say_field(job), answers.get(job, "")) for job in JOBS),
        free=answers.get("gratuit") == YES,
        remote=_choices("a_distance", answers),
        moments=_boxes(MOMENT, answers),
        digital=_choices("numerique", answers),
        contraintes=answers.get("contraintes", ""),
        max_text=MAX_TEXT,
        max_job=MAX_JOB,
    )


def _boxes(prefix: str, answers: Mapping[str, str]) -> tuple[Box, ...]:
    names = (name for name in all_fields() if name.startswith(prefix))
    return tuple(Box(name, say_field(name), bool(answers.get(name))) for name in names)


def _choices(field: str, answers: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, answers.get(field, "") == value) for value, label in VALUES[field].items())


def _minutes(known: str) -> tuple[Choice, ...]:
    said = [Choice(value, say_minutes(int(value)), value == known) for value in MINUTES]
    return (Choice("", "Pas abordé", not known), *said)


def _groups(answers: Mapping[str, str]) -> tuple[NeedGroup, ...]:
    rows: dict[str, list[NeedRow]] = {}
    for code in vocabulary("thematiques"):
        rows.setdefault(category_of(code), []).append(_row(code, answers))
    return tuple(NeedGroup(own[0], tuple(own[1:]), sum(bool(row.state) for row in own[1:])) for own in rows.values())


def _row(code: str, answers: Mapping[str, str]) -> NeedRow:
    name, term = NEED + code, vocabulary("thematiques")[code]
    return NeedRow(name, term.shown, "" if term.shown == term.label else term.label, answers.get(name, ""))
