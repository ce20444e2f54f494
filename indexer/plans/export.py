"""All that is kept of a plan, for the export of its dossier."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from indexer.plans.book import Book
from indexer.plans.history import read_changes
from indexer.plans.merge import to_values

_ALL: Final = 100_000


def export_plan(book: Book, connection: Connection, dossier_id: str) -> list[dict[str, Any]]:
    """Lines, appointments and reviews, then the history from the oldest change; each says which it is (`sorte`)."""
    return list(_iter_parts(book, connection, dossier_id))


def _iter_parts(book: Book, connection: Connection, dossier_id: str) -> Iterator[dict[str, Any]]:
    plan = book.read_in(connection, dossier_id)
    for line in plan.lines:
        yield {"sorte": "étape", "ajoutee_le": line.created_at.isoformat(), **to_values(line.fields)}
    for meeting in plan.meetings:
        words = {"objet": meeting.objet, "note": meeting.note, "lieu": meeting.lieu}
        yield {"sorte": meeting.kind, "le": meeting.at.isoformat(), "fait": meeting.done, **words}
    for change in reversed(read_changes(connection, book.sealer, dossier_id, _ALL)):
        yield {
            "sorte": "changement",
            "le": change.at.isoformat(),
            "par": change.author.name,
            "champ": change.champ,
            "titre": change.titre,
            "avant": change.avant,
            "apres": change.apres,
        }
