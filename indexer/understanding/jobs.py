"""What is asked of whoever reads métiers in a text."""

from collections.abc import Sequence
from typing import Protocol


class Job(Protocol):
    """A ROME métier read in a text: `score` from 0 to 1, the words that led to it."""

    @property
    def code_rome(self) -> str: ...
    @property
    def libelle(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def words(self) -> tuple[str, ...]: ...


class JobReader(Protocol):
    def read(self, text: str) -> Sequence[Job]:
        """The likeliest métiers of a text, best first; nothing when it speaks of none."""


class SilentJobReader:
    """Reads none."""

    def read(self, text: str) -> Sequence[Job]:  # noqa: ARG002 — the interface's
        return ()
