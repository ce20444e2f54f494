"""What was worked out for the last texts, kept in memory without their words: people ask the same, page after page."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


class Remembered(Generic[V]):
    """The values of the last `size` keys that were asked for; safe with several threads.

    Keys are digests (`key_of`), so that no text that a person typed stays here. Values are shared: change none.
    """

    def __init__(self, size: int = 4096) -> None:
        self._size = size
        self._values: OrderedDict[bytes, V] = OrderedDict()
        self._lock = Lock()

    def each(self, keys: Sequence[bytes], make: Callable[[list[int]], Iterable[V]]) -> list[V]:
        """The value of each key. `make` works out, in order, those at some places that are not known yet.

        Two threads may work out the same at once; an error of `make` goes through, and nothing is kept of it.
        """
        found = self._known(keys)
        missing = {key: place for place, key in enumerate(keys) if key not in found}
        if missing:
            fresh = dict(zip(missing, make(list(missing.values())), strict=True))
            self._keep(fresh)
            found |= fresh
        return [found[key] for key in keys]

    def _known(self, keys: Iterable[bytes]) -> dict[bytes, V]:
        with self._lock:
            found = {key: self._values[key] for key in keys if key in self._values}
            for key in found:
                self._values.move_to_end(key)
        return found

    def _keep(self, values: dict[bytes, V]) -> None:
        with self._lock:
            self._values.update(values)
            while len(self._values) > self._size:
                self._values.popitem(last=False)


def key_of(text: str, *others: bytes) -> bytes:
    """A digest of a text, and of what else its value depends on."""
    digest = sha256(text.encode("utf-8", "surrogatepass"))
    for other in others:
        digest.update(b"\x00%d\x00" % len(other) + other)
    return digest.digest()
