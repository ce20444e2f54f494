"""Whether a text gives a right thématique, first or among three, and whether what is no need is left alone."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

import httpx

from indexer.errors import EvaluationError
from indexer.evaluation.figures import Grouping
from indexer.evaluation.scored import Run, Scored
from indexer.evaluation.understanding_sets import Text
from indexer.language.needs import load_classes
from indexer.understanding.understander import Understander

KIND: Final = "understanding"

FIRST, THREE, SILENT = "premier", "parmi 3", "silence"
"""A right thématique comes first; is among the first three; nothing was understood (right for `hors-sujet` alone)."""

GROUPINGS: Final[tuple[Grouping, ...]] = (
    ("ensemble",),
    ("ensemble", "part"),
    ("ensemble", "lexique"),
    ("langue",),
    ("registre",),
)

Reading = Callable[[str], Sequence[str]]
"""A text → the thématiques understood, best first; nothing when the reader abstains."""


def measure_understanding(
    texts: Iterable[Text], read: Reading, about: dict[str, str], learned: Collection[str] = ()
) -> Run:
    """One reading a text. `learned` are the phrases of the lexicon: what it holds word for word is told apart."""
    known = {_fold(phrase) for phrase in learned}
    return Run(KIND, about, tuple(_score(text, tuple(read(text.said)), known) for text in texts))


def local_reading(understander: Understander) -> Reading:
    """What this code understands, as a search does."""
    return lambda text: [need.thematique for need in understander.understand(text).needs]


def load_learned() -> list[str]:
    """Every phrase that the heads were learned from."""
    return [phrase for own in load_classes().values() for phrase in own]


def remote_reading(client: httpx.Client) -> Reading:
    """`POST /v1/understand` of a running server. EvaluationError when it does not answer as it should."""

    def read(text: str) -> list[str]:
        try:
            answer = client.post("/v1/understand", json={"texte": text}).raise_for_status().json()
            return [str(one["code"]) for one in answer["thematiques"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{client.base_url} ne répond pas comme « /v1/understand » : {error}") from error

    return read


def _score(text: Text, found: tuple[str, ...], known: Collection[str]) -> Scored:
    labels = dict(_labels(text))
    if known:
        labels["lexique"] = "mot pour mot" if _fold(text.said) in known else "autrement"
    return Scored(text.said, labels, dict(_values(text, found)), text.right, found)


def _fold(text: str) -> str:
    """Words alone, without case, accents or punctuation."""
    bare = "".join(one for one in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(one))
    return " ".join(re.findall(r"\w+", bare))


def _labels(text: Text) -> Iterator[tuple[str, str]]:
    """What is no need has neither language nor register: its silence would be mixed up with that of needs."""
    yield "ensemble", text.ensemble
    yield "part", text.part
    if text.right:
        yield "langue", text.langue
    if text.right and text.registre is not None:
        yield "registre", text.registre


def _values(text: Text, found: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    if text.right:
        yield FIRST, float(bool(found) and found[0] in text.right)
        yield THREE, float(any(one in text.right for one in found[:3]))
    yield SILENT, float(not found)
