"""The hand-over of a crawl: each line bears its provenance, and text for a parser or fields told apart."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, FeedOptions, Row
from indexer.feeds.building import slug, text_of
from indexer.feeds.ical import iter_calendar_rows
from indexer.feeds.json_records import iter_ndjson
from indexer.feeds.postal_line import split_address
from indexer.feeds.rss import iter_feed_rows
from indexer.feeds.schema_org import extract_nodes, iter_node_rows
from indexer.schema import Kind

UNKNOWN: Final = "ligne d'une récolte dont le format n'est pas connu."
Parse = Callable[[Mapping[str, Any], FeedOptions], Iterator[Row]]


def iter_crawl_lines(file: FeedFile) -> Iterator[Row]:
    """The rows of all lines; a record met on two pages is told once. A page that cannot be read is refused alone."""
    known: set[tuple[Kind | None, str]] = set()
    for line in iter_ndjson(file):
        if line.refusal is not None:
            yield line
            continue
        for row in _parse_line(line, file.options):
            key = (row.kind, str(row.fields.get("id")))
            if row.refusal is not None or key not in known:
                known.add(key)
                yield replace(row, number=line.number)


def _parse_line(line: Row, options: FeedOptions) -> Iterator[Row]:
    parse = _PARSERS.get(str(line.fields.get("format")))
    if parse is None:
        yield Row(line.number, refusal=UNKNOWN)
        return
    producer = options.producer or text_of(line.fields.get("producteur")) or None
    try:
        yield from parse(line.fields, replace(options, producer=producer))
    except FeedError as error:
        yield Row(line.number, refusal=str(error))


def _calendar(line: Mapping[str, Any], options: FeedOptions) -> Iterator[Row]:
    return iter_calendar_rows(text_of(line.get("contenu")).encode(), text_of(line.get("page")), options)


def _feed(line: Mapping[str, Any], options: FeedOptions) -> Iterator[Row]:
    return iter_feed_rows(text_of(line.get("contenu")).encode(), text_of(line.get("page")), options)


def _page(line: Mapping[str, Any], options: FeedOptions) -> Iterator[Row]:
    page = text_of(line.get("page"))
    nodes = ((1, {**node, "@page": page}) for node in extract_nodes(text_of(line.get("contenu"))))
    return iter_node_rows(nodes, options)


def _record(line: Mapping[str, Any], options: FeedOptions) -> Iterator[Row]:
    """A record read by selectors: an offer, held by the structure it names, else by the producer."""
    fields = dict(line.get("champs") or {})
    producer = options.producer or "recolte"
    name = text_of(fields.pop("structure", "")) or producer
    if fields.get("adresse") and not fields.get("commune"):
        fields |= split_address(text_of(fields["adresse"]))
    structure_id = f"structure-{slug(name)[:80]}"
    yield Row(1, {"id": structure_id, "nom": name, "source": producer}, kind=Kind.STRUCTURE)
    yield Row(1, {**fields, "structure_id": structure_id, "source": producer}, kind=Kind.OFFER)


_PARSERS: Final[Mapping[str, Parse]] = {"ical": _calendar, "rss": _feed, "schema-org": _page, "fiche": _record}
