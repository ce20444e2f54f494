"""Which texts one may tune on, and which only judge."""

import hashlib
from typing import Final, Literal

Part = Literal["dev", "test"]

PARTS: Final[tuple[Part, ...]] = ("dev", "test")


def part_of(text: str) -> Part:
    """By the digest of the text alone: a text keeps its part when others come, go, or move to another file."""
    return PARTS[hashlib.sha256(text.casefold().encode()).digest()[0] % 2]
