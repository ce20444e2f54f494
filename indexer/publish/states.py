"""The life of a publication. It is never an offer: an accepted one makes an offer of the catalogue."""

from enum import StrEnum
from typing import Final


class PublicationKind(StrEnum):
    """What is published: an immersion of a company, or a workshop of a structure."""

    IMMERSION = "immersion"
    WORKSHOP = "atelier"


class State(StrEnum):
    """Where a publication is."""

    DRAFT = "brouillon"
    TO_CONFIRM = "a-confirmer"
    TO_MODERATE = "a-moderer"
    TO_CHANGE = "a-corriger"
    PUBLISHED = "publiee"
    PAUSED = "en-pause"
    REFUSED = "refusee"
    CLOSED = "close"
    ASLEEP = "endormie"


LABELS: Final = {
    State.DRAFT: "Brouillon",
    State.TO_CONFIRM: "À confirmer par courriel",
    State.TO_MODERATE: "En attente de relecture",
    State.TO_CHANGE: "À corriger",
    State.PUBLISHED: "Publiée",
    State.PAUSED: "En pause",
    State.REFUSED: "Refusée",
    State.CLOSED: "Retirée",
    State.ASLEEP: "Endormie",
}

_FROM: Final[dict[State, frozenset[State]]] = {
    State.TO_CONFIRM: frozenset({State.DRAFT, State.TO_CONFIRM}),
    State.TO_MODERATE: frozenset({State.TO_CONFIRM, State.TO_CHANGE, State.TO_MODERATE, State.PUBLISHED, State.PAUSED}),
    State.TO_CHANGE: frozenset({State.TO_MODERATE}),
    State.PUBLISHED: frozenset(
        {
            State.TO_CONFIRM,
            State.TO_MODERATE,
            State.TO_CHANGE,
            State.PUBLISHED,
            State.PAUSED,
            State.ASLEEP,
            State.CLOSED,
        }
    ),
    State.PAUSED: frozenset({State.PUBLISHED, State.PAUSED, State.ASLEEP}),
    State.REFUSED: frozenset({State.TO_MODERATE}),
    State.ASLEEP: frozenset({State.PUBLISHED}),
    State.CLOSED: frozenset(set(State) - {State.DRAFT, State.REFUSED, State.CLOSED}),
}
"""From which states each state is reached."""

EDITABLE: Final = frozenset(
    {State.DRAFT, State.TO_CONFIRM, State.TO_MODERATE, State.TO_CHANGE, State.PUBLISHED, State.PAUSED, State.ASLEEP}
)


def may_become(state: State, wanted: State) -> bool:
    """Whether a publication may go from one state to another."""
    return state in _FROM.get(wanted, frozenset())
