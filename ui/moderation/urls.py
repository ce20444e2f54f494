"""Addresses of moderation."""

from typing import Final
from urllib.parse import quote

from indexer.publish import paths

QUEUE: Final = paths.MODERATION
CASE_ROUTE: Final = "/moderation/{publication_id}"
TRUST_ROUTE: Final = "/moderation/{publication_id}/confiance"


def case(publication_id: str) -> str:
    return f"/moderation/{quote(publication_id, safe='')}"


def trust(publication_id: str) -> str:
    return f"{case(publication_id)}/confiance"


def queue(done: str) -> str:
    """`done` names what was just decided, for the page to say it."""
    return f"{QUEUE}?fait={done}"
