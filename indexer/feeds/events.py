"""From an event, whatever agenda told it, to the rows of an offer and of the structure that holds it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.agenda_filter import judge_event
from indexer.feeds.base import FeedOptions, Row
from indexer.feeds.building import given, slug
from indexer.schema import Kind

NOT_AN_OFFER: Final = "événement hors du champ de l'insertion (loisir, spectacle, vente ou sujet sans rapport)."
NO_DATE: Final = "événement sans date lisible : on ne saurait pas quand venir."
NO_TITLE: Final = "événement sans titre."
CANCELLED: Final = "événement annulé par son organisateur."
FILTERS: Final = ("insertion", "aucun")
RULES: Final = {NO_TITLE: "sans-titre", CANCELLED: "annule", NOT_AN_OFFER: "hors-insertion", NO_DATE: "sans-date"}
"""What reports count each refusal by."""


@dataclass(frozen=True)
class Event:
    """What agendas say. `sessions` are {debut, fin} texts; `last_day` is known even where no hour is."""

    id: str
    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    sessions: tuple[dict[str, str], ...] = ()
    last_day: date | None = None
    organiser: str = ""
    place: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    cancelled: bool = False


def iter_event_rows(events: Iterable[tuple[int, Event]], options: FeedOptions, source: str) -> Iterator[Row]:
    """A structure (once for each organiser) and an offer an event; a refused row for what is no offer.

    `source` stands where the options name no producer. Options: `filtre` (insertion, aucun), `sans_date` (garder).
    """
    filtered, undated = _read_options(options)
    producer = options.producer or source
    known: set[str] = set()
    for number, event in events:
        refusal = _refusal(event, filtered, undated)
        if refusal is not None:
            named = {"id": event.id, "nom": event.title}
            yield Row(number, named, refusal=refusal, rule=RULES[refusal], kind=Kind.OFFER)
            continue
        name = event.organiser or producer
        structure_id = f"agenda-{slug(name)[:80]}"
        if structure_id not in known:
            known.add(structure_id)
            yield Row(number, {"id": structure_id, "nom": name, "source": producer}, kind=Kind.STRUCTURE)
        yield Row(number, build_offer(event, structure_id, producer), kind=Kind.OFFER)


def _read_options(options: FeedOptions) -> tuple[bool, bool]:
    chosen = options.text("filtre", "insertion")
    if chosen not in FILTERS:
        raise FeedError(f"[options] filtre : « {chosen} » est inconnu. Choisissez parmi {', '.join(FILTERS)}.")
    return chosen == "insertion", options.text("sans_date") == "garder"


def _refusal(event: Event, filtered: bool, undated: bool) -> str | None:
    if not event.title:
        return NO_TITLE
    if event.cancelled:
        return CANCELLED
    if filtered and not judge_event(event.title, event.description, event.keywords).kept:
        return NOT_AN_OFFER
    return NO_DATE if not event.sessions and event.last_day is None and not undated else None


def build_offer(event: Event, structure_id: str, source: str) -> dict[str, Any]:
    """The fields of the offer. `type` lets the normaliser tell a job dating from a workshop, by the name."""
    fields: dict[str, Any] = {
        "id": event.id,
        "source": source,
        "structure_id": structure_id,
        "nom": event.title,
        "description": event.description,
        "type": "atelier",
        "sessions": list(event.sessions),
        "validite": None if event.last_day is None else {"fin": event.last_day.isoformat()},
    }
    if event.place.get("commune") or event.place.get("latitude") not in (None, ""):
        fields["modes_accueil"] = ["en-presentiel"]
    return given({**fields, **event.place, **event.extra})
