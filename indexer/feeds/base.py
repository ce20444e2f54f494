"""What every feed shares: an opened file, a row read from it, and the shape of a reader."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO, Final, Protocol, TextIO

from indexer.errors import FeedError
from indexer.feeds.encoding import Transcoded
from indexer.schema import Kind

REFUSAL_KEY: Final = "@refus"
"""Key of `RawRecord.fields` under which a feed says why a row is not a record: the normaliser rejects it."""

REFUSAL_RULE_KEY: Final = "@regle"
"""Key under which goes the name that reports count that refusal by."""

REMARKS_KEY: Final = "@remarques"
"""Key of `RawRecord.fields` under which a feed says what it doubts of a row (list of French sentences)."""

FILE_REMARKS_KEY: Final = "@remarques_fichier"
"""As REMARKS_KEY, about the whole file; borne by its first record."""


@dataclass(frozen=True)
class FeedOptions:
    """What a declared source tells its reader.

    `name` is how its file is told to people. `today` is None when nobody said: a reader that needs it takes the date of
    the process. `columns` are those that the source's mapping cannot do without. `values` is the table `[options]` of
    the source, as written.
    """

    name: str | None = None
    producer: str | None = None
    licence: str | None = None
    today: date | None = None
    columns: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        """An option that must be text. FeedError, naming it, for anything else."""
        value = self.values.get(name, default)
        if not isinstance(value, str):
            raise FeedError(f"[options] {name} : un texte est attendu, entre guillemets.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """An option that must be a list of texts; () when absent."""
        value = self.values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise FeedError(f'[options] {name} : une liste de textes est attendue, comme ["un", "deux"].')
        return tuple(value)


NO_OPTIONS: Final = FeedOptions()


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
    options: FeedOptions = NO_OPTIONS

    def text(self, newline: str) -> TextIO:
        """The content as text. `newline` as in `open`: "\\n" keeps lone carriage returns inside their line."""
        try:
            return io.TextIOWrapper(self.stream, encoding=self.encoding, newline=newline)
        except LookupError as error:  # a container has no encoding
            raise FeedError(
                f"{self.name} : un classeur ou une archive, et non du texte. Exportez-le autrement."
            ) from error

    def utf8(self) -> "BinaryIO | Transcoded":
        """The content as UTF-8 bytes, whatever it was written in."""
        return self.stream if self.encoding == "utf-8" else Transcoded(self.text(newline=""))


@dataclass(frozen=True, slots=True)
class Row:
    """One row as read. A `refusal` (French) means that it is no record, counted by `rule`; `remarks` are doubts.

    `kind` None: the fields decide (see `kind_of`).
    """

    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    refusal: str | None = None
    remarks: tuple[str, ...] = ()
    kind: Kind | None = None
    rule: str = "ligne-illisible"


class Feed(Protocol):
    """A reader of one format."""

    def __call__(self, file: FeedFile) -> Iterator[Row]:
        """The rows, streamed. FeedError, naming the file and the place, when the rest cannot be read."""
