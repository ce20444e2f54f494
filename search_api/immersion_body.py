"""Immersions in the public shape of Immersion Facilitée's search, so that its readers take ours as they are.

No phone and no mail is in that shape: requests go through the relay, whatever way of contact a company chose.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final

from indexer.catalogue.stored import StoredOffer
from indexer.geocode.communes import load_communes
from indexer.public import placed
from indexer.reference.shipped import rome_labels
from indexer.schema import Offer

_CONTACT: Final = {"courriel": "EMAIL", "telephone": "PHONE", "en-personne": "IN_PERSON"}


def build_results(stored: StoredOffer, wanted: Collection[str], distance_km: float | None) -> list[dict[str, Any]]:
    """One result a métier of the offer, as that shape has one; only the métiers wanted, when there are some."""
    offer = placed(stored.offer, stored.structure)
    codes = [code for code in offer.metiers or () if not wanted or code in wanted]
    frame = _frame(stored, offer) | {"distance_m": None if distance_km is None else round(distance_km * 1000)}
    return [{"rome": code, "romeLabel": rome_labels().get(code, code), **frame} for code in codes]


def iter_results(
    found: Collection[tuple[StoredOffer, float | None]], wanted: Collection[str]
) -> Iterator[dict[str, Any]]:
    for stored, distance_km in found:
        yield from build_results(stored, wanted, distance_km)


def _frame(stored: StoredOffer, offer: Offer) -> dict[str, Any]:
    company, structure = offer.immersion, stored.structure
    own = None if company is None else company.siret
    name = None if company is None else company.entreprise
    mode = None if company is None else company.mode_contact
    return {
        "siret": own or (None if structure is None else structure.siret),
        "name": name or (offer.nom if structure is None else structure.nom),
        "voluntaryToImmersion": True,
        "appellations": [],
        "additionalInformation": offer.description or "",
        "contactMode": None if mode is None else _CONTACT[mode],
        "website": None if structure is None else structure.site_web,
        "locationId": offer.id,
        "address": _address(offer),
        "position": _position(offer),
        "urlOfPartner": offer.lien_source,
        "updatedAt": stored.changed_at.isoformat(),
    }


def _address(offer: Offer) -> dict[str, str]:
    commune = load_communes().get(offer.code_insee or "")
    return {
        "streetNumberAndAddress": offer.adresse or "",
        "postcode": offer.code_postal or "",
        "departmentCode": "" if commune is None else commune.departement,
        "city": offer.commune or "",
    }


def _position(offer: Offer) -> dict[str, float] | None:
    if offer.latitude is None or offer.longitude is None:
        return None
    return {"lat": offer.latitude, "lon": offer.longitude}
