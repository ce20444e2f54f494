"""A change of key: everything that is sealed, written again under the first key of the settings."""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, and_, select, tuple_, update

from indexer.catalogue import Catalogue
from indexer.catalogue.column_types import SealedText
from indexer.catalogue.tables import metadata
from indexer.errors import SealError, WorkspaceError
from indexer.sealing import Sealer
from indexer.workspace_key import replace_check

_PAGE: Final = 200
"""Rows of one transaction: short enough that nobody waits for it."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """Texts written again, and those that no key opens, left as they are."""

    texts: int
    lost: int


def reseal_all(catalogue: Catalogue, sealer: Sealer, *, accept_loss: bool = False) -> Resealed:
    """Again does no harm; a stop in the middle neither: both keys open until it has ended.

    WorkspaceError when some texts open with none of the keys, unless that loss is accepted.
    """
    texts = lost = 0
    with catalogue.doing("reseal", "changement de clé") as work:
        for table in metadata.sorted_tables:
            for column in (column for column in table.columns if isinstance(column.type, SealedText)):
                work.tell(f"{table.name}.{column.name}")
                if table.name == "key_check":
                    continue
                done, missed = _reseal_column(catalogue, sealer, table, column)
                texts, lost = texts + done, lost + missed
    if lost and not accept_loss:
        raise WorkspaceError(
            f"{lost} textes ne s'ouvrent avec aucune clé de MAILLAGE_SECRET_KEY. Ajoutez-y l'ancienne clé, après une "
            "virgule. Si elle est perdue, ces textes aussi : relancez avec --accept-loss."
        )
    replace_check(catalogue, sealer)
    return Resealed(texts, lost)


def _reseal_column(catalogue: Catalogue, sealer: Sealer, table: Table, column: Column[Any]) -> tuple[int, int]:
    keys, last = list(table.primary_key.columns), None
    texts = lost = 0
    while True:
        query = select(*keys, column.label("sealed")).where(column.is_not(None)).order_by(*keys).limit(_PAGE)
        if last is not None:
            query = query.where(tuple_(*keys) > last)
        with catalogue.database.writing() as connection:
            rows = connection.execute(query).all()
            for row in rows:
                done = _reseal_one(connection, sealer, column, dict(zip(keys, row[:-1], strict=True)), row.sealed)
                texts, lost = texts + done, lost + (not done)
        if len(rows) < _PAGE:
            return texts, lost
        last = tuple(rows[-1][:-1])


def _reseal_one(connection: Connection, sealer: Sealer, column: Column[Any], key: dict[Any, Any], sealed: str) -> bool:
    try:
        again = sealer.reseal(sealed)
    except SealError:
        return False
    where = and_(*(part == value for part, value in key.items()))
    connection.execute(update(column.table).where(where).values({column: again}))
    return True
