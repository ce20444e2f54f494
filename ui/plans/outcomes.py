"""What became of an orientation, in a sentence beside its line."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from indexer.geocode.clocks import MAINLAND
from indexer.relay.model import Request
from indexer.relay.states import State
from ui.wording import say_day

_SAID: Final[Mapping[State, str]] = {
    State.TO_CONFIRM: "Orientation à confirmer par courriel.",
    State.SENT: "Orientation envoyée le {sent} : la structure n’a pas encore répondu.",
    State.REMINDED: "Orientation relancée : la structure n’a pas encore répondu.",
    State.ACCEPTED: "La structure accepte.",
    State.OTHER_DATE: "La structure propose une autre date",
    State.DECLINED: "La structure ne peut pas",
    State.UNANSWERED: "La structure n’a pas répondu : voyez les autres offres.",
    State.CLOSED: "Orientation close.",
}


def say_outcome(request: Request, today: date) -> str:
    """With the structure's own words, where it left some."""
    sent = (request.sent_at or request.created_at).astimezone(MAINLAND).date()
    said = _SAID[request.state].format(sent=say_day(sent, today))
    reply = None if request.content is None else request.content.reply
    words = [] if reply is None else [part for part in (reply.date, reply.note) if part]
    joined = f" « {', '.join(words)} »" if words else ""
    return f"{said.removesuffix('.')}{' :' if joined and ':' not in said else ''}{joined}."
