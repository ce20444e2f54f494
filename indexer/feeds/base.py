"""What every feed shares: an opened file, a row read from it, and the shape of a reader."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final, Protocol, TextIO

from indexer.feeds.encoding import Transcoded

REFUSAL_KEY: Final = "@refus"
"""Key of `RawRecord.fields` under which a feed says why a row is not a record: the normaliser rejects it."""

REMARKS_KEY: Final = "@remarques"
"""Key of `RawRecord.fields` under which a feed says what it doubts of a row (list of French sentences)."""

FILE_REMARKS_KEY: Final = "@remarques_fichier"
"""As REMARKS_KEY, about the whole file; borne by its first record."""


@dataclass(frozen=True)
class FeedFile:
    """One opened file. `stream` stands after any byte-order mark and is read once, by `text()` or by `utf8()`.

    `head` is the decoded beginning (at most 1 MiB); `whole` tells whether that is everything.
    """

    name: str
    stream: BinaryIO
    encoding: str
    head: str
    whole: bool
    remarks: tuple[str, ...] = ()

    def text(self, newline: str) -> TextIO:
        """The content as text. `newline` as in `open`: "\\n" keeps lone carriage returns inside their line."""
        return io.TextIOWrapper(self.stream, encoding=self.encoding, newline=newline)

    def utf8(self) -> "BinaryIO | Transcoded":
        """The content as UTF-8 bytes, whatever it was written in."""
        return self.stream if self.encoding == "utf-8" else Transcoded(self.text(newline=""))


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read. A `refusal` (French) means that it is no record; `remarks` are doubts about it."""

    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    refusal: str | None = None
    remarks: tuple[str, ...] = ()


class Feed(Protocol):
    """A reader of one format."""

    def __call__(self, file: FeedFile) -> Iterator[Row]:
        """The rows, streamed. FeedError, naming the file and the place, when the rest cannot be read."""
