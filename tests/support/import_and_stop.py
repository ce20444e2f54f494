"""Run as a process of its own: begins an import, says « stopped » once it stands where it was told to, and waits there.

Arguments: address of the catalogue, `reading` or `writing`.
"""

import sys
from collections.abc import Iterator
from typing import Any

from sqlalchemy import event

from indexer.catalogue import open_catalogue
from tests.support.small_feeds import LATER, bring, offer, structure


def stop_here() -> None:
    sys.stdout.write("stopped\n")
    sys.stdout.flush()
    sys.stdin.read()


def changed_feed(stop: bool) -> Iterator[Any]:
    yield structure(nom="Autre nom")
    for number in range(5, 900):
        yield offer(number, nom="Autre nom")
    if stop:
        stop_here()


def stop_when_written(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    """The last statement of the transaction: everything else is written, nothing is committed."""
    if statement.startswith("UPDATE imports"):
        stop_here()


catalogue = open_catalogue(sys.argv[1])
if sys.argv[2] == "writing":
    event.listen(catalogue.database.engine, "before_cursor_execute", stop_when_written)
bring(catalogue, changed_feed(stop=sys.argv[2] == "reading"), now=LATER, accept_loss=True)
