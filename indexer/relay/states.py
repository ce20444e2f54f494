"""The states of a request, and what a person reads of them."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """`orientation`: to the structure of an offer. `immersion`: to a company."""

    ORIENTATION = "orientation"
    IMMERSION = "immersion"


class State(StrEnum):
    """Where a request is. The structure may answer while it is OPEN."""

    TO_CONFIRM = "a-confirmer"
    SENT = "envoyee"
    REMINDED = "relancee"
    ACCEPTED = "acceptee"
    OTHER_DATE = "autre-date"
    DECLINED = "declinee"
    UNANSWERED = "sans-reponse"
    CLOSED = "close"


OPEN: Final = (State.SENT, State.REMINDED, State.OTHER_DATE)
"""Waiting for the structure; another date may still become a yes or a no."""

AWAITED: Final = (State.SENT, State.REMINDED)
"""No answer at all yet: reminders and the closing concern only these."""

LABELS: Final = {
    State.TO_CONFIRM: "À confirmer par courriel",
    State.SENT: "Envoyée",
    State.REMINDED: "Relancée",
    State.ACCEPTED: "Acceptée",
    State.OTHER_DATE: "Autre date proposée",
    State.DECLINED: "Refusée",
    State.UNANSWERED: "Sans réponse",
    State.CLOSED: "Close",
}


class Answer(StrEnum):
    """What a structure may say, by a click on its page."""

    ACCEPT = "accepter"
    OTHER_DATE = "autre-date"
    DECLINE = "decliner"


STATE_OF: Final = {
    Answer.ACCEPT: State.ACCEPTED,
    Answer.OTHER_DATE: State.OTHER_DATE,
    Answer.DECLINE: State.DECLINED,
}
