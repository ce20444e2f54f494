"""The demonstration catalogue as its tests read it: built for one day, structures and offers apart."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from indexer.demonstration.load import build_demonstration

TODAY: Final = date(2025, 3, 5)
MARK: Final = "Exemple fictif, pour la démonstration."
RECORDS: Final = build_demonstration(TODAY)
STRUCTURES: Final = [record for record in RECORDS if "structure_id" not in record]
OFFERS: Final = [record for record in RECORDS if "structure_id" in record]


def iter_texts(value: Any) -> Iterator[str]:
    """Every string of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from iter_texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from iter_texts(one)


def own_words(record: dict[str, Any]) -> int:
    """How many words tell the offer, besides the mark."""
    return len(str(record["description"]).removesuffix(MARK).split())
