"""The feed of data·inclusion and of Maillage: structures and offers, in any order, in one file or several."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.base import FILE_REMARKS_KEY, REFUSAL_KEY, REMARKS_KEY, FeedFile, Row
from indexer.feeds.csv_records import iter_csv
from indexer.feeds.detection import detect_format
from indexer.feeds.json_records import iter_json, iter_ndjson
from indexer.feeds.opening import open_feed
from indexer.schema import Kind, Offer, RawRecord, Structure

READERS: Final[Mapping[str, Callable[[FeedFile], Iterator[Row]]]] = {
    "json": iter_json,
    "ndjson": iter_ndjson,
    "csv": iter_csv,
}
FORMATS: Final = ("auto", *READERS)

_OFFER_ONLY = (set(Offer.model_fields) - set(Structure.model_fields) - {"structure_id"}) | {"types", "profils"}
_STRUCTURE_ONLY = (set(Structure.model_fields) - set(Offer.model_fields)) | {"typologie", "labels_nationaux", "antenne"}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def iter_raw_records(paths_or_urls: Sequence[str], flux: str, format: str = "auto") -> Iterator[RawRecord]:
    """The records of the files and addresses, in their order, in constant memory.

    `format` is one of FORMATS; `auto` goes by the content. A row that is no record is yielded with REFUSAL_KEY among
    its fields, and what the feed doubts with REMARKS_KEY or FILE_REMARKS_KEY: `normalise` turns them into issues.
    Raises FeedError, in French, naming the file and the place, when a file cannot be read to its end.
    """
    if format not in FORMATS:
        raise FeedError(f"Format inconnu : « {format} ». Formats connus : {', '.join(FORMATS)}.")
    for location in paths_or_urls:
        with open_feed(location) as file:
            reader = READERS[detect_format(file) if format == "auto" else format]
            with closing(_iter_file(file, reader, flux)) as records:
                yield from records


def _iter_file(
    file: FeedFile, reader: Callable[[FeedFile], Iterator[Row]], flux: str
) -> Generator[RawRecord, None, None]:
    remarks = file.remarks
    for row in reader(file):
        yield _raw_record(file, row, flux, remarks)
        remarks = ()


def _raw_record(file: FeedFile, row: Row, flux: str, file_remarks: tuple[str, ...]) -> RawRecord:
    fields = dict(row.fields)
    kind = kind_of(fields)
    for key, value in ((REFUSAL_KEY, row.refusal), (REMARKS_KEY, row.remarks), (FILE_REMARKS_KEY, file_remarks)):
        fields.pop(key, None)  # a feed does not speak in our name
        if value:
            fields[key] = value
    return RawRecord(kind, flux, file.name, row.number, fields)


def kind_of(fields: Mapping[str, Any]) -> Kind:
    """An offer names its structure. Without it, the fields that only one kind has decide."""
    if fields.get("structure_id") not in _EMPTY:
        return Kind.OFFER
    given = {name for name, value in fields.items() if value not in _EMPTY}
    if given & _STRUCTURE_ONLY:
        return Kind.STRUCTURE
    if given & _OFFER_ONLY:
        return Kind.OFFER
    names_structures = "structure_id" in fields and not fields.keys() & _STRUCTURE_ONLY
    return Kind.OFFER if names_structures else Kind.STRUCTURE
