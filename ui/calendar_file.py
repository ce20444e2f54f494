"""The coming sessions of an offer as a calendar file (RFC 5545) that phones and computers open."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from ui.contexts.facts import EXAMPLE_SOURCE, address_lines
from ui.offer_json import OfferJson, SessionJson, coming_sessions, fresh_on
from ui.wording import say_phone

if TYPE_CHECKING:
    from icalendar import Event

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
UNKNOWN_END: Final = timedelta(hours=1)
"""How long a session without an end is shown to last: a calendar needs some length to show it well."""


def build_calendar(offre: OfferJson, address: str, today: date) -> bytes | None:
    """`address` is the absolute one of the offer's page. None when no session is to come.

    Times are written in UTC: every calendar then shows the right hour, whatever the clock of the place.
    """
    coming = coming_sessions(offre["sessions"], today)
    if not coming:
        return None
    from icalendar import Calendar  # here and below: a server starts without it

    calendar = Calendar()
    calendar.add("prodid", "-//Maillage//Seances//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for start, session in coming:
        calendar.add_component(_event(offre, session, start, address))
    return bytes(calendar.to_ical())


def _event(offre: OfferJson, session: SessionJson, start: datetime, address: str) -> "Event":
    from icalendar import Event

    end = start + UNKNOWN_END if session["fin"] is None else datetime.fromisoformat(session["fin"])
    event = Event()
    event.add("uid", f"{_fingerprint(offre['id'], session)}@maillage")
    event.add("dtstamp", datetime.combine(fresh_on(offre["date_maj"], offre["provenance"]), time(), UTC))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("summary", f"Exemple : {offre['nom']}" if offre["source"] == EXAMPLE_SOURCE else offre["nom"])
    event.add("description", _description(offre, address))
    event.add("url", address)
    place = session["lieu"] or ", ".join(address_lines(offre))
    if place:
        event.add("location", place)
    return event


def _fingerprint(offer_id: str, session: SessionJson) -> str:
    """The same session keeps its name, so that a file opened twice does not fill a calendar twice."""
    return hashlib.sha256(f"{offer_id}\n{session['debut']}\n{session['lieu']}".encode()).hexdigest()[:32]


def _description(offre: OfferJson, address: str) -> str:
    structure = offre["structure"]
    phone = offre["telephone"] or (None if structure is None else structure["telephone"])
    lines = (
        None if structure is None else structure["nom"],
        None if phone is None else f"Téléphone : {say_phone(phone)}",
        address,
    )
    return "\n".join(line for line in lines if line)
