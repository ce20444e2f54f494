"""How a request and its history are told."""

from datetime import datetime
from typing import Final

from indexer.geocode.clocks import MAINLAND
from indexer.relay.model import Event, Request
from indexer.relay.states import Kind, State
from ui.wording import say_day

STATE_LABELS: Final = {
    State.TO_CONFIRM: "À confirmer",
    State.SENT: "En attente d’une réponse",
    State.REMINDED: "Relancée",
    State.ACCEPTED: "Acceptée",
    State.OTHER_DATE: "Autre date proposée",
    State.DECLINED: "Refusée",
    State.UNANSWERED: "Sans réponse",
    State.CLOSED: "Retirée",
}
KIND_LABELS: Final = {Kind.ORIENTATION: "Orientation", Kind.IMMERSION: "Immersion"}

_EVENTS: Final = {
    State.SENT: "Demande envoyée",
    State.ACCEPTED: "Demande acceptée",
    State.OTHER_DATE: "Autre date proposée",
    State.DECLINED: "Demande refusée",
    State.UNANSWERED: "Close faute de réponse",
    State.CLOSED: "Demande retirée",
    "rappel": "Rappel envoyé à la structure",
    "courriel-refuse": "Le courriel n’a pas pu être remis",
}


def say_event(event: Event, now: datetime) -> str:
    """« mardi 3 mars : demande acceptée »."""
    return f"{say_moment(event.at, now)} : {_EVENTS.get(event.what, event.what)}"


def say_state(request: Request, now: datetime) -> str:
    """« Acceptée, mardi 3 mars »."""
    when = request.answered_at or request.closed_at or request.sent_at or request.created_at
    return f"{STATE_LABELS[request.state]}, {say_moment(when, now)}"


def say_moment(moment: datetime, now: datetime) -> str:
    """The day in France."""
    return say_day(moment.astimezone(MAINLAND).date(), now.astimezone(MAINLAND).date())
