"""A label with what was typed marked in it, as HTML."""

import html
import re
from collections.abc import Sequence

from indexer.geocode.names import fold as fold_name
from indexer.language.analysis import fold

_WORD = re.compile(r"[^\W_]+")


def highlight(label: str, typed: Sequence[str]) -> str:
    """The label, escaped, with the beginnings of words that were typed (folded) between `<mark>` and `</mark>`."""
    parts: list[str] = []
    done = 0
    for match in _WORD.finditer(label):
        length = _matched_length(match[0], typed)
        if length:
            marked = html.escape(match[0][:length])
            parts.append(f"{html.escape(label[done : match.start()])}<mark>{marked}</mark>")
            done = match.start() + length
    return "".join(parts) + html.escape(label[done:])


def _matched_length(word: str, typed: Sequence[str]) -> int:
    """How many letters of a word the longest beginning that was typed covers; 0 for none. « œ » counts for two."""
    folded = fold(word)
    beginnings = [t for t in typed if folded.startswith(t) or fold_name(word).startswith(t)]
    if not beginnings:
        return 0
    longest = max(map(len, beginnings))
    return next((n for n in range(1, len(word)) if len(fold(word[:n])) >= longest), len(word))
