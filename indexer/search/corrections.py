"""What was mended in the words typed, said as the offers found write it: « logement » in place of « lojement »."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from indexer.engines.base import Hit, TermGroup, Words
from indexer.language.analysis import fold, stem

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Correction:
    """`tape`: the word typed, which no offer holds; `lu`: the word that was looked for in its place."""

    tape: str
    lu: str


def find_corrections(words: Words | None, hits: Iterable[Hit]) -> tuple[Correction, ...]:
    """One for each mended word that an offer of this page holds: what finds nothing is never suggested."""
    mended = [] if words is None else [group for group in words.groups if group.mended]
    if not mended:
        return ()
    held = list(hits)
    found = ((group.word, _as_written(group, held)) for group in mended)
    return tuple(Correction(typed, written) for typed, written in found if written is not None)


def _as_written(group: TermGroup, hits: Iterable[Hit]) -> str | None:
    """The first word of the first offer that stands for a group, in lower case, accents kept."""
    wanted = {term for term, _ in group.alternatives}
    for hit in hits:
        if group.word in hit.found_words:
            for text in _texts(orjson.loads(hit.body)):
                for word in _WORD.findall(text):
                    if stem(fold(word)) in wanted:
                        return str(word.lower())
    return None


def _texts(offre: dict[str, Any]) -> Iterator[str]:
    yield offre["nom"]
    yield offre["description"] or ""
    yield (offre["structure"] or {}).get("nom") or ""
    yield offre["commune"] or ""
