"""The live log of a version: an append-only file of frames, durable before `append` returns.

A frame is: length of the payload (u32), CRC-32 of the payload (u32), payload. The payload is one change (`D` and an
id, or `U` and a document), or `C`, which commits the changes before it. Readers apply committed changes only: what a
dead or failing writer left without its commit was never seen, and the next writer cuts it off.
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import numpy as np

from indexer.engines import codec
from indexer.engines.base import Document
from indexer.errors import EngineError

_FRAME = struct.Struct("<II")
_UPSERT, _DELETE, _COMMIT = b"U", b"D", b"C"


@dataclass(frozen=True, slots=True)
class Change:
    """`document` is None for a deletion."""

    id: str
    document: Document | None


class LiveLog:
    """The log's file. Only one process writes at a time (the engine's lock says so); any number read."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path, self._dimensions = path, dimensions
        self._known_committed = 0  # bytes already seen to be committed: they never change

    def size(self) -> int:
        """Bytes on disk, whole frames or not."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def read_from(self, offset: int, until: int | None = None) -> tuple[list[Change], int]:
        """(committed changes, where the next read starts); at most up to the offset `until` of an earlier read."""
        if self.size() <= offset:
            return [], offset
        with self._path.open("rb") as file:
            file.seek(offset)
            data = file.read() if until is None else file.read(max(0, until - offset))
        changes: list[Change] = []
        for batch, stop in _iter_batches(data):
            changes += map(self._parse, batch)
            read = offset + stop
        return changes, read if changes else offset

    def append(self, changes: Iterable[Change]) -> int:
        """Writes changes and returns how many, once they are committed on disk: all of them, or none."""
        frames = [_frame(self._payload(change)) for change in changes]
        if not frames:
            return 0
        with self._path.open("ab", buffering=0) as file:
            committed = self._find_committed()
            file.truncate(committed)
            try:
                _write_durably(file, b"".join(frames))
                _write_durably(file, _frame(_COMMIT))
            except OSError:
                file.truncate(self._find_committed())  # a full disk: no reader has seen what goes
                raise
        return len(frames)

    def _find_committed(self) -> int:
        """Where the last commit ends."""
        with self._path.open("rb") as file:
            file.seek(self._known_committed)
            stop = 0
            for _, end in _iter_batches(file.read()):
                stop = end
            self._known_committed += stop
        return self._known_committed

    def _payload(self, change: Change) -> bytes:
        if change.document is None:
            return _DELETE + change.id.encode()
        record, _ = codec.encode(change.document)
        return _UPSERT + change.document.vector.astype("<f4").tobytes() + record

    def _parse(self, payload: bytes) -> Change:
        """EngineError when another program wrote it."""
        try:
            if payload[:1] == _DELETE:
                return Change(payload[1:].decode(), None)
            stop = 1 + 4 * self._dimensions
            document = codec.decode(payload[stop:], np.frombuffer(payload[1:stop], dtype="<f4").astype(np.float32))
        except (ValueError, TypeError, LookupError, struct.error) as error:
            raise EngineError(f"Le journal {self._path} est illisible. Lancez « maillage reindex ».") from error
        return Change(document.id, document)


def _write_durably(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
    os.fsync(file.fileno())


def _frame(payload: bytes) -> bytes:
    return _FRAME.pack(len(payload), zlib.crc32(payload)) + payload


def _iter_batches(data: bytes) -> Iterator[tuple[list[bytes], int]]:
    """(payloads, end of their commit) of each committed batch."""
    batch: list[bytes] = []
    for payload, stop in _iter_frames(data):
        if payload == _COMMIT:
            yield batch, stop
            batch = []
        else:
            batch.append(payload)


def _iter_frames(data: bytes) -> Iterator[tuple[bytes, int]]:
    """(payload, end) of each whole frame, up to the first torn one."""
    start = 0
    while start + _FRAME.size <= len(data):
        length, checksum = _FRAME.unpack_from(data, start)
        stop = start + _FRAME.size + length
        payload = data[start + _FRAME.size : stop]
        if stop > len(data) or zlib.crc32(payload) != checksum:
            return
        yield payload, stop
        start = stop
