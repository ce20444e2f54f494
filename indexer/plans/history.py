"""Who changed what, when: written with each change, in its transaction."""

from typing import Any

from sqlalchemy import Connection, Row, insert, select

from indexer.plans.model import Author, Change
from indexer.plans.sealed import Sealing, seal_json, unseal_json
from indexer.plans.tables import plan_changes

Value = str | float | None


def write_change(
    connection: Connection,
    sealer: Sealing,
    dossier_id: str,
    change: Change,
    version: int | None = None,
) -> None:
    """`version` is that of the line after the change."""
    sealed = {
        "titre": change.titre,
        "avant": change.avant,
        "apres": change.apres,
        "nom": change.author.name,
        "user": change.author.user_id,
    }
    connection.execute(
        insert(plan_changes).values(
            dossier_id=dossier_id,
            line_id=change.line_id,
            version=version,
            at=change.at,
            author=change.author.kind,
            field=change.champ,
            sealed=seal_json(sealer, sealed),
        )
    )


def read_changes(connection: Connection, sealer: Sealing, dossier_id: str, limit: int) -> list[Change]:
    """The latest first."""
    query = select(plan_changes).where(plan_changes.c.dossier_id == dossier_id)
    rows = connection.execute(query.order_by(plan_changes.c.id.desc()).limit(limit))
    return [_change(row, sealer) for row in rows]


def read_values_before(connection: Connection, sealer: Sealing, line_id: str, version: int) -> list[tuple[str, Value]]:
    """(field, value before) of what was changed of a line after `version`, oldest first."""
    query = (
        select(plan_changes)
        .where(plan_changes.c.line_id == line_id, plan_changes.c.version > version)
        .order_by(plan_changes.c.id)
    )
    return [(row.field, unseal_json(sealer, row.sealed)["avant"]) for row in connection.execute(query)]


def _change(row: Row[Any], sealer: Sealing) -> Change:
    values = unseal_json(sealer, row.sealed)
    author = Author(row.author, values["nom"], values["user"])
    return Change(row.at, author, row.field, values["titre"], values["avant"], values["apres"], row.line_id)
