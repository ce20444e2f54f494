"""Small pieces that several formats build rows with."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from indexer.feeds.base import FeedFile, FeedOptions, Row
from indexer.feeds.detection import json_syntax
from indexer.feeds.json_records import iter_json, iter_ndjson
from indexer.geocode.clocks import MAINLAND_ZONE
from indexer.normalise.folding import unaccent
from indexer.schema import Kind

EMPTY: Final[tuple[Any, ...]] = (None, "", [], {}, ())
HORIZON: Final = timedelta(days=400)
"""How far ahead recurrences are told: a school year and the time to enrol."""

_NOT_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """`text` as an identifier: lower case, without accents, words joined by hyphens."""
    return _NOT_WORD.sub("-", unaccent(text).lower()).strip("-")


def stable_id(*parts: object) -> str:
    """An id for what has none: 16 hexadecimal digits of what tells it apart, the same at each import."""
    text = "\x1f".join(" ".join(str(part).split()).lower() for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def given(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something."""
    return {name: value for name, value in fields.items() if value not in EMPTY}


def text_of(value: Any) -> str:
    """One text: the French one of a translated value, the items of a list joined, "" when there is none."""
    if isinstance(value, dict):
        value = value.get("fr") or value.get("@value") or next((v for v in value.values() if v not in EMPTY), "")
    if isinstance(value, list):
        return ", ".join(t for t in (text_of(item) for item in value) if t)
    return "" if value is None or isinstance(value, (bool, dict)) else str(value).strip()


def paragraphs(*texts: Any) -> str:
    """The texts that say something, each once, with a blank line between."""
    return "\n\n".join(dict.fromkeys(t for t in (text_of(text) for text in texts) if t))


def iter_objects(file: FeedFile) -> Iterator[Row]:
    """The objects of a JSON file, whether a list, a wrapped list or one a line."""
    return iter_ndjson(file) if json_syntax(file) == "ndjson" else iter_json(file)


def iter_with_organisations(
    file: FeedFile,
    source: str,
    name_of: Callable[[Mapping[str, Any], str], str],
    prefix: str,
    build: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> Iterator[Row]:
    """Objects that name their organisation without describing it: each organisation once, then what it offers.

    `name_of` is given the fields and the producer, who is `source` when nobody declared one. Without a name no
    structure is made.
    """
    producer = file.options.producer or source
    known: set[str] = set()
    for row in iter_objects(file):
        if row.refusal is not None:
            yield row
            continue
        name = name_of(row.fields, producer)
        structure_id = f"{prefix}-{slug(name)[:80]}"
        if name and structure_id not in known:
            known.add(structure_id)
            yield Row(row.number, {"id": structure_id, "nom": name, "source": producer}, kind=Kind.STRUCTURE)
        fields = {**build(row.fields), "structure_id": structure_id, "source": producer}
        yield Row(row.number, given(fields), kind=Kind.OFFER)


def today_of(options: FeedOptions) -> date:
    """The day that the import is told to be, else that of the mainland's clock."""
    return options.today or datetime.now(ZoneInfo(MAINLAND_ZONE)).date()
