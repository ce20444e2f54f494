"""Whether a text gives a right thématique, first or among three, and whether what is no need is left alone."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import httpx

from indexer.embeddings.encoder import Encoder
from indexer.errors import EvaluationError
from indexer.evaluation.figures import Grouping
from indexer.evaluation.scored import Run, Scored
from indexer.evaluation.understanding_sets import Text
from indexer.language.needs import NeedReader

KIND: Final = "understanding"

FIRST, THREE, SILENT = "premier", "parmi 3", "silence"
"""A right thématique comes first; is among the first three; nothing was understood (right for `hors-sujet` alone)."""

GROUPINGS: Final[tuple[Grouping, ...]] = (("ensemble",), ("ensemble", "part"), ("langue",), ("registre",))

Reading = Callable[[str], Sequence[str]]
"""A text → the thématiques understood, best first; nothing when the reader abstains."""


def measure_understanding(texts: Iterable[Text], read: Reading, about: dict[str, str]) -> Run:
    """One reading a text."""
    return Run(KIND, about, tuple(_score(text, tuple(read(text.said))) for text in texts))


def local_reading(encoder: Encoder, reader: NeedReader) -> Reading:
    """The reader of this code, on the encoder's vector, as a search reads."""
    return lambda text: [need.thematique for need in reader.read(text, encoder.encode_queries([text])[0])]


def remote_reading(client: httpx.Client) -> Reading:
    """`POST /v1/understand` of a running server. EvaluationError when it does not answer as it should."""

    def read(text: str) -> list[str]:
        try:
            answer = client.post("/v1/understand", json={"texte": text}).raise_for_status().json()
            return [str(one["code"]) for one in answer["thematiques"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise EvaluationError(f"{client.base_url} ne répond pas comme « /v1/understand » : {error}") from error

    return read


def _score(text: Text, found: tuple[str, ...]) -> Scored:
    return Scored(text.said, dict(_labels(text)), dict(_values(text, found)), text.right, found)


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
