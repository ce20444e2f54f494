"""The plan on paper: one A4, or large type for who sees badly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from indexer.plans.model import OPEN, STATES, Fields, Line, Plan
from ui.plans.lines import say_facts
from ui.plans.offer_facts import NOTHING, OfferFacts
from ui.plans.words import say_moment
from ui.wording import say_date


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`box` is ☐ or ☑, with the state in words for who does not see it."""

    box: str
    state: str
    title: str
    who: str
    place: str
    contact: str
    note: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`qr_code` opens the person's own plan, None where no link was just made."""

    name: str
    made_on: str
    lines: tuple[SheetLine, ...]
    meetings: tuple[str, ...]
    referent: str
    organisation: str
    large: bool
    qr_code: Markup | None


def build_sheet(
    plan: Plan,
    facts: Mapping[str, OfferFacts],
    today: date,
    *,
    name: str,
    referent: str,
    organisation: str,
    large: bool = False,
    qr_code: Markup | None = None,
) -> Sheet:
    """What was given up is left out; what is done stays, ticked: it shows the way made."""
    lines = [line for line in plan.lines if line.fields.etat != "abandonne"]
    coming = [meeting for meeting in plan.meetings if not meeting.done and meeting.kind == "rendez-vous"]
    return Sheet(
        name=name,
        made_on=say_date(today),
        lines=tuple(_line(line, facts, today) for line in lines),
        meetings=tuple(
            ", ".join(part for part in (say_moment(one.at, today), one.objet, one.lieu) if part) for one in coming
        ),
        referent=referent,
        organisation=organisation,
        large=large,
        qr_code=qr_code,
    )


def _say_who(fields: Fields, today: date) -> str:
    """As the person reads it of themselves: who else does it, by when, how many hours."""
    facts = say_facts(fields, today)
    mine = {"personne": facts[1:], "referent": ("Mon référent", *facts[1:])}
    return " · ".join(mine.get(fields.qui, facts))


def _line(line: Line, facts: Mapping[str, OfferFacts], today: date) -> SheetLine:
    fields = line.fields
    offer = facts.get(fields.offre_id or "", NOTHING)
    return SheetLine(
        box="☐" if fields.etat in OPEN else "☑",
        state=STATES[fields.etat],
        title=fields.titre,
        who=_say_who(fields, today),
        place=" · ".join(part for part in (offer.holder, offer.where) if part),
        contact=offer.phone or offer.mail,
        note=fields.note,
    )
