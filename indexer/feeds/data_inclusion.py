"""The feed of data·inclusion and of Maillage: structures and offers, in any order, in one file or several."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

from indexer.feeds.base import (
    FILE_REMARKS_KEY,
    NO_OPTIONS,
    REFUSAL_KEY,
    REFUSAL_RULE_KEY,
    REMARKS_KEY,
    Feed,
    FeedFile,
    FeedOptions,
    Row,
)
from indexer.feeds.detection import detect_format
from indexer.feeds.opening import open_feed
from indexer.feeds.registry import load_reader
from indexer.schema import Kind, Offer, RawRecord, Structure

Shape = Callable[[Iterator[Row]], Iterator[Row]]
"""Changes the rows of one file: renames, derives, refuses."""

_OFFER_ONLY = (set(Offer.model_fields) - set(Structure.model_fields) - {"structure_id"}) | {"types", "profils"}
_STRUCTURE_ONLY = (set(Structure.model_fields) - set(Offer.model_fields)) | {"typologie", "labels_nationaux", "antenne"}
_EMPTY: tuple[Any, ...] = (None, "", [], {})


def iter_raw_records(
    paths_or_urls: Sequence[str],
    flux: str,
    format: str = "auto",
    options: FeedOptions = NO_OPTIONS,
    shape: Shape | None = None,
) -> Iterator[RawRecord]:
    """The records of the files and addresses, in their order, in constant memory.

    `format` is one of `registry.FORMAT_NAMES`; `auto` goes by the content. `shape` changes each row that was read (the
    mapping of a declared source). A row that is no record is yielded with REFUSAL_KEY among its fields, and what the
    feed doubts with REMARKS_KEY or FILE_REMARKS_KEY: `normalise` turns them into issues.
    Raises FeedError, in French, naming the file and the place, when a file cannot be read to its end.
    """
    reader = None if format == "auto" else load_reader(format)
    for location in paths_or_urls:
        with open_feed(location) as opened:
            file = replace(opened, options=options, name=options.name or opened.name)
            read = load_reader(detect_format(file)) if reader is None else reader
            with closing(_iter_file(file, read, flux, shape)) as records:
                yield from records


def _iter_file(file: FeedFile, reader: Feed, flux: str, shape: Shape | None) -> Generator[RawRecord, None, None]:
    remarks = file.remarks
    for row in reader(file) if shape is None else shape(reader(file)):
        yield _raw_record(file, row, flux, remarks)
        remarks = ()


def _raw_record(file: FeedFile, row: Row, flux: str, file_remarks: tuple[str, ...]) -> RawRecord:
    fields = dict(row.fields)
    kind = row.kind or kind_of(fields)
    if file.options.producer is not None and fields.get("source") in _EMPTY:
        fields["source"] = file.options.producer
    rule = row.rule if row.refusal else None
    told = {REFUSAL_KEY: row.refusal, REFUSAL_RULE_KEY: rule, REMARKS_KEY: row.remarks, FILE_REMARKS_KEY: file_remarks}
    for key, value in told.items():
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
