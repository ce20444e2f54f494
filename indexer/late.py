"""What is made when it is first asked for, so that a server that starts does not wait for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, RLock
from typing import Final, Generic, TypeVar

T = TypeVar("T")

_IMPORTS: Final = RLock()


class Late(Generic[T]):
    """A value made once, by whichever thread asks first: the others wait for it. A refusal is tried again."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make, self._lock = make, Lock()
        self._made: list[T] = []

    @property
    def is_made(self) -> bool:
        """Whether `get` answers at once."""
        return bool(self._made)

    def get(self) -> T:
        """Whatever `make` raises."""
        if not self._made:
            with self._lock:
                if not self._made:
                    self._made.append(self._make())
        return self._made[0]


@contextmanager
def importing() -> Iterator[None]:
    """Around an import of our own modules in a function of a server: one thread at a time.

    Python locks each module. A thread that imports a package and another that imports a module of it wait for each
    other: one of them would then fail.
    """
    with _IMPORTS:
        yield
