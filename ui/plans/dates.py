"""The dates of a plan as a calendar file (RFC 5545): steps to do, appointments to come."""

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Final

from indexer.plans.model import OPEN, Line, Meeting, Plan

if TYPE_CHECKING:
    from icalendar import Calendar, Event

_LENGTH: Final = timedelta(hours=1)
"""How long an appointment is shown to last: nobody says, and a calendar needs some length."""


def build_dates(plan: Plan) -> bytes:
    """Ids are those of lines and appointments: a file opened again moves what moved, and doubles nothing."""
    from icalendar import Calendar  # here and below: a server starts without it

    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Plan//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for line in plan.lines:
        if line.fields.etat in OPEN and line.fields.echeance is not None:
            calendar.add_component(_of_line(line))
    _add_meetings(calendar, plan)
    return bytes(calendar.to_ical())


def _add_meetings(calendar: "Calendar", plan: Plan) -> None:
    for meeting in plan.meetings:
        if meeting.kind == "rendez-vous" and not meeting.done:
            calendar.add_component(_of_meeting(meeting))


def _of_line(line: Line) -> "Event":
    """A whole day."""
    from icalendar import Event

    event = Event()
    event.add("uid", f"{line.id}@maillage")
    event.add("sequence", line.version)
    event.add("dtstamp", line.changed_at.astimezone(UTC))
    event.add("dtstart", line.fields.echeance)
    event.add("summary", line.fields.titre)
    if line.fields.note:
        event.add("description", line.fields.note)
    return event


def _of_meeting(meeting: Meeting) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("uid", f"{meeting.id}@maillage")
    event.add("dtstamp", meeting.at.astimezone(UTC))
    event.add("dtstart", meeting.at.astimezone(UTC))
    event.add("dtend", (meeting.at + _LENGTH).astimezone(UTC))
    event.add("summary", meeting.objet or "Rendez-vous")
    if meeting.lieu:
        event.add("location", meeting.lieu)
    return event
