"""An offer as one card of a list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from indexer.search import Item, OtherPlace
from indexer.search.wording import say_distance
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE, KindOfOffer, cost_of, is_only_remote, kind_of
from ui.offer_json import OfferJson, coming_sessions, fresh_on, read_offer
from ui.wording import glued, say_age, say_count, say_session, sentence


@dataclass(frozen=True, slots=True)
class SiblingLink:
    """The same offer elsewhere. `where` is a commune, or the offer's own name when none is known."""

    id: str
    url: str
    where: str
    distance: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """Metadata are told in the same order everywhere: kind, distance, cost, next date."""

    id: str
    url: str
    title: str
    kind: KindOfOffer
    distance: str | None
    cost: str | None
    next_date: str | None
    holder: str
    reasons: tuple[str, ...]
    reserves: tuple[str, ...]
    siblings_label: str
    siblings: tuple[SiblingLink, ...]
    updated: str
    is_example: bool


def build_card(item: Item, today: date, code_commune: str | None = None) -> Card:
    """`code_commune` is where the person is, so that the offer's page can say how far it is."""
    offre = read_offer(item.offre)
    plain = build_plain_card(offre, today, code_commune)
    return replace(
        plain,
        distance=plain.distance
        if item.distance_km is None
        else say_how_far(item.distance_km, offre["position_approximative"]),
        reasons=own_reasons(item.raisons, item.distance_km),
        reserves=item.reserves,
        siblings_label=_siblings_label(len(item.autres_lieux)),
        siblings=tuple(_sibling(other, code_commune) for other in item.autres_lieux),
    )


def build_plain_card(offre: OfferJson, today: date, code_commune: str | None = None) -> Card:
    """An offer that no search found: nothing to say of why it is here."""
    structure = offre["structure"]
    holder = (None if structure is None else structure["nom"], offre["commune"])
    return Card(
        id=offre["id"],
        url=urls.offer(offre["id"], code_commune),
        title=glued(offre["nom"]),
        kind=kind_of(offre),
        distance="À distance" if is_only_remote(offre) else None,
        cost=cost_of(offre),
        next_date=_next_date(offre, today),
        holder=" · ".join(part for part in holder if part),
        reasons=(),
        reserves=(),
        siblings_label="",
        siblings=(),
        updated=f"Mis à jour {say_age(fresh_on(offre['date_maj'], offre['provenance']), today)}",
        is_example=offre["source"] == EXAMPLE_SOURCE,
    )


def say_how_far(km: float, approximate: bool) -> str:
    """« À 1,2 km »; « À 3,4 km environ » for the centre of a commune, which says nothing below a kilometre."""
    if not approximate:
        return sentence(say_distance(km))
    return f"{sentence(say_distance(max(km, 1.0)))} environ"


def _next_date(offre: OfferJson, today: date) -> str | None:
    coming = coming_sessions(offre["sessions"], today)
    if not coming:
        return None
    start, session = coming[0]
    end = None if session["fin"] is None else datetime.fromisoformat(session["fin"])
    return sentence(say_session(start, end, today))


def own_reasons(reasons: Iterable[str], distance_km: float | None) -> tuple[str, ...]:
    """Reasons that the metadata above them do not tell already."""
    told = {"gratuit", "à distance"} | (set() if distance_km is None else {say_distance(distance_km)})
    return tuple(
        sentence(reason) for reason in reasons if reason not in told and not reason.startswith("prochaine séance ")
    )


def _siblings_label(count: int) -> str:
    return f"et {say_count(count, 'autre lieu', 'autres lieux')}" if count else ""


def _sibling(other: OtherPlace, code_commune: str | None) -> SiblingLink:
    distance = None if other.distance_km is None else say_distance(other.distance_km)
    return SiblingLink(other.id, urls.offer(other.id, code_commune), other.commune or other.nom, distance)
