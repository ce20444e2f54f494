"""Who read which file: told to the log of accesses, once however many parts of a page read it."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Final, Protocol

from sqlalchemy import Connection

from indexer.accounts import Actor
from indexer.catalogue.database import Database

AGAIN: Final = timedelta(minutes=5)
"""Within it, the same person who reads the same file is one reading: pages save by themselves every few seconds."""

_MOST: Final = 5_000


class Note(Protocol):
    """`Accounts.note_access`: writes one line of the log, inside the caller's transaction."""

    def __call__(self, connection: Connection, actor: Actor, kind: str, about: str) -> None: ...


class ReadingLog:
    """Remembers, in this process, what it told lately."""

    def __init__(self, database: Database, note: Note) -> None:
        self._database, self._note = database, note
        self._told: dict[tuple[str, str], datetime] = {}
        self._lock = Lock()

    def tell(self, actor: Actor, dossier_id: str, now: datetime) -> None:
        if self._is_due((actor.user_id, dossier_id), now):
            with self._database.writing() as connection:
                self._note(connection, actor, "lecture", dossier_id)

    def _is_due(self, key: tuple[str, str], now: datetime) -> bool:
        with self._lock:
            if now - self._told.get(key, now - AGAIN) < AGAIN:
                return False
            if len(self._told) >= _MOST:
                self._told.clear()
            self._told[key] = now
            return True
