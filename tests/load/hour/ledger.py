"""What the servers acknowledged, how long each answer took, and what went wrong. Shared by all threads."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock


class WrongAnswer(Exception):
    """A page answered otherwise than it should."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One change that a page acknowledged: `what` of a file holds `value`. `key` is a field, a title, an id."""

    what: str
    key: str
    value: str = ""


@dataclass
class Ledger:
    """`facts` and `contested` by file. A contested value was written by one of two who wrote the same box."""

    facts: dict[str, set[Fact]] = field(default_factory=lambda: defaultdict(set))
    contested: dict[str, set[Fact]] = field(default_factory=lambda: defaultdict(set))
    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    conflicts: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    _lock: Lock = field(default_factory=Lock)

    def hold(self, file_id: str, *facts: Fact) -> None:
        """A form was taken, and said so."""
        with self._lock:
            self.acknowledged += 1
            self.facts[file_id].update(facts)

    def contest(self, file_id: str, fact: Fact) -> None:
        """The same for a box that a colleague fills at the same moment: it is found, or its trace is."""
        with self._lock:
            self.acknowledged += 1
            self.contested[file_id].add(fact)

    def meet(self, kind: str) -> None:
        """A conflict that the page showed, as it should."""
        with self._lock:
            self.conflicts[kind] += 1

    def time(self, kind: str, milliseconds: float) -> None:
        with self._lock:
            self.times[kind].append(milliseconds)

    @contextmanager
    def noticing(self, doing: str) -> Iterator[None]:
        """An action that fails is counted by its reason, and stops no other."""
        try:
            yield
        except Exception as error:  # noqa: BLE001  counted: whatever goes wrong is what is looked for
            with self._lock:
                self.errors[f"{doing} : {type(error).__name__} {error}"[:200]] += 1
