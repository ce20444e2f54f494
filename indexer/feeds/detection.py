"""Tells the format of a file by its content: names lie."""

import json
from typing import Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile
from indexer.feeds.csv_records import read_header
from indexer.feeds.registry import recognise

WRAPPERS: Final = ("items", "data", "structures", "services", "events", "results")
"""Keys under which an object may hold its list of records."""

_EXPECTED = "Attendu : une liste JSON, du JSON par lignes, ou un CSV dont la première ligne nomme les colonnes."


def detect_format(file: FeedFile) -> str:
    """The name of a registered format. FeedError that says what the file looks like when it is none of them."""
    known = recognise(file)
    if known is not None:
        return known
    head = file.head.lstrip()
    if head.startswith(("[", "{")):
        return json_syntax(file)
    _refuse_others(file, head)
    read_header(file)
    return "csv"


def json_syntax(file: FeedFile) -> str:
    """`json` (a list, or an object that holds one) or `ndjson` (an object a line)."""
    head = file.head.lstrip()
    return _object_format(head, file.whole) if head.startswith("{") else "json"


def _object_format(head: str, whole: bool) -> str:
    """One object a line, or one object that holds the list."""
    first, _, rest = head.partition("\n")
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # A damaged first line of several objects is still JSON by lines: its reader names the line.
        return "ndjson" if rest.lstrip().startswith("{") and first.rstrip().endswith("}") else "json"
    alone = whole and not rest.strip()
    wraps = isinstance(value, dict) and any(isinstance(value.get(key), list) for key in WRAPPERS)
    return "json" if alone and wraps else "ndjson"


def _refuse_others(file: FeedFile, head: str) -> None:
    if head.startswith("<"):
        raise FeedError(f"{file.name} : c'est une page HTML ou du XML. {_EXPECTED}")
    if file.whole and _is_scalar(head):
        raise FeedError(f"{file.name} : une seule valeur JSON, et non une liste d'objets. {_EXPECTED}")


def _is_scalar(text: str) -> bool:
    try:
        return not isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False
