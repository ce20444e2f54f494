"""The head of each page of the catalogue: what search engines may list, under which address, with which facts."""

from datetime import date
from typing import cast

from indexer.catalogue import StoredStructure
from indexer.public import structure_dict
from indexer.schema import Statut
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE
from ui.contexts.schema_org import build_offer_facts, build_structure_facts
from ui.head import UNLISTED, Head, holds_real_offers
from ui.offer_json import OfferJson, StructureJson
from ui.services import PageServices
from ui.site import Site


def results_head(query: str, services: PageServices) -> Head:
    """Only the whole list is listed: a search is the words of one person, and filters make endless pages."""
    return UNLISTED if query else Head(urls.OFFERS, holds_real_offers(services.sources.get()))


def offer_head(offre: OfferJson, today: date, site: Site) -> Head:
    """One address, wherever the person comes from. What is expired or suspended stays readable, not listed."""
    listed = offre["source"] != EXAMPLE_SOURCE and offre["statut"] == Statut.PUBLIEE
    return Head(urls.offer(offre["id"]), listed, build_offer_facts(offre, today, site) if listed else None)


def structure_head(stored: StoredStructure, page: int, site: Site) -> Head:
    fields = cast(StructureJson, structure_dict(stored))
    listed = fields["source"] != EXAMPLE_SOURCE
    return Head(urls.structure(fields["id"], page), listed, build_structure_facts(fields, site))
