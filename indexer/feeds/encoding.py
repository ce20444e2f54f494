"""Which encoding a file is written in, told by reading it once: no declaration is believed."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Final, TextIO

from indexer.errors import FeedError

CHUNK: Final = 1 << 20
HEAD: Final = 1 << 20
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}

CP1252_REMARK: Final = (
    "Le fichier n'est pas en UTF-8 : il a été lu en Windows-1252. Vérifiez les accents, et enregistrez-le en UTF-8."
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What one reading of a stream says: its encoding, the length of its byte-order mark, its size, its beginning."""

    encoding: str
    bom: int
    size: int
    head: bytes


class Transcoded:
    """A text stream read as UTF-8 bytes, in constant memory."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int = -1) -> bytes:
        """About `size` bytes (whole characters); b"" at the end."""
        return self._text.read(size).encode("utf-8", "surrogatepass")


class _Utf8Check:
    """Follows a stream and remembers the first byte that is not UTF-8, and what the letters before it looked like."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.offset = 0
        self.good = 0
        self.bad_at: int | None = None

    def feed(self, chunk: bytes, final: bool = False) -> None:
        if self.bad_at is not None or (chunk.isascii() and not self._decoder.getstate()[0] and not final):
            self.offset += len(chunk)
            return
        pending = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            self.bad_at = self.offset - pending + error.start
            self.good += _balance(error.object)
        else:
            self.good += sum(not c.isascii() for c in text[:65_536])
        self.offset += len(chunk)


def _balance(data: bytes) -> int:
    """How many letters read well as UTF-8, less how many do not."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    return sum(not c.isascii() for c in text) - 2 * bad


def scan_stream(stream: BinaryIO, name: str, limit: int, read: Callable[[int], bytes] | None = None) -> Scan:
    """Reads a stream to its end. FeedError when it is empty, too large, binary, or UTF-8 that was damaged."""
    read = read or stream.read
    head = b""
    size = 0
    nul_at: int | None = None
    check = _Utf8Check()
    while chunk := read(CHUNK):
        if nul_at is None and b"\0" in chunk:
            nul_at = size + chunk.index(b"\0")
        size += len(chunk)
        if size > limit:
            raise FeedError(f"{name} : plus de {limit // 1_000_000} Mo une fois ouvert. Découpez ce fichier.")
        if len(head) < HEAD:
            head += chunk[: HEAD - len(head)]
        check.feed(chunk)
    check.feed(b"", final=True)
    if not head.strip(b" \t\r\n\xef\xbb\xbf"):
        raise FeedError(f"{name} : le fichier est vide. Vérifiez l'export qui l'a produit.")
    encoding, bom = _encoding_of(name, head, nul_at, check)
    return Scan(encoding, bom, size, head)


def _encoding_of(name: str, head: bytes, nul_at: int | None, check: _Utf8Check) -> tuple[str, int]:
    for mark, encoding in _UTF16.items():
        if head.startswith(mark):
            return encoding, len(mark)
    if nul_at is not None:
        raise FeedError(
            f"{name} : octet nul à la position {nul_at}. Ce n'est pas un fichier texte, ou il est abîmé : "
            "exportez-le de nouveau en JSON ou en CSV, encodé en UTF-8."
        )
    bom = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    if check.bad_at is None:
        return "utf-8", bom
    if bom or check.good > 0:
        raise FeedError(
            f"{name} : l'octet {check.bad_at} n'est pas de l'UTF-8, alors que le reste en est. "
            "Le fichier est abîmé : exportez-le de nouveau, encodé en UTF-8."
        )
    return "cp1252", 0
