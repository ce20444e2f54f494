"""A whole publication from what was typed: who, what, contact; or what to mend, by field and by step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from indexer.geocode.communes import Communes
from indexer.publish import contact as contact_step
from indexer.publish import what as what_step
from indexer.publish import who as who_step
from indexer.publish.answers import Answers, clean_answers, one
from indexer.publish.contact import Contact, read_contact
from indexer.publish.place import read_commune
from indexer.publish.states import PublicationKind
from indexer.publish.what import What, read_what
from indexer.publish.who import Who, read_who

ACCORD: Final = "accord"
"""The box of the last step: the person may publish for this organisation, and the text may be shown under a licence."""


class Step(StrEnum):
    """The four steps of the form, in order."""

    WHO = "qui"
    WHAT = "quoi"
    CONTACT = "contact"
    SUMMARY = "resume"


@dataclass(frozen=True)
class Content:
    """A publication that can be shown."""

    kind: PublicationKind
    who: Who
    what: What
    contact: Contact


@dataclass(frozen=True)
class Reading:
    """`content` is None while `errors` (by step, then by field) has anything in the first three steps."""

    content: Content | None
    errors: Mapping[Step, Mapping[str, str]] = field(default_factory=dict)

    @property
    def all_errors(self) -> dict[str, str]:
        return {name: text for errors in self.errors.values() for name, text in errors.items()}

    @property
    def first_wrong(self) -> Step | None:
        return next((step for step in Step if self.errors.get(step)), None)


def known_fields(kind: PublicationKind, step: Step) -> frozenset[str]:
    """The names that a step may send."""
    return {
        Step.WHO: who_step.FIELDS,
        Step.WHAT: what_step.FIELDS[kind],
        Step.CONTACT: contact_step.FIELDS,
        Step.SUMMARY: frozenset({ACCORD}),
    }[step]


def merge_step(answers: Answers, kind: PublicationKind, step: Step, sent: Mapping[str, Iterable[str]]) -> Answers:
    """What was known, with this step's fields as they are sent now: a box that is not sent is unticked."""
    known = known_fields(kind, step)
    kept = {name: values for name, values in answers.items() if name not in known}
    merged: dict[str, tuple[str, ...]] = kept | clean_answers(sent, known)
    if "metier" in known and one(merged, "metier") != one(answers, "metier"):
        confirmed_now = bool(sent.get("metiers")) and not one(answers, "metier")
        merged |= {} if confirmed_now else {"metiers": ()}
    return merged


def read_publication(kind: PublicationKind, answers: Answers, communes: Communes, now: datetime) -> Reading:
    """Never raises on anything typed. `now` is the moment from which sessions must be ahead."""
    commune = read_commune(answers, communes)
    if commune is not None:
        answers = {**answers, "code_commune": (commune.code,)}
    who, wrong_who = read_who(answers, kind, communes)
    what, wrong_what = read_what(answers, kind, now)
    contact, wrong_contact = read_contact(answers, kind, now.date())
    accord = {} if one(answers, ACCORD) else {ACCORD: "Cochez cette case pour pouvoir publier."}
    errors = {
        step: wrong for step, wrong in zip(Step, (wrong_who, wrong_what, wrong_contact, accord), strict=True) if wrong
    }
    if who is None or what is None or contact is None:
        return Reading(None, errors)
    return Reading(Content(kind, who, what, contact), errors)
