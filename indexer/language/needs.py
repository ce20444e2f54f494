"""Which thématiques a person speaks of, in their own words.

Each thématique has phrases as people say them (`lexicon/`), from which four views are learned (`views.py`); what is no
need (« météo demain ») is one class more: the reader abstains where it comes first. Figures and how they are made:
docs/relevance.md. What is learned for the default encoder is shipped (`heads/`, written by `maillage train`).
"""

import hashlib
from collections.abc import Sequence
from importlib.resources import as_file, files
from pathlib import Path
from typing import Protocol

import numpy as np

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import Need, Vector
from indexer.language.head import Matrix
from indexer.language.leading_words import find_leading_words
from indexer.language.misspelling import build_all_misspelled
from indexer.language.phrases import digest_lexicon, load_lexicon, load_off_topic, load_phrases
from indexer.language.view_files import LearnedFrom, load_learned, write_learned
from indexer.language.views import Learned, Views, learn_views
from indexer.remembered import Remembered, key_of
from indexer.schema.vocabulary import thematiques

LEAST = 0.25
"""Under this probability nothing was understood: no dev text that is a need falls under .3."""

BESIDE = 0.1
"""Another need is kept when it is this likely beside the first one."""

SURE_OF_NO_NEED = 0.5
"""Probability from which « no need at all » is told to the person: likelier than all thématiques together."""

MOST = 3

NO_NEED = "hors-sujet"

FORMAT = "4 vues, 3"
"""Part of the digest: changes with what the files hold."""


class NeedReader(Protocol):
    """What the search asks: the needs in texts, by their words and their vectors."""

    def read(self, texts: Sequence[str], vectors: Matrix) -> Sequence[tuple[Need, ...]]:
        """The likeliest needs of each text and its vector, best first; none where it abstains."""

    def says_no_need(self, text: str, vector: Vector) -> bool:
        """Whether a text is surely no need: a greeting, an insult, the weather. False where nothing tells."""


class SilentReader:
    """Understands nothing."""

    def read(self, texts: Sequence[str], vectors: Matrix) -> Sequence[tuple[Need, ...]]:  # noqa: ARG002 — the interface's
        return [() for _ in texts]

    def says_no_need(self, text: str, vector: Vector) -> bool:  # noqa: ARG002 — the interface's
        return False


class LexiconReader:
    """Reads needs as the lexicon taught. `names`: the thématiques in the order of the classes, without `NO_NEED`.

    The probabilities of the last texts of people are remembered, never their words; those of offers are not.
    """

    def __init__(self, names: Sequence[str], views: Views) -> None:
        self.names, self.views = tuple(names), views
        self._last = Remembered[Vector]()

    def read(self, texts: Sequence[str], vectors: Matrix) -> Sequence[tuple[Need, ...]]:
        return [self._choose(*pair) for pair in zip(texts, self._likely(texts, vectors), strict=True)]

    def _likely(self, texts: Sequence[str], vectors: Matrix) -> list[Vector]:
        keys = [key_of(text, vector.tobytes()) for text, vector in zip(texts, vectors, strict=True)]
        return self._last.each(keys, lambda new: self.read_many([texts[place] for place in new], vectors[new]))

    def _choose(self, text: str, likely: Vector) -> tuple[Need, ...]:
        """`likely`: a probability a thématique, then that of no need."""
        best = np.argsort(-likely, kind="stable")[:MOST]
        if best[0] == len(self.names) or likely[best[0]] < LEAST:
            return ()
        kept = [int(i) for i in best if i < len(self.names) and likely[i] >= BESIDE * likely[best[0]]]
        words = find_leading_words(text, self.views.letters, kept)
        return tuple(Need(self.names[i], round(float(likely[i]), 4), own) for i, own in zip(kept, words, strict=True))

    def says_no_need(self, text: str, vector: Vector) -> bool:
        return bool(self._likely([text], vector[None])[0][-1] >= SURE_OF_NO_NEED)

    def read_many(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """Probabilities [texts, thématiques + 1] of many texts and their vectors; the last column, of no need at all.

        Columns are in the order of `names`. Rows sum to one, and nothing is silenced: that is for the caller.
        """
        return self.views.read(texts, vectors)


def load_need_reader(encoder: Encoder, folder: Path) -> LexiconReader:
    """The reader of an encoder: shipped, else kept in a folder, else learned (minutes of encoding) and kept there."""
    names = tuple(value for value, term in thematiques().items() if term.parent is not None)
    source = LearnedFrom(encoder.name, build_digest(encoder.name))
    kept = folder / f"{NEEDS_FOLDER}-{source.digest}"
    with as_file(files("indexer.language.heads")) as shipped:
        for place in (shipped, kept):
            learned = load_learned(place, source, len(names) + 1, encoder.dimensions)
            if learned is not None:
                return LexiconReader(names, Views(learned))
    learned = learn_lexicon(encoder)
    write_learned(kept, learned, source)
    return LexiconReader(names, Views(learned))


NEEDS_FOLDER = "besoins"
"""Beginning of the name of the folder where a server keeps what it learned itself."""


def load_classes() -> dict[str, tuple[str, ...]]:
    """Class → its phrases: the thématiques in the order of the vocabulary, then what is no need."""
    return {**load_phrases(), NO_NEED: load_off_topic()}


def learn_lexicon(encoder: Encoder) -> Learned:
    """The views as the whole lexicon teaches them."""
    classes = load_classes()
    vectors = encoder.encode_queries([phrase for own in classes.values() for phrase in own])
    misspelled = {name: build_all_misspelled(sayings) for name, sayings in load_lexicon().items()}
    return learn_views(classes, vectors, misspelled)


def build_digest(encoder: str) -> str:
    """What the files depend on: the encoder's name, the lexicon and the format."""
    return hashlib.sha256(f"{encoder}\n{FORMAT}\n{digest_lexicon()}".encode()).hexdigest()[:16]
