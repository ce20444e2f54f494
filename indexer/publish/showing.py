"""From a publication to its offer in the catalogue, and back out."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from indexer.catalogue import Catalogue
from indexer.catalogue.canonical import parse_offer, parse_structure
from indexer.catalogue.tables import offers, structures
from indexer.geocode.communes import Communes
from indexer.publish.catalogue_door import Key, Shown, change_catalogue
from indexer.publish.live import LiveIndex
from indexer.publish.offer import build_records, offer_id_of, structure_id_of
from indexer.publish.publication import Publication
from indexer.publish.reading import Content
from indexer.publish.tables import publications
from indexer.schema import Kind, Offer, Statut, Structure


class Showing:
    """Shared by all threads."""

    def __init__(self, catalogue: Catalogue, live: LiveIndex, communes: Communes) -> None:
        self._catalogue, self.live, self.communes = catalogue, live, communes

    def change(self, publication_id: str, now: datetime, act: Callable[[Connection], Shown]) -> None:
        """Changes states and the catalogue together, then brings the offer to the live index."""
        change_catalogue(self._catalogue, now, act)
        self.live.show([offer_id_of(publication_id)])

    def shown(self, connection: Connection, publication: Publication, content: Content, now: datetime) -> Shown:
        """The publication as it was accepted; the structure that it leaves, when its SIRET was corrected, goes."""
        records = build_records(publication.id, content, self.communes, now)
        before = publication.structure_id
        left = before not in (None, structure_id_of(publication.id, content.who.siret))
        gone = [(Kind.STRUCTURE, before or "")] if left and not _has_others(connection, publication) else []
        return Shown(records, gone)

    def hidden(self, connection: Connection, publication: Publication) -> Shown:
        """Its offer stays readable, and is found no more."""
        return self.altered(connection, publication, lambda offer: offer.model_copy(update={"suspendue": True}))

    def shown_again(self, connection: Connection, publication: Publication) -> Shown:
        return self.altered(connection, publication, lambda offer: offer.model_copy(update={"suspendue": False}))

    def altered(self, connection: Connection, publication: Publication, alter: Callable[[Offer], Offer]) -> Shown:
        """The offer as the catalogue has it, altered: what waits for a moderator stays out of it."""
        found = self.find(connection, publication)
        if found is None:
            return Shown()
        structure, offer = found
        return Shown([structure, alter(offer)])

    def gone(self, connection: Connection, publication: Publication) -> Shown:
        """Its offer is retired; its structure too, unless another publication is of it."""
        if publication.offer_id is None:
            return Shown()
        keys: list[Key] = [(Kind.OFFER, publication.offer_id)]
        if publication.structure_id is not None and not _has_others(connection, publication):
            keys.append((Kind.STRUCTURE, publication.structure_id))
        return Shown((), keys)

    def find(self, connection: Connection, publication: Publication) -> tuple[Structure, Offer] | None:
        """What the catalogue shows of it; None when it shows nothing."""
        columns = (offers.c.body, offers.c.date_maj, structures.c.body.label("holder"))
        query = (
            select(*columns)
            .join(structures, structures.c.id == offers.c.structure_id)
            .where(offers.c.id == publication.offer_id, offers.c.statut != Statut.RETIREE)
        )
        row = connection.execute(query).one_or_none()
        return None if row is None else (parse_structure(row.holder, None), parse_offer(row.body, row.date_maj))

    def find_offers(self, connection: Connection, which: ColumnElement[bool]) -> dict[str, Offer]:
        """What the catalogue shows of several publications, by the offer's id: one question for all."""
        query = (
            select(offers.c.id, offers.c.body, offers.c.date_maj)
            .join(publications, publications.c.offer_id == offers.c.id)
            .where(which, offers.c.statut != Statut.RETIREE)
        )
        return {row.id: parse_offer(row.body, row.date_maj) for row in connection.execute(query)}


def _has_others(connection: Connection, publication: Publication) -> bool:
    same = (publications.c.structure_id == publication.structure_id) & (publications.c.id != publication.id)
    query = select(func.count()).select_from(publications).where(same, publications.c.offer_id.is_not(None))
    return int(connection.execute(query).scalar_one()) > 0
