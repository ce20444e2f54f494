"""The selects that give offers and structures, and the rows turned into what the catalogue hands out."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, not_, select
from sqlalchemy.sql.expression import FromClause

from indexer.catalogue.canonical import parse_offer, parse_structure
from indexer.catalogue.duplicates import is_hidden, read_others
from indexer.catalogue.stored import OtherSource, RetiredSummary, StoredOffer, StoredStructure
from indexer.catalogue.tables import fluxes, offers, structures
from indexer.dedupe.merge import complete_offer
from indexer.schema import Offer, Provenance, Statut, Structure

PAGE = 1000
"""Offers read at once by a stream: 3 MB of text, so that memory stays flat."""


def listed(table: FromClause) -> ColumnElement[bool]:
    """Records that some flux still lists."""
    return table.c.statut != Statut.RETIREE


def has_structure() -> ColumnElement[bool]:
    """Offers whose structure some flux still lists."""
    return exists().where(structures.c.id == offers.c.structure_id, listed(structures))


def is_published() -> ColumnElement[bool]:
    return and_(offers.c.statut == Statut.PUBLIEE, has_structure(), not_(is_hidden()))


def select_offers() -> Select[Any]:
    """Offers with their structure, when it is listed, and what their flux says."""
    own = (structures.c.id == offers.c.structure_id) & listed(structures)
    return (
        select(
            offers,
            structures.c.body.label("structure_body"),
            structures.c.date_maj.label("structure_date_maj"),
            fluxes.c.licence,
            fluxes.c.url,
            is_hidden().label("hidden"),
        )
        .join_from(offers, fluxes, fluxes.c.name == offers.c.flux)
        .outerjoin(structures, own)
    )


def select_published_offers() -> Select[Any]:
    """What an index holds, in the order of ids."""
    published = (offers.c.statut == Statut.PUBLIEE, structures.c.id.is_not(None), not_(is_hidden()))
    return select_offers().where(*published).order_by(offers.c.id)


def select_structures() -> Select[Any]:
    return select(structures, fluxes.c.licence, fluxes.c.url).join_from(
        structures, fluxes, fluxes.c.name == structures.c.flux
    )


def build_offer(row: Row[Any]) -> StoredOffer:
    offer = parse_offer(row.body, row.date_maj)
    return StoredOffer(
        offer=offer,
        statut=Statut(row.statut),
        provenance=_provenance(row, offer.lien_source),
        structure=_structure_of(row),
        created_at=row.created_at,
        changed_at=row.changed_at,
        retired_at=row.retired_at,
        hidden=bool(row.hidden),
    )


def build_offers(connection: Connection, rows: Sequence[Row[Any]]) -> list[StoredOffer]:
    """Offers in the order of the rows, completed by the records of the same offer that they stand for."""
    others = read_others(connection, [row.id for row in rows])
    return [_completed(build_offer(row), others.get(row.id, [])) for row in rows]


def _completed(stored: StoredOffer, others: list[Offer]) -> StoredOffer:
    if not others or stored.hidden:
        return stored
    offer, tellers = complete_offer(stored.offer, others)
    told = tuple(
        OtherSource(o.id, o.source, o.lien_source, tuple(f for f, teller in tellers.items() if teller == o.id))
        for o in others
    )
    return replace(stored, offer=offer, others=told)


def build_structure(row: Row[Any]) -> StoredStructure:
    structure = parse_structure(row.body, row.date_maj)
    return StoredStructure(
        structure=structure,
        statut=Statut(row.statut),
        provenance=_provenance(row, structure.lien_source),
        created_at=row.created_at,
        changed_at=row.changed_at,
        retired_at=row.retired_at,
    )


def build_retired_summary(row: Row[Any]) -> RetiredSummary:
    """From an offer and its structure, which may be retired too (`structure_body` is then its last state)."""
    offer = parse_offer(row.body, row.date_maj)
    structure = None if row.structure_body is None else str(orjson.loads(row.structure_body)["nom"])
    return RetiredSummary(
        id=offer.id,
        nom=offer.nom,
        thematiques=offer.thematiques or (),
        commune=offer.commune,
        code_insee=offer.code_insee,
        latitude=offer.latitude,
        longitude=offer.longitude,
        structure=structure,
        retired_at=row.retired_at,
    )


def _structure_of(row: Row[Any]) -> Structure | None:
    return None if row.structure_body is None else parse_structure(row.structure_body, row.structure_date_maj)


def _provenance(row: Row[Any], link: str | None) -> Provenance:
    return Provenance(
        flux=row.flux,
        source=row.source,
        licence=row.licence,
        url=link or row.url,
        recupere_le=row.changed_at,
        hash_contenu=row.content_hash,
    )
