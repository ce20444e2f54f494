"""The offer that a request is for: who holds it, and what it asks of a person."""

from fastapi import HTTPException

from indexer.catalogue import StoredOffer
from indexer.relay.model import Target
from indexer.relay.states import Kind
from indexer.schema import Offer, Statut, TypeOffre
from indexer.schema.vocabulary import label_of
from ui.lookups import may_be_id
from ui.services import PageServices

_EVERYONE = "tous-publics"


def find_offer(services: PageServices, offer_id: str) -> StoredOffer:
    """HTTPException 404 for an unknown offer, 410 for one that is no longer proposed."""
    stored = services.catalogue.get_offer(offer_id) if may_be_id(offer_id) else None
    if stored is None or stored.structure is None:
        raise HTTPException(404)
    if stored.statut is Statut.RETIREE:
        raise HTTPException(410)
    return stored


def build_target(services: PageServices, stored: StoredOffer) -> Target:
    """The address that its publisher confirmed and never shows, else its own, else its structure's."""
    offer, structure = stored.offer, stored.structure
    own = services.workspace.relay.hooks_of(kind_of(offer)).address(offer.id) or offer.courriel
    return Target(
        offer_id=offer.id,
        offer_name=offer.nom,
        structure_id=offer.structure_id,
        structure_name=structure.nom if structure else "",
        address=own or (structure.courriel if structure else None),
        phone=offer.telephone or (structure.telephone if structure else None),
    )


def kind_of(offer: Offer) -> Kind:
    return Kind.IMMERSION if offer.type_offre is TypeOffre.IMMERSION else Kind.ORIENTATION


def build_criteria(offer: Offer) -> tuple[str, ...]:
    """What the offer asks, one line each, to tick with the person."""
    lines = [label_of("publics", code) for code in offer.publics or () if code != _EVERYONE]
    lines += _ages(offer)
    lines += [line.strip(" -•*") for line in (offer.conditions_acces or "").splitlines() if line.strip(" -•*")][:8]
    lines += [f"Apporte : {paper}" for paper in offer.justificatifs]
    return tuple(dict.fromkeys(line[:200] for line in lines))


def _ages(offer: Offer) -> list[str]:
    match offer.age_min, offer.age_max:
        case None, None:
            return []
        case low, None:
            return [f"A {low} ans ou plus"]
        case None, high:
            return [f"A {high} ans au plus"]
        case low, high:
            return [f"A entre {low} et {high} ans"]
    return []


def may_be_asked(services: PageServices, stored: StoredOffer) -> bool:
    """Whether a person may ask by themselves: an immersion on offer, whose company can be written to."""
    wanted = stored.offer.type_offre is TypeOffre.IMMERSION and stored.published
    return wanted and build_target(services, stored).address is not None
