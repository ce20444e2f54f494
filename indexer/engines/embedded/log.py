"""The live log of a version: an append-only file of frames, durable before `append` returns.

A frame is: length of the payload (u32), CRC-32 of the payload (u32), payload. A torn last frame (the writer died) is
not read, and the next writer cuts it off. The payload is one change: `D` and an id, or `U` and a document.
"""

import os
import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engines.base import Document
from indexer.engines.embedded import codec

_FRAME = struct.Struct("<II")
_UPSERT, _DELETE = b"U", b"D"


@dataclass(frozen=True, slots=True)
class Change:
    """`document` is None for a deletion."""

    id: str
    document: Document | None


class LiveLog:
    """The log's file. Only one process writes at a time (the engine's lock says so); any number read."""

    def __init__(self, path: Path, dimensions: int) -> None:
        self._path, self._dimensions = path, dimensions
        self._known_whole = 0  # bytes already seen to be whole frames: frames never change

    def size(self) -> int:
        """Bytes on disk, whole frames or not."""
        try:
            return self._path.stat().st_size
        except FileNotFoundError:
            return 0

    def read_from(self, offset: int) -> tuple[list[Change], int]:
        """(changes, where the next read starts)."""
        if self.size() <= offset:
            return [], offset
        with self._path.open("rb") as file:
            file.seek(offset)
            data = file.read()
        changes, stop = [], 0
        for payload, end in _iter_frames(data):
            changes.append(self._parse(payload))
            stop = end
        return changes, offset + stop

    def append(self, changes: Iterable[Change]) -> int:
        """Writes changes and returns how many, once they are on disk."""
        frames = [_frame(self._payload(change)) for change in changes]
        if not frames:
            return 0
        with self._path.open("ab") as file:
            whole = self._find_whole()
            file.truncate(whole)
            try:
                file.write(b"".join(frames))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(whole)  # a full disk: no half change stays
                raise
        return len(frames)

    def _find_whole(self) -> int:
        """Where the last whole frame ends."""
        with self._path.open("rb") as file:
            file.seek(self._known_whole)
            stop = 0
            for _, end in _iter_frames(file.read()):
                stop = end
            self._known_whole += stop
        return self._known_whole

    def _payload(self, change: Change) -> bytes:
        if change.document is None:
            return _DELETE + change.id.encode()
        record, _ = codec.encode(change.document)
        return _UPSERT + change.document.vector.astype("<f4").tobytes() + record

    def _parse(self, payload: bytes) -> Change:
        if payload[:1] == _DELETE:
            return Change(payload[1:].decode(), None)
        stop = 1 + 4 * self._dimensions
        vector = np.frombuffer(payload[1:stop], dtype="<f4").astype(np.float32)
        document = codec.decode(payload[stop:], vector)
        return Change(document.id, document)


def _frame(payload: bytes) -> bytes:
    return _FRAME.pack(len(payload), zlib.crc32(payload)) + payload


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
