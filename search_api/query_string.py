"""The query string, from bytes to names and values: everything that is not plain UTF-8 text is refused."""

from urllib.parse import unquote_to_bytes

from indexer.errors import MaillageError

MAX_BYTES = 32_768
"""A text of 2,000 characters of four bytes each, percent-encoded, takes 24,000."""

MAX_FIELDS = 500


class QueryTooLongError(MaillageError):
    """The query string is longer than any honest one."""


class UnreadableQueryError(MaillageError):
    """A name or a value is not text. `name` is the parameter, as far as it can be read."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


def parse_query(raw: bytes) -> dict[str, list[str]]:
    """Values by name, both in the order in which they came."""
    if len(raw) > MAX_BYTES:
        raise QueryTooLongError(f"L'adresse est trop longue : {MAX_BYTES} octets au plus après le « ? ».")
    fields = [part for part in raw.split(b"&") if part]
    if len(fields) > MAX_FIELDS:
        raise QueryTooLongError(f"L'adresse porte trop de paramètres : {MAX_FIELDS} au plus.")
    values: dict[str, list[str]] = {}
    for part in fields:
        name, _, value = part.partition(b"=")
        shown = _decode(name, "?")
        values.setdefault(shown, []).append(_decode(value, shown))
    return values


def _decode(encoded: bytes, name: str) -> str:
    try:
        text = unquote_to_bytes(encoded.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise UnreadableQueryError(name, "Ce texte n'est pas écrit en UTF-8 : encodez-le ainsi.") from None
    if "\0" in text:
        raise UnreadableQueryError(name, "Ce texte contient un caractère nul : retirez-le.")
    return text
