"""Identifiers in addresses: any character, so that a slash may be theirs."""

from starlette.types import Scope

MAX_CHARACTERS = 512


def readable_id(text: str) -> str | None:
    """An identifier that a catalogue can hold; None for anything else, which no record bears."""
    if not text or len(text) > MAX_CHARACTERS or "\0" in text:
        return None
    try:
        text.encode()
    except UnicodeEncodeError:
        return None  # lone surrogates: bytes that were not UTF-8
    return text


def ends_with_segment(scope: Scope, segment: bytes) -> bool:
    """Whether the address as it was sent ends so: a slash of an identifier is sent as `%2F`."""
    raw: bytes | None = scope.get("raw_path")
    return raw is None or raw.endswith(segment)
