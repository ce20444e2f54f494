"""A publication as the catalogue takes it: a structure and an offer, normalised and located as an import's are."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from indexer.geocode.communes import Communes
from indexer.geocode.locate import locate
from indexer.normalise.normalise import normalise
from indexer.pipeline.guard import RESERVED_FLUX
from indexer.publish.errors import PublicationError
from indexer.publish.reading import Content
from indexer.publish.states import PublicationKind
from indexer.schema import Kind, Offer, RawRecord, Structure

FLUX: Final = RESERVED_FLUX

LICENCE: Final = "Licence Ouverte 2.0 (Etalab)"


def offer_id_of(publication_id: str) -> str:
    return f"{FLUX}--{publication_id}"


def structure_id_of(publication_id: str, siret: str | None) -> str:
    """All publications of one SIRET are of one structure."""
    return f"{FLUX}--{siret or publication_id}"


def build_records(publication_id: str, content: Content, communes: Communes, now: datetime) -> tuple[Structure, Offer]:
    """PublicationError when nothing valid can be made of it, which the reading should have told."""
    structure = _build(Kind.STRUCTURE, _structure_fields(publication_id, content), communes, now)
    offer = _build(Kind.OFFER, _offer_fields(publication_id, content), communes, now)
    if not isinstance(structure, Structure) or not isinstance(offer, Offer):
        raise PublicationError({"nom": "Cette publication ne peut pas être montrée : relisez le nom et le lieu."})
    return structure, offer


def _build(kind: Kind, fields: Mapping[str, Any], communes: Communes, now: datetime) -> Offer | Structure | None:
    raw = RawRecord(kind, FLUX, FLUX, 1, {name: value for name, value in fields.items() if value is not None})
    record, _ = normalise(raw, partial(locate, communes=communes), now)
    return record


def _structure_fields(publication_id: str, content: Content) -> dict[str, Any]:
    who = content.who
    return {
        "id": structure_id_of(publication_id, who.siret),
        "source": FLUX,
        "nom": who.nom,
        "siret": who.siret,
        **_place(content),
    }


def _offer_fields(publication_id: str, content: Content) -> dict[str, Any]:
    """The mail address is never shown: requests go through the relay."""
    who, contact = content.who, content.contact
    fields = {
        **content.what.fields,
        "id": offer_id_of(publication_id),
        "source": FLUX,
        "structure_id": structure_id_of(publication_id, who.siret),
        "telephone": contact.telephone if contact.mode == "telephone" else None,
        "validite": _validity(content),
        **_place(content),
    }
    if content.kind is PublicationKind.IMMERSION:
        fields["nom"] = f"{fields['nom']} chez {who.nom}"
        fields["immersion"] = _immersion(content)
    return fields


def _immersion(content: Content) -> dict[str, Any]:
    return {
        "entreprise": content.who.nom,
        "siret": content.who.siret,
        "mode_contact": content.contact.mode,
        "capacite": content.contact.per_month,
    }


def _validity(content: Content) -> dict[str, str] | None:
    days = {"debut": content.contact.debut, "fin": content.contact.fin}
    return {bound: day.isoformat() for bound, day in days.items() if day is not None} or None


def _place(content: Content) -> dict[str, Any]:
    who = content.who
    codes = who.commune.codes_postaux
    return {
        "adresse": who.adresse or None,
        "commune": who.commune.nom,
        "code_insee": who.commune.code,
        "code_postal": codes[0] if len(codes) == 1 else None,
    }
