"""Saving the answers of a file: merged with what others saved meanwhile, and what was there before is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from indexer.accounts import Actor
from indexer.dossiers.checking import check_answers
from indexer.dossiers.contents import seal_answers, unseal_answers
from indexer.dossiers.merge import Conflict, merge
from indexer.dossiers.model import Dossier
from indexer.dossiers.store import Dossiers
from indexer.dossiers.tables import dossier_changes, dossiers


@dataclass(frozen=True, slots=True)
class Saved:
    """The file afterwards; the fields that others changed meanwhile and differently; whether anything was written."""

    dossier: Dossier
    conflicts: tuple[Conflict, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that somebody changed."""

    version: int
    at: datetime
    author_id: str
    field: str
    before: str


def save_answers(files: Dossiers, actor: Actor, dossier_id: str, version: int, sent: Mapping[str, str]) -> Saved:
    """Writes the fields of `sent` as they were changed since `version`, which the writer read. An empty value empties.

    NotFound, RefusedAnswers. A field that someone else changed differently since then keeps theirs, and is told.
    """
    mine = check_answers(sent)
    with files.database.writing() as connection:
        dossier = files.read(connection, actor, dossier_id, locked=True)
        return save_in(files, connection, actor, dossier, version, mine)


def save_in(
    files: Dossiers, connection: Connection, actor: Actor, dossier: Dossier, version: int, mine: dict[str, str]
) -> Saved:
    """The same in the caller's transaction, for checked answers and a file that was read locked."""
    theirs = with_name(dossier)
    if not mine.get("nom", dossier.nom):
        mine["nom"] = dossier.nom  # a name is never emptied
    merged = merge(_read_base(files, connection, dossier, version), theirs, mine)
    written = dict(merged.values) != theirs
    if written:
        _write(files, connection, actor, dossier, merged.values)
        dossier = files.read(connection, actor, dossier.id)
    return Saved(dossier, merged.conflicts, written)


def read_changes(files: Dossiers, connection: Connection, dossier_id: str, after: int) -> list[FieldChange]:
    """What changed after a version, the last first."""
    query = select(dossier_changes).where(dossier_changes.c.dossier_id == dossier_id, dossier_changes.c.version > after)
    return [
        FieldChange(row.version, row.at, row.author_id, field, before)
        for row in connection.execute(query.order_by(dossier_changes.c.version.desc()))
        for field, before in unseal_answers(files.sealer, row.avant).items()
    ]


def with_name(dossier: Dossier) -> dict[str, str]:
    """All the fields of a file, its name too."""
    return {**dossier.answers, "nom": dossier.nom}


def _read_base(files: Dossiers, connection: Connection, dossier: Dossier, version: int) -> dict[str, str] | None:
    """The file as it was at `version`, gone back to change by change; None when its history is not known so far."""
    base = with_name(dossier)
    if version == dossier.version:
        return base
    changes = read_changes(files, connection, dossier.id, version)
    if not 0 < version < dossier.version or len({change.version for change in changes}) < dossier.version - version:
        return None
    return base | {change.field: change.before for change in changes}


def _write(files: Dossiers, connection: Connection, actor: Actor, dossier: Dossier, values: Mapping[str, str]) -> None:
    before = with_name(dossier)
    changed = sorted(field for field in before.keys() | values.keys() if before.get(field) != values.get(field))
    now, version = files.clock(), dossier.version + 1
    change = {
        "dossier_id": dossier.id,
        "version": version,
        "author_id": actor.user_id,
        "at": now,
        "avant": seal_answers(files.sealer, {field: before.get(field, "") for field in changed}),
    }
    connection.execute(insert(dossier_changes).values(change))
    own = {**files.sealed(values), "version": version, "changed_at": now, "warned_at": None}
    connection.execute(update(dossiers).where(dossiers.c.id == dossier.id).values(own))
