"""Vectors already computed, on disk, by encoder and content. Only a cache: losing it costs time and nothing else."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TypeVar

import numpy as np
import structlog
from filelock import FileLock
from numpy.typing import NDArray

from indexer.errors import EncoderError

Floats = NDArray[np.float32]
T = TypeVar("T")

_KEYS_A_QUERY = 500  # SQLite's oldest limit of variables is 999
_PATIENCE = 30.0  # seconds that a write waits for another process's
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_SCHEMA = """
CREATE TABLE IF NOT EXISTS vectors (
    encoder TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (encoder, content_hash)
)"""

log = structlog.get_logger(__name__)


class VectorCache:
    """A SQLite file (WAL) that several threads and processes share. Every verb raises only EncoderError.

    A broken file is set aside, beside the new one, with a warning in the log.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file_lock = FileLock(f"{path}.lock", timeout=_PATIENCE)
            try:
                self._open()
            except sqlite3.DatabaseError as error:
                self._start_again(error)

    def get_many(self, encoder: str, dimensions: int, hashes: Iterable[bytes]) -> dict[bytes, Floats]:
        """Those of the vectors that are known, read-only; one of another size than `dimensions` is not."""
        found: dict[bytes, Floats] = {}
        for keys in _chunks(hashes, _KEYS_A_QUERY):
            for key, blob in self._run(partial(_select, encoder=encoder, keys=keys)):
                if len(blob) == 4 * dimensions:
                    found[key] = np.frombuffer(blob, "<f4")
        return found

    def put_many(self, encoder: str, vectors: Mapping[bytes, Floats]) -> None:
        """Keeps vectors by content hash, in one transaction."""
        rows = [(encoder, key, np.asarray(vector, "<f4").tobytes()) for key, vector in vectors.items()]
        self._run(partial(_insert, rows=rows))

    def count(self, encoder: str) -> int:
        """How many vectors of an encoder are kept."""
        return self._run(partial(_count, encoder=encoder))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def __enter__(self) -> "VectorCache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Does some work; once more on a new file when the file proves broken."""
        with self._lock, _told(self._path):
            try:
                return work(self._connection)
            except sqlite3.DatabaseError as error:
                self._start_again(error)
                return work(self._connection)

    def _open(self) -> None:
        """One process at a time: SQLite does not wait for another that turns the journal to WAL."""
        with self._file_lock:
            connection = sqlite3.connect(self._path, timeout=_PATIENCE, check_same_thread=False, isolation_level=None)
            self._connection = connection
            self._inode = self._path.stat().st_ino
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last vectors, not the file
            connection.execute(_SCHEMA)

    def _start_again(self, error: sqlite3.DatabaseError) -> None:
        """Sets a broken file aside, unless another process just did; any other error is raised again."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _BROKEN:
            raise error
        self._connection.close()
        with self._file_lock:
            if self._path.exists() and self._path.stat().st_ino == self._inode:
                self._set_aside(error)
            self._open()

    def _set_aside(self, error: sqlite3.DatabaseError) -> None:
        """The journals go with their file: read beside a new one, they would break it."""
        aside = self._path.with_name(f"{self._path.name}.abime-{time.time_ns()}")
        for suffix in ("", "-wal", "-shm"):
            part = self._path.with_name(self._path.name + suffix)
            if part.exists():
                part.rename(f"{aside}{suffix}")
        log.warning("cache de vecteurs abîmé, mis de côté et recommencé", fichier=str(aside), cause=str(error))


def _select(connection: sqlite3.Connection, encoder: str, keys: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    marks = ",".join("?" * len(keys))
    sql = f"SELECT content_hash, vector FROM vectors WHERE encoder = ? AND content_hash IN ({marks})"  # noqa: S608
    return connection.execute(sql, (encoder, *keys)).fetchall()


def _count(connection: sqlite3.Connection, encoder: str) -> int:
    (count,) = connection.execute("SELECT count(*) FROM vectors WHERE encoder = ?", (encoder,)).fetchone()
    return int(count)


def _insert(connection: sqlite3.Connection, rows: Sequence[tuple[str, bytes, bytes]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _chunks(keys: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    remaining = iter(keys)
    while chunk := list(islice(remaining, size)):
        yield chunk


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise EncoderError(
            f"Le cache de vecteurs {path} ne peut être lu ou écrit ({error}). Vérifiez les droits et la place libre, "
            "ou supprimez ce fichier : il sera recommencé."
        ) from error
