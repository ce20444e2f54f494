"""One writer at a time: file locks that the system releases when a process dies, however it dies."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from indexer.errors import BusyError

_PAUSE_S = 0.005


class FileLock:
    """An exclusive lock held by this object."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    @property
    def held(self) -> bool:
        return self._file is not None

    def acquire(self, wait_s: float, message: str) -> None:
        """BusyError with the message when another holds it for longer than `wait_s`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        deadline = time.monotonic() + wait_s
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.close()
                    raise BusyError(message) from None
                time.sleep(_PAUSE_S)
            else:
                self._file = file
                return

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


@contextmanager
def held(path: Path, wait_s: float, message: str) -> Iterator[None]:
    """Holds the lock of a path for a block."""
    lock = FileLock(path)
    lock.acquire(wait_s, message)
    try:
        yield
    finally:
        lock.release()
