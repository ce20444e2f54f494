"""The plan as its own person reads it, on a phone, in plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from indexer.plans.model import MAX_WORDS, OPINIONS, Avis, Etat, Line, Plan
from ui.emergency import EMERGENCY_NUMBERS, EmergencyNumber
from ui.plans import urls
from ui.plans.offer_facts import NOTHING, OfferFacts
from ui.plans.words import say_hours, say_moment
from ui.wording import glued, say_count, say_day

_STATES: Final[Mapping[Etat, str]] = {
    "a-faire": "À faire",
    "en-cours": "C’est commencé",
    "fait": "C’est fait",
    "abandonne": "On ne le fait pas",
}
_MOUTHS: Final[Mapping[Avis, str]] = {
    "bien": "M8 14.5c2 2.500 6 2.500 8 0",
    "moyen": "M8 15.500h8",
    "pas-bien": "M8 17c2-2.500 6-2.500 8 0",
}
"""The mouth of each face as an SVG path: a telephone may have no drawn characters."""


@dataclass(frozen=True, slots=True)
class Face:
    value: str
    mouth: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One step. `who` says when it is not for the person to do; `told` answers what they just sent for it."""

    id: str
    version: int
    title: str
    state: Etat
    state_label: str
    who: str
    when: str
    offer: OfferFacts
    note: str
    reason: str
    comment: str
    faces: tuple[Face, ...]
    opinion_words: str
    lost: str
    told: str
    typed: str

    @property
    def open(self) -> bool:
        return self.state in ("a-faire", "en-cours")


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The whole page: what is to do, then what is done."""

    title: str
    description: str
    token: str
    action: str
    dates: str | None
    summary: str
    lines: tuple[OwnLine, ...]
    meetings: tuple[str, ...]
    numbers: tuple[EmergencyNumber, ...]
    told: str
    typed: str
    max_words: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say of a form that could not be taken: about a line, or about the step proposed when `line_id` is empty.

    `typed` are the words, which are not lost.
    """

    line_id: str
    told: str
    typed: str


def build_own_page(
    token: str,
    plan: Plan,
    facts: Mapping[str, OfferFacts],
    lost: Mapping[str, str],
    today: date,
    answer: Answer | None = None,
) -> OwnPage:
    lines = tuple(_line(line, facts, lost.get(line.id, ""), today, answer) for line in plan.lines)
    coming = [one for one in plan.meetings if one.kind == "rendez-vous" and not one.done]
    dated = bool(coming) or any(line.fields.echeance is not None for line in plan.lines)
    about_step = answer is not None and not answer.line_id
    return OwnPage(
        title="Votre plan",
        description="Les étapes décidées avec votre référent.",
        token=token,
        action=urls.person(token),
        dates=urls.person_dates(token) if dated else None,
        summary=_say_summary(lines),
        lines=lines,
        meetings=tuple(
            ", ".join(part for part in (say_moment(one.at, today), one.objet, one.lieu) if part) for one in coming
        ),
        numbers=EMERGENCY_NUMBERS,
        told=answer.told if answer is not None and about_step else "",
        typed=answer.typed if answer is not None and about_step else "",
        max_words=MAX_WORDS,
    )


def _line(line: Line, facts: Mapping[str, OfferFacts], lost: str, today: date, answer: Answer | None) -> OwnLine:
    fields = line.fields
    mine = answer is not None and answer.line_id == line.id
    when = [] if fields.echeance is None else [f"pour le {say_day(fields.echeance, today)}"]
    when += [] if fields.heures is None else [say_hours(fields.heures)]
    return OwnLine(
        id=line.id,
        version=line.version,
        title=glued(fields.titre),
        state=fields.etat,
        state_label=_STATES[fields.etat],
        who=_say_who(line),
        when=", ".join(when),
        offer=facts.get(fields.offre_id or "", NOTHING),
        note=fields.note,
        reason=fields.raison,
        comment=fields.commentaire,
        faces=tuple(Face(code, mouth, OPINIONS[code], fields.avis == code) for code, mouth in _MOUTHS.items()),
        opinion_words=fields.avis_mots,
        lost=lost,
        told=answer.told if answer is not None and mine else "",
        typed=answer.typed if answer is not None and mine else "",
    )


def _say_who(line: Line) -> str:
    """Nothing where the person does it themselves."""
    if line.fields.qui == "referent":
        return "Votre référent s’en occupe."
    if line.fields.qui == "partenaire":
        return f"{line.fields.partenaire or 'Un partenaire'} s’en occupe."
    return ""


def _say_summary(lines: tuple[OwnLine, ...]) -> str:
    if not lines:
        return "Votre plan est vide pour l’instant. Votre référent y mettra des étapes."
    left, done = sum(line.open for line in lines), sum(line.state == "fait" for line in lines)
    if not left:
        return "Toutes les étapes sont passées."
    return f"{say_count(left, 'étape')} à faire" + (f", {say_count(done, 'faite', 'faites')} déjà." if done else ".")
