"""Long texts as paragraphs and lists: nothing of the text is ever read as HTML."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from ui.wording import glued

LONG_PARAGRAPH = 600
"""Characters: about eight lines, as much as an offer's page shows before it folds."""

_BULLET = re.compile(r"\s*[-–—•·‣◦*▪✓►]\s+")
_LINK = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_TRAILING = ".,;:!?…)]}"
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀÂÇÉÈÊÎÔŒ«])")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line; `url` when it is the address of a site."""

    text: str
    url: str | None = None


Line = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (its lines) or a list (its items)."""

    is_list: bool
    lines: tuple[Line, ...]
    length: int


def build_blocks(text: str | None) -> tuple[Block, ...]:
    """Blank lines part paragraphs, and so does the end of a sentence in one too long to be read at a stretch.

    Lines that begin with a dash or a bullet are items.
    """
    return tuple(_iter_blocks("\n".join(map(_parted, (text or "").split("\n")))))


def build_line(text: str) -> Line:
    """One line, whose addresses are links."""
    return _segments(text)


def split_lead(blocks: tuple[Block, ...], characters: int) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """What is read at once, and what is folded: a rest that is shorter than a third of the limit is not."""
    shown = 0
    for place, block in enumerate(blocks):
        rest = sum(b.length for b in blocks[place:])
        if place and shown + block.length > characters and rest > characters // 3:
            return blocks[:place], blocks[place:]
        shown += block.length
    return blocks, ()


def build_lead(text: str | None, limit: int = 240) -> str | None:
    """The first sentence of a text, and the next while they are questions; None when that is no summary."""
    first_line = next((line.strip() for line in (text or "").split("\n") if line.strip()), None)
    if first_line is None or _BULLET.match(first_line):
        return None
    lead = ""
    for said in _SENTENCE.split(first_line):
        longer = f"{lead} {said}".strip()
        if len(longer) > limit:
            break
        lead = longer
        if not said.endswith("?"):
            break
    return lead or None


def _iter_blocks(text: str) -> Iterator[Block]:
    lines = [line.strip() for line in text.split("\n")]
    for kind, group in groupby(lines, key=_kind):
        if kind == "blank":
            continue
        is_list = kind == "item"
        kept = [_BULLET.sub("", line, count=1) if is_list else line for line in group]
        yield Block(is_list, tuple(_segments(line) for line in kept), sum(map(len, kept)))


def _parted(line: str) -> str:
    """The line, with a blank one after the sentence that makes a paragraph long enough."""
    if len(line) <= LONG_PARAGRAPH or _BULLET.match(line):
        return line
    paragraphs = [""]
    for sentence in _SENTENCE.split(line):
        if len(paragraphs[-1]) > LONG_PARAGRAPH // 2:
            paragraphs.append("")
        paragraphs[-1] = f"{paragraphs[-1]} {sentence}".strip()
    return "\n\n".join(paragraphs)


def _kind(line: str) -> str:
    if not line:
        return "blank"
    return "item" if _BULLET.match(line) else "text"


def _segments(line: str) -> Line:
    return tuple(_iter_segments(line))


def _iter_segments(line: str) -> Iterator[Segment]:
    end = 0
    for match in _LINK.finditer(line):
        address = match[0].rstrip(_TRAILING)
        if not _is_site(address):
            continue
        if match.start() > end:
            yield Segment(glued(line[end : match.start()]))
        yield Segment(address, address)
        end = match.start() + len(address)
    if end < len(line):
        yield Segment(glued(line[end:]))


def _is_site(address: str) -> bool:
    try:
        return "." in (urlsplit(address).hostname or "")
    except ValueError:
        return False
