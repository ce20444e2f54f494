"""The words of a person that an offer takes up: « huissier » in the text of an offer says more than a nearness."""

from collections.abc import Mapping
from typing import Any, Final

from indexer.language.stopwords import CONVERSATIONAL, STOPWORDS
from indexer.matching.plain import plain

_SHORTEST: Final = 6
_KEPT: Final = 7
"""Letters of a word that tells, and those by which it is known: « expulsion », « expulsés »."""


def build_echo(words: str, label: str) -> frozenset[str]:
    """The beginnings of the telling words that a need is said by, without those of its own name."""
    return _beginnings(words) - _beginnings(label)


def find_echo(echo: frozenset[str], offre: Mapping[str, Any]) -> frozenset[str]:
    """Those that the title or the text of an offer holds."""
    return echo & _beginnings(f"{offre['nom']} {offre.get('description') or ''}") if echo else echo


def _beginnings(text: str) -> frozenset[str]:
    words = (word for word in plain(text).split() if len(word) >= _SHORTEST)
    return frozenset(word[:_KEPT] for word in words if word not in STOPWORDS and word not in CONVERSATIONAL)
