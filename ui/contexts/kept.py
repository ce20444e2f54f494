"""« Ma liste »: the offers that someone keeps, told whole enough to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from indexer.catalogue import RetiredSummary, StoredOffer
from indexer.public import offer_dict
from indexer.schema import Statut
from ui import urls
from ui.contexts.cards import Card, build_plain_card
from ui.contexts.contact import Action, build_actions
from ui.contexts.facts import address_lines, is_only_remote
from ui.contexts.offer import STATES
from ui.offer_json import OfferJson
from ui.take_away import Sharing
from ui.wording import say_count

_TITLE: Final = "Ma liste"


@dataclass(frozen=True, slots=True)
class KeptOffer:
    """`notice` when it is paused or over; `drop` are the ids that the link at `drop_url` leaves out."""

    card: Card
    notice: str | None
    address: tuple[str, ...]
    actions: tuple[Action, ...]
    drop: tuple[str, ...]
    drop_url: str


@dataclass(frozen=True, slots=True)
class Lost:
    """What cannot be shown any more, told in a sentence."""

    text: str
    drop: tuple[str, ...]
    drop_url: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """`instead` are offers on the themes of those that are gone; `clear` all the ids, to empty the list at once."""

    title: str
    description: str
    heading: str
    offers: tuple[KeptOffer, ...]
    lost: tuple[Lost, ...]
    instead: tuple[Card, ...]
    clear: tuple[str, ...]
    sharing: Sharing | None


@dataclass(frozen=True, slots=True)
class KeptContent:
    """What the catalogue says of a list: `ids` as asked, offers to show, retired ones, and those that nobody knows."""

    ids: tuple[str, ...]
    offers: Sequence[StoredOffer]
    retired: Sequence[RetiredSummary]
    unknown: tuple[str, ...]
    left_out: int


def build_kept_page(content: KeptContent, instead: tuple[Card, ...], sharing: Sharing | None, today: date) -> KeptPage:
    shown = tuple(_kept(cast(OfferJson, offer_dict(offer, today)), content.ids, today) for offer in content.offers)
    return KeptPage(
        title=_TITLE,
        description="Les offres que vous gardez, à imprimer ou à envoyer.",
        heading=f"{_TITLE} : {say_count(len(shown), 'offre')}" if content.ids else _TITLE,
        offers=shown,
        lost=tuple(_iter_lost(content)),
        instead=instead,
        clear=content.ids,
        sharing=sharing if shown else None,
    )


def _kept(offre: OfferJson, ids: tuple[str, ...], today: date) -> KeptOffer:
    drop = (offre["id"],)
    return KeptOffer(
        card=build_plain_card(offre, today),
        notice=STATES.get(Statut(offre["statut"])),
        address=() if is_only_remote(offre) else address_lines(offre),
        actions=build_actions(offre),
        drop=drop,
        drop_url=_without(ids, drop),
    )


def _iter_lost(content: KeptContent) -> list[Lost]:
    lost = [
        Lost(f"L’offre « {gone.nom} » n’est plus proposée.", (gone.id,), _without(content.ids, (gone.id,)))
        for gone in content.retired
    ]
    count = len(content.unknown) + content.left_out
    if count:
        text = (
            f"{say_count(count, 'offre')} de cette liste {'est introuvable' if count < 2 else 'sont introuvables'} : "
            "le lien est peut-être incomplet."
        )
        lost.append(Lost(text, content.unknown, _without(content.ids, content.unknown)))
    return lost


def _without(ids: tuple[str, ...], drop: tuple[str, ...]) -> str:
    return urls.kept(offer_id for offer_id in ids if offer_id not in drop)
