"""The page of one structure, with its offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from indexer.catalogue import StoredOffer, StoredStructure
from indexer.public import offer_dict, statut_on, structure_dict
from indexer.schema import Statut
from ui import urls
from ui.contexts.cards import Card, build_plain_card
from ui.contexts.contact import Action
from ui.contexts.facts import EXAMPLE_SOURCE
from ui.contexts.offer import Origin, Visit
from ui.contexts.pagination import Pagination, build_pagination
from ui.contexts.practical import Whereabouts, build_whereabouts
from ui.hours import HoursLine, say_hours
from ui.offer_json import OfferJson, ProvenanceJson, StructureJson, fresh_on
from ui.opening import say_opening
from ui.plain_text import Block, build_blocks
from ui.take_away import Sharing
from ui.wording import say_count, say_date, say_phone

OFFERS_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class StructurePage:
    title: str
    description: str
    is_example: bool
    text: tuple[Block, ...]
    actions: tuple[Action, ...]
    where: Whereabouts
    hours: tuple[HoursLine, ...]
    opening: str | None
    heading: str
    cards: tuple[Card, ...]
    pagination: Pagination | None
    origin: Origin
    sharing: Sharing
    report_url: str


class ProvenStructureJson(StructureJson):
    provenance: ProvenanceJson


def build_structure_page(
    stored: StoredStructure, offers: Sequence[StoredOffer], page: int, visit: Visit, sharing: Sharing
) -> StructurePage:
    """`offers` are those of the catalogue; expired ones are left out. `page` counts from 1 and may be too far."""
    fields = cast(ProvenStructureJson, structure_dict(stored))
    live = [offer for offer in offers if statut_on(offer, visit.today) is Statut.PUBLIEE]
    pages = max(1, -(-len(live) // OFFERS_A_PAGE))
    page = min(max(page, 1), pages)
    code = None if visit.near is None else visit.near.code
    shown = live[(page - 1) * OFFERS_A_PAGE : page * OFFERS_A_PAGE]
    return StructurePage(
        title=fields["nom"],
        description=f"{fields['nom']} : adresse, horaires et offres.",
        is_example=fields["source"] == EXAMPLE_SOURCE,
        text=build_blocks(fields["description"]),
        actions=_actions(fields),
        where=build_whereabouts(fields, visit.near),
        hours=say_hours(fields["horaires_accueil"]),
        opening=say_opening(fields["horaires_accueil"], fields["code_insee"] or fields["code_postal"], visit.now),
        heading=_heading(len(live)),
        cards=tuple(build_plain_card(cast(OfferJson, offer_dict(o, visit.today)), visit.today, code) for o in shown),
        pagination=build_pagination(page, pages, lambda number: urls.structure(fields["id"], number, code)),
        origin=_origin(fields),
        sharing=sharing,
        report_url=urls.report_structure(fields["id"]),
    )


def _heading(count: int) -> str:
    if count == 0:
        return "Aucune offre en ce moment : appelez pour savoir ce qui se prépare"
    return "Son offre" if count == 1 else f"Ses {say_count(count, 'offre')}"


def _actions(fields: StructureJson) -> tuple[Action, ...]:
    phone, mail, site = fields["telephone"], fields["courriel"], urls.web(fields["site_web"])
    actions = (
        None if phone is None else Action("phone", "Appeler", say_phone(phone), urls.phone(phone), False),
        None if mail is None else Action("mail", "Écrire", mail, urls.mail(mail), False),
        None if site is None else Action("link", "Voir le site", site.split("/")[2], site, True),
    )
    return tuple(action for action in actions if action is not None)


def _origin(fields: ProvenStructureJson) -> Origin:
    provenance = fields["provenance"]
    return Origin(
        source=fields["source"],
        licence=provenance["licence"],
        updated=say_date(fresh_on(fields["date_maj"], provenance)),
        link=urls.web(fields["lien_source"]) or urls.web(provenance["url"]),
    )
