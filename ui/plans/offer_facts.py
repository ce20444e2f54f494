"""Where to go and whom to call for the offers of a plan, for paper and for the person's own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, cast

from indexer.catalogue import StoredOffer
from indexer.plans.model import Plan
from indexer.public import offer_dict
from ui import urls as portal
from ui.contexts.facts import address_lines, is_only_remote
from ui.offer_json import OfferJson
from ui.wording import say_phone


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """`phone_url` opens the telephone; empty where nothing is known."""

    url: str
    holder: str
    where: str
    phone: str
    phone_url: str
    mail: str


NOTHING: Final = OfferFacts("", "", "", "", "", "")


class Offers(Protocol):
    """The part of the catalogue that is read here."""

    def get_offers(self, offer_ids: list[str]) -> dict[str, StoredOffer]: ...


def read_facts(plan: Plan, offers: Offers, today: date) -> Mapping[str, OfferFacts]:
    """By offer, those that the catalogue still knows."""
    ids = sorted(plan.offer_ids)
    found = offers.get_offers(ids) if ids else {}
    return {offer_id: _facts(cast(OfferJson, offer_dict(stored, today))) for offer_id, stored in found.items()}


def _facts(offre: OfferJson) -> OfferFacts:
    holder = offre["structure"]
    phone = offre["telephone"] or (None if holder is None else holder["telephone"]) or ""
    mail = offre["courriel"] or (None if holder is None else holder["courriel"]) or ""
    return OfferFacts(
        url=portal.offer(offre["id"]),
        holder="" if holder is None else holder["nom"],
        where="À distance" if is_only_remote(offre) else ", ".join(address_lines(offre)),
        phone=say_phone(phone) if phone else "",
        phone_url=portal.phone(phone) if phone else "",
        mail=mail,
    )
