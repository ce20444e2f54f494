"""JSON lists, objects that hold a list, and one JSON object a line; streamed."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import ijson

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, Row
from indexer.feeds.detection import WRAPPERS
from indexer.feeds.json_building import NOT_AN_OBJECT, ItemBuilder, UniqueKeys, as_row

BUFFER: Final = 1 << 16
MAX_LINE: Final = 10_000_000
"""Characters of one line: fifty times the longest record seen in the national export."""

_OPENING = ("start_map", "start_array")
_CLOSING = ("end_map", "end_array")


_FAILURE: Final = ("error", "errors", "erreur", "erreurs", "message", "detail", "fault", "exception")
_AROUND_FAILURE: Final = frozenset(
    "status statuscode statusCode status_code code success ok timestamp path title titre type instance description "
    "reason requestId request_id trace".split()
)
"""Keys that come with a failure, as in `application/problem+json` (RFC 9457)."""


class _Counted:
    """A stream that knows how far it was read."""

    def __init__(self, file: FeedFile) -> None:
        self._stream = file.utf8()
        self.offset = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.offset += len(data)
        return data


def iter_json(file: FeedFile) -> Iterator[Row]:
    """The objects of a JSON list, or of the list(s) that an object holds under one of WRAPPERS.

    An item that is not an object is a refused row. FeedError, naming record and byte, where the JSON breaks.
    """
    stream = _Counted(file)
    number = 0
    try:
        for number, builder in enumerate(_iter_items(file, stream), start=1):
            yield as_row(number, builder.value, builder.doubles, builder.too_deep)
    except ijson.IncompleteJSONError as error:
        if "premature EOF" not in str(error) and "Incomplete" not in str(error):
            raise _broken(file, stream, number, error) from error
        raise FeedError(
            f"{file.name} : fichier tronqué, il s'arrête à l'octet {stream.offset}, après {number} enregistrements "
            "complets. Téléchargez-le ou exportez-le de nouveau."
        ) from error
    except UnicodeDecodeError:
        raise  # the opener tells it
    except (ijson.JSONError, ValueError, ArithmeticError) as error:
        raise _broken(file, stream, number, error) from error


def _broken(file: FeedFile, stream: _Counted, number: int, error: Exception) -> FeedError:
    reason = str(error).strip().split("\n")[0][:120]
    return FeedError(
        f"{file.name} : JSON invalide après l'enregistrement {number}, avant l'octet {stream.offset} ({reason}). "
        "Corrigez-le à cet endroit (NaN s'écrit null), ou exportez de nouveau."
    )


def _iter_items(file: FeedFile, stream: _Counted) -> Iterator[ItemBuilder]:
    """Builders of complete items: the items at depth 1 of a list, or at depth 2 under a wrapper's key."""
    events = ijson.basic_parse(stream, buf_size=BUFFER)
    event, _ = next(events)
    if event == "start_array":
        yield from _items_of_list(events)
        for _ in events:
            pass  # reads to the end, so that garbage after the list is seen
        return
    found = False
    for event, value in events:
        if event == "map_key" and value in WRAPPERS:
            event, value = next(events)
            if event == "start_array":
                found = True
                yield from _items_of_list(events)
                continue
        _skip(event, events)
    if not found:
        raise FeedError(
            f"{file.name} : un objet JSON sans liste d'enregistrements. Attendu : une liste, ou un objet qui en tient "
            f"une sous l'une des clés {', '.join(WRAPPERS)}."
        )


def _items_of_list(events: Iterator[tuple[str, Any]]) -> Iterator[ItemBuilder]:
    for event, value in events:
        if event == "end_array":
            return
        builder = ItemBuilder()
        builder.add(event, value)
        depth = 1 if event in _OPENING else 0
        while depth:
            event, value = next(events)
            depth += (event in _OPENING) - (event in _CLOSING)
            builder.add(event, value)
        yield builder


def _skip(event: str, events: Iterator[tuple[str, Any]]) -> None:
    depth = 1 if event in _OPENING else 0
    while depth:
        event, _ = next(events)
        depth += (event in _OPENING) - (event in _CLOSING)


def iter_ndjson(file: FeedFile) -> Iterator[Row]:
    """One object a line; blank lines are passed over. FeedError, naming the line, for one that is not JSON."""
    lines = file.text(newline="\n")
    number = 0
    while line := lines.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise FeedError(
                f"{file.name}, ligne {number} : plus de {MAX_LINE:,} caractères. Mettez un objet par ligne."
            )
        if line.strip():
            yield _parse_line(file, number, line)


def _parse_line(file: FeedFile, number: int, line: str) -> Row:
    keys = UniqueKeys()
    try:
        value = json.loads(line, object_pairs_hook=keys, parse_float=_number)
    except RecursionError:
        return as_row(number, None, (), too_deep=True)
    except ValueError as error:
        place = f", colonne {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        ending = "" if line.endswith("\n") else " C'est la dernière ligne : le fichier est sans doute tronqué."
        raise FeedError(
            f"{file.name}, ligne {number}{place} : JSON invalide.{ending} Corrigez cette ligne ou exportez de nouveau."
        ) from error
    if not isinstance(value, dict):
        return Row(number, refusal=NOT_AN_OBJECT)
    if number == 1:
        _refuse_failure(file, value)
    return as_row(number, value, tuple(keys.doubles), too_deep=False)


def _refuse_failure(file: FeedFile, value: dict[str, Any]) -> None:
    """An API that answers 200 and says that it failed gives an object of a few known keys, and no record."""
    said = next((value[key] for key in _FAILURE if value.get(key)), None)
    if said is not None and value.keys() <= _AROUND_FAILURE.union(_FAILURE):
        raise FeedError(
            f"{file.name} : un message d'erreur au lieu des données (« {str(said)[:120]} »). Prévenez le producteur."
        )


def _number(text: str) -> float:
    return float(Decimal(text))
