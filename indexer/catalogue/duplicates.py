"""Records that tell of the same thing as a better one, and what coordinators decided of pairs.

Nothing is erased: a duplicate is a line beside its record, and taking the line away brings the record back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, exists, insert, select

from indexer.catalogue.canonical import parse_offer
from indexer.catalogue.database import Database
from indexer.catalogue.stored import Change
from indexer.catalogue.tables import RECORD_TABLES, decisions, duplicates, offers, revisions, structures
from indexer.errors import CatalogueError
from indexer.schema import Kind, Offer, Statut

_BATCH = 500
"""Lines a statement: under the number of values that SQLite takes at once."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`record_id` tells of what `best_id` tells better. `score` in 0–1, `reason` in words for a coordinator."""

    kind: Kind
    record_id: str
    best_id: str
    score: float
    reason: str

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a coordinator says of two records; `a` comes before `b`. It outlives imports, and the records too."""

    kind: Kind
    a: str
    b: str
    same: bool
    at: datetime

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def is_hidden() -> ColumnElement[bool]:
    """Offers that a better one stands for, as long as that one is published."""
    best, holder = offers.alias("best"), structures.alias("best_structure")
    return exists().where(
        duplicates.c.kind == Kind.OFFER,
        duplicates.c.record_id == offers.c.id,
        best.c.id == duplicates.c.best_id,
        best.c.statut == Statut.PUBLIEE,
        holder.c.id == best.c.structure_id,
        holder.c.statut != Statut.RETIREE,
    )


def read_duplicates(database: Database) -> list[Duplicate]:
    """All of them, in the order of kind, best record, id."""
    order = (duplicates.c.kind, duplicates.c.best_id, duplicates.c.record_id)
    with database.reading() as connection:
        rows = connection.execute(select(duplicates).order_by(*order)).all()
    return [Duplicate(Kind(r.kind), r.record_id, r.best_id, r.score, r.reason) for r in rows]


def read_others(connection: Connection, best_ids: Sequence[str]) -> dict[str, list[Offer]]:
    """Best offer → the listed offers that it stands for, in the order of ids."""
    found: defaultdict[str, list[Offer]] = defaultdict(list)
    query = (
        select(duplicates.c.best_id, offers.c.body, offers.c.date_maj)
        .join_from(duplicates, offers, offers.c.id == duplicates.c.record_id)
        .where(duplicates.c.kind == Kind.OFFER, offers.c.statut == Statut.PUBLIEE)
        .order_by(offers.c.id)
    )
    for start in range(0, len(best_ids), _BATCH):
        for row in connection.execute(query.where(duplicates.c.best_id.in_(best_ids[start : start + _BATCH]))):
            found[row.best_id].append(parse_offer(row.body, row.date_maj))
    return dict(found)


def write_duplicates(connection: Connection, found: Iterable[Duplicate], now: datetime) -> int:
    """Puts these in the place of all others; how many records change group. Each one concerned gets a revision.

    In a transaction that holds the records' lock; lines that stay as they are, are not written.
    """
    old = {(r.kind, r.record_id): dict(r._mapping) for r in connection.execute(select(duplicates))}
    new = {(str(d.kind), d.record_id): asdict(d) for d in found}
    differ = [key for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)]
    changed = [key for key in differ if _best(old.get(key)) != _best(new.get(key))]
    if former := [{"one": kind, "key": record_id} for kind, record_id in differ if (kind, record_id) in old]:
        line = (duplicates.c.kind == bindparam("one")) & (duplicates.c.record_id == bindparam("key"))
        connection.execute(delete(duplicates).where(line), former)
    _insert(connection, duplicates, [new[key] for key in differ if key in new])
    _insert(connection, revisions, [line for key in changed for line in _tell(key, old, new, now)])
    return len(changed)


def decide(database: Database, kind: Kind, one: str, other: str, same: bool, now: datetime) -> None:
    """Keeps a coordinator's word on two records. CatalogueError for an id that is not known, or twice the same one."""
    a, b = sorted((one, other))
    if a == b:
        raise CatalogueError("Ces deux identifiants sont le même : donnez ceux de deux fiches.")
    table = RECORD_TABLES[kind]
    with database.writing() as connection:
        known = set(connection.execute(select(table.c.id).where(table.c.id.in_((a, b)))).scalars())
        for record_id in (one, other):
            if record_id not in known:
                raise CatalogueError(f"Aucune fiche de cette sorte ({kind}) n'a l'identifiant « {record_id} ».")
        pair = (decisions.c.kind == kind) & (decisions.c.a == a) & (decisions.c.b == b)
        connection.execute(delete(decisions).where(pair))
        connection.execute(insert(decisions).values(kind=kind, a=a, b=b, same=same, at=now))


def read_decisions(database: Database) -> list[Decision]:
    """All of them, in the order of kind and ids."""
    with database.reading() as connection:
        rows = connection.execute(select(decisions).order_by(decisions.c.kind, decisions.c.a, decisions.c.b)).all()
    return [Decision(Kind(r.kind), r.a, r.b, r.same, r.at) for r in rows]


def _best(line: Any) -> str | None:
    return None if line is None else str(line["best_id"])


def _insert(connection: Connection, table: Any, lines: list[dict[str, Any]]) -> None:
    for start in range(0, len(lines), _BATCH):
        connection.execute(insert(table), lines[start : start + _BATCH])


def _tell(key: tuple[str, str], old: Mapping[Any, Any], new: Mapping[Any, Any], now: datetime) -> list[dict[str, Any]]:
    """Revisions of a record that changes group, and of the best ones it leaves and joins: their pages change too."""
    kind, record_id = key
    before, after = _best(old.get(key)), _best(new.get(key))
    told = {record_id: {"champ": "doublon_de", "avant": before, "apres": after}}
    for best in (before, after):
        if best is not None:
            told[best] = {"champ": "doublons", "avant": None, "apres": record_id if best == after else None}
    return [
        {"kind": kind, "record_id": i, "at": now, "import_id": None, "change": Change.UPDATED, "fields": [difference]}
        for i, difference in sorted(told.items())
    ]
