"""A structure or an offer as it is compared with others: prepared once, so that a comparison costs microseconds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from indexer.dedupe.words import address_words, is_mobile, name_words, natures_of, telling_words, title_words
from indexer.schema import Kind, Offer, Structure

_SHARED_HOSTS: Final = frozenset(
    "facebook.com instagram.com linkedin.com youtube.com twitter.com google.com sites.google.com wordpress.com "
    "helloasso.com dora.inclusion.gouv.fr dora.fabrique.social.gouv.fr soliguide.fr gouv.fr service-public.fr".split()
)
"""Hosts where thousands of structures have a page: they tell nothing."""

_MAIL_HOSTS: Final = frozenset(
    "gmail.com orange.fr wanadoo.fr free.fr hotmail.fr hotmail.com outlook.fr outlook.com yahoo.fr yahoo.com sfr.fr "
    "laposte.net live.fr neuf.fr icloud.com".split()
)
_TEXT_COMPARED: Final = 400
"""Characters of a description that are compared: those of a partner's notice begin alike when they are the same."""

_DERIVED: Final = "deduite-d-une-liste-de-lieux"
_EXACT_PLACE: Final = 3
_DRAWN_FROM_A_LIST: Final = 10
"""In told fields: an offer that somebody wrote goes before one that is drawn from a list of places."""

_DIGITS: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared. Empty text = not told. `themes` are codes; latitude and longitude are degrees or None.

    `title` holds the words of an offer's own title, `zones` where it is given, `worth` how much the record tells.
    """

    id: str
    kind: Kind
    source: str
    name: str
    telling: frozenset[str]
    natures: frozenset[str]
    street: str
    number: str | None
    insee: str
    postal: str
    latitude: float | None
    longitude: float | None
    phone: str
    siret: str
    domain: str
    email: str
    networks: frozenset[str]
    themes: frozenset[str]
    text: str
    structure: str
    title: frozenset[str]
    numbers: frozenset[str]
    mobile: bool
    sessions: frozenset[str]
    zones: frozenset[str]
    worth: int


def card_of_structure(structure: Structure) -> Card:
    """The card of a structure."""
    return _build(Kind.STRUCTURE, structure, structure.nom, structure, structure)


def card_of_offer(offer: Offer, structure: Structure | None) -> Card:
    """The card of an offer: the name compared is that of who holds it; its own is in `title`."""
    elsewhere = structure is None or offer.code_insee is not None or offer.latitude is not None
    place: Offer | Structure = offer if elsewhere or structure is None else structure
    return _build(Kind.OFFER, offer, offer.nom if structure is None else structure.nom, place, structure)


def _build(
    kind: Kind, record: Offer | Structure, name: str, place: Offer | Structure, holder: Structure | None
) -> Card:
    words = name_words(name)
    number, street = address_words(place.adresse or (None if holder is None else holder.adresse))
    town = frozenset(name_words(place.commune or ""))
    site = None if holder is None else holder.site_web
    email = (record.courriel or (None if holder is None else holder.courriel) or "").lower()
    phone = record.telephone or (None if holder is None else holder.telephone) or ""
    offer = record if isinstance(record, Offer) else None
    return Card(
        id=record.id,
        kind=kind,
        source=record.source,
        name=" ".join(words),
        telling=telling_words(words, town),
        natures=natures_of(words),
        street=street,
        number=number,
        insee=place.code_insee or "",
        postal=place.code_postal or "",
        latitude=None if place.position_approximative else place.latitude,
        longitude=None if place.position_approximative else place.longitude,
        phone=_DIGITS.sub("", phone)[-9:],
        siret="" if holder is None else holder.siret or "",
        domain=domain_of(site) or _mail_domain(email),
        email=email,
        networks=frozenset((None if holder is None else holder.reseaux_porteurs) or ()),
        themes=frozenset((None if offer is None else offer.thematiques) or ()),
        text=(record.description or "")[:_TEXT_COMPARED].lower(),
        structure="" if offer is None or holder is None else holder.id,
        title=frozenset() if offer is None else title_words(offer.nom, name),
        numbers=frozenset(word for word in words if word.isdigit()),
        mobile=is_mobile(words),
        sessions=frozenset() if offer is None else frozenset(s.debut.isoformat() for s in offer.sessions),
        zones=frozenset((None if offer is None else offer.zone_eligibilite) or ()),
        worth=_worth_of(record),
    )


def domain_of(address: str | None) -> str:
    """The host of a site's address without « www. », "" for none or for one that thousands share."""
    if not address:
        return ""
    host = (urlsplit(address if "//" in address else f"//{address}").hostname or "").removeprefix("www.")
    return "" if host in _SHARED_HOSTS or host.endswith(".gouv.fr") else host


def _mail_domain(email: str) -> str:
    host = email.rpartition("@")[2]
    return "" if host in _MAIL_HOSTS or host.endswith(".gouv.fr") else host


def _worth_of(record: Offer | Structure) -> int:
    """How much a record tells: the best of a group is the one that tells most, an exact place above all."""
    values: Iterable[object] = (getattr(record, field) for field in type(record).model_fields)
    told = sum(1 for value in values if value not in (None, "", (), False))
    exact = record.latitude is not None and not record.position_approximative
    derived = isinstance(record, Offer) and record.sous_type == _DERIVED
    return told + _EXACT_PLACE * exact - _DRAWN_FROM_A_LIST * derived
