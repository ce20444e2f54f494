"""The plan on one sheet of paper: what to do, whom to call. The screen tells the rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from indexer.matching.plan import PlanJob, PlanNeed, PlanOffer, Step
from indexer.search.wording import say_distance
from ui.offer_json import OfferJson, read_offer
from ui.wording import say_phone

NEEDS: Final = 8
LINES: Final = 18
"""Offers of a sheet: with eight steps and six rights, what an A4 holds in two columns."""

_SHORT: Final = 70
_BY_NEED: Final = 2


@dataclass(frozen=True, slots=True)
class SheetStep:
    rank: int
    title: str
    after: str


@dataclass(frozen=True, slots=True)
class SheetOffer:
    """`facts`: who, where, how far; `contact`: a phone, a mail, else nothing."""

    title: str
    facts: str
    contact: str


@dataclass(frozen=True, slots=True)
class SheetNeed:
    """`nothing` is said where there is no offer."""

    label: str
    offers: tuple[SheetOffer, ...]
    nothing: str


def build_sheet_steps(steps: tuple[Step, ...]) -> tuple[SheetStep, ...]:
    """Each with the steps that come first."""
    return tuple(SheetStep(step.rang, step.titre, _say_after(step)) for step in steps)


def build_sheet_needs(needs: Sequence[PlanNeed], jobs: Sequence[PlanJob]) -> tuple[SheetNeed, ...]:
    """The needs, then the jobs, as many as the sheet holds; two offers each, one when there are many."""
    lists = [(need.label, need.offres or _nearest(need)) for need in needs]
    lists += [(job.libelle, (*job.immersions[:1], *job.formations[:1])) for job in jobs]
    lists = lists[:NEEDS]
    each = _BY_NEED if sum(min(len(offers), _BY_NEED) for _, offers in lists) <= LINES else 1
    reached = {need.label for need in needs if need.offres} | {job.libelle for job in jobs}
    return tuple(_need(label, offers[:each], far=label not in reached) for label, offers in lists)


def _nearest(need: PlanNeed) -> tuple[PlanOffer, ...]:
    missing = need.sans_offre
    if missing is None:
        return ()
    nearest = missing.offre_la_plus_proche
    return missing.a_distance if nearest is None else (nearest, *missing.a_distance)


def _need(label: str, offers: tuple[PlanOffer, ...], *, far: bool) -> SheetNeed:
    nothing = "" if offers else "Rien à votre portée pour l’instant : parlez-en à votre référent ou à la mairie."
    return SheetNeed(
        label=_short(f"{label} : rien tout près, le plus proche" if far and offers else label),
        offers=tuple(_offer(offer) for offer in offers),
        nothing=nothing,
    )


def _offer(offer: PlanOffer) -> SheetOffer:
    offre = read_offer(offer.offre)
    structure = offre["structure"]
    far = "à distance" if offer.distance_km is None else say_distance(offer.distance_km)
    parts = (None if structure is None else structure["nom"], offre["adresse"], offre["commune"], far)
    facts = " · ".join(_short(part) for part in parts if part)
    return SheetOffer(_short(offer.nom), facts, _contact(offre))


def _contact(offre: OfferJson) -> str:
    holder = offre["structure"]
    phone = offre["telephone"] or (None if holder is None else holder["telephone"])
    mail = offre["courriel"] or (None if holder is None else holder["courriel"])
    return say_phone(phone) if phone else _short(mail or "")


def _say_after(step: Step) -> str:
    ranks = ", ".join(str(rank) for rank in step.depend_de)
    return f"après {ranks}" if ranks else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"
