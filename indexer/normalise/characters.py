"""Characters: Unicode form, control characters, spaces, and letters that were read in the wrong encoding."""

import re
import unicodedata
from typing import Final

# A text that holds none of these, in NFC, needs no mending: most do not.
_SUSPECT = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200c\u200e\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ufeff\ufff9-\ufffb\ufffe\uffff]"
    "|  | \n|\n |\n\n\n"
)
_SPACES = re.compile("[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_EMPTY_LINES = re.compile("\n{3,}")

_CP1252: Final = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xC0)}
_CONTINUATION = "[" + "".join(re.escape(c) for b, c in _CP1252.items() if c != "\ufffd") + "\x80-\xbf]"
_MOJIBAKE = re.compile(f"[ÂÃÅ]{_CONTINUATION}|â{_CONTINUATION}{{2}}")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")


def mend_mojibake(text: str) -> str:
    """« Ã© » → « é », where UTF-8 was read as Windows-1252: only sequences that can be nothing else in French."""
    previous = None
    while text != previous:
        previous = text
        text = _MOJIBAKE.sub(_reread, text)
    return _C1.sub(lambda match: bytes([ord(match[0])]).decode("cp1252", "ignore"), text)


def _reread(match: re.Match[str]) -> str:
    data = b"".join(_byte(character) for character in match[0])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def tidy_characters(text: str) -> str:
    """NFC, ordinary spaces, nothing invisible, no blank at the ends of lines, one empty line at most."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if _SUSPECT.search(text):
        text = _REMOVED.sub("", _LINE_ENDS.sub("\n", text))
        text = _SPACES.sub(" ", text)
        text = _EMPTY_LINES.sub("\n\n", "\n".join(line.strip(" ") for line in text.split("\n")))
    return text.strip()


def one_line(text: str) -> str:
    return " ".join(text.split()) if "\n" in text else text
