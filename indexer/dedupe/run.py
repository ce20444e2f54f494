"""From the catalogue to its groups: everything that is listed, compared anew, and what differs told in the revisions.

The whole is worked out each time. A group may change because of a record far from the one that was imported, by way
of the record that would be the best; and comparing costs less than reading (docs/deduplication.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from indexer.catalogue import Catalogue
from indexer.catalogue.canonical import parse_offer, parse_structure
from indexer.catalogue.duplicates import Duplicate, read_decisions, replace_duplicates
from indexer.catalogue.queries import PAGE, listed
from indexer.catalogue.tables import RECORD_TABLES
from indexer.dedupe.card import Card, card_of_offer, card_of_structure
from indexer.dedupe.cluster import Cluster, Decisions, build_clusters
from indexer.schema import Kind, Statut, Structure


@dataclass(frozen=True, slots=True)
class KindReport:
    """Records compared, groups found, duplicates in them (a group of three holds two)."""

    fiches: int
    groupes: int
    doublons: int


@dataclass(frozen=True, slots=True)
class DedupeReport:
    """`changements`: lines that differ from the last time."""

    structures: KindReport
    offres: KindReport
    changements: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def run_dedupe(catalogue: Catalogue) -> DedupeReport:
    """Finds the groups of the whole catalogue and keeps them. BusyError when it runs already, CatalogueError."""
    with catalogue.doing("dedupe", "recherche de doublons") as work:
        work.tell("Lecture des structures")
        structures = dict(_iter_structures(catalogue))
        cards = {Kind.STRUCTURE: [card_of_structure(structure) for structure in structures.values()]}
        work.tell("Lecture des offres")
        cards[Kind.OFFER] = list(_iter_offer_cards(catalogue, structures))
        work.tell(f"Comparaison de {sum(map(len, cards.values()))} fiches")
        groups = {kind: build_clusters(found, _decisions(catalogue, kind)) for kind, found in cards.items()}
        changed = replace_duplicates(catalogue.database, _duplicates(groups), catalogue.clock())
    return DedupeReport(
        _report(cards[Kind.STRUCTURE], groups[Kind.STRUCTURE]), _report(cards[Kind.OFFER], groups[Kind.OFFER]), changed
    )


def _iter_structures(catalogue: Catalogue) -> Iterator[tuple[str, Structure]]:
    for row_id, body in _iter_bodies(catalogue, Kind.STRUCTURE):
        yield row_id, parse_structure(body, None)


def _iter_offer_cards(catalogue: Catalogue, structures: dict[str, Structure]) -> Iterator[Card]:
    """Of the offers that stand today: one without a listed structure, or past, is nobody's best record."""
    today = catalogue.clock().date()
    for _, body in _iter_bodies(catalogue, Kind.OFFER):
        offer = parse_offer(body, None)
        structure = structures.get(offer.structure_id or "")
        if structure is not None and offer.statut(today) is Statut.PUBLIEE:
            yield card_of_offer(offer, structure)


def _iter_bodies(catalogue: Catalogue, kind: Kind) -> Iterator[tuple[str, str]]:
    """Short reads, as everywhere: an import may commit meanwhile, and the next run sees it."""
    table, last = RECORD_TABLES[kind], ""
    query = select(table.c.id, table.c.body).where(listed(table)).order_by(table.c.id).limit(PAGE)
    while True:
        with catalogue.database.reading() as connection:
            page = connection.execute(query.where(table.c.id > last)).all()
        if not page:
            return
        yield from ((row.id, row.body) for row in page)
        last = page[-1].id


def _decisions(catalogue: Catalogue, kind: Kind) -> Decisions:
    said = [decision for decision in read_decisions(catalogue.database) if decision.kind is kind]
    return Decisions(
        same={frozenset((d.a, d.b)) for d in said if d.same},
        different={frozenset((d.a, d.b)) for d in said if not d.same},
    )


def _duplicates(groups: dict[Kind, list[Cluster]]) -> Iterable[Duplicate]:
    for kind, clusters in groups.items():
        for cluster in clusters:
            for record_id, verdict in cluster.others:
                yield Duplicate(kind, record_id, cluster.best, verdict.score, verdict.reason)


def _report(cards: list[Card], clusters: list[Cluster]) -> KindReport:
    return KindReport(len(cards), len(clusters), sum(len(cluster.others) for cluster in clusters))
