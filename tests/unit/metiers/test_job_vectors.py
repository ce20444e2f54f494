"""The shipped table of meanings is that of the lexicon, and is made again by the same code."""

from importlib.resources import files
from pathlib import Path

import numpy as np
import orjson
import pytest

from indexer.embeddings.build import ENCODER_NAME
from indexer.embeddings.encoder import load_encoder
from indexer.language.phrases import load_phrases
from indexer.metiers.entries import shipped_entries
from indexer.metiers.reader import BARE
from indexer.metiers.search import JobIndex
from indexer.metiers.vectors import SHIPPED, build_digest, load_vectors, write_vectors
from indexer.settings import Settings
from tests.support.encoder import build_test_encoder_dir, default_cache_root
from tests.support.hashing_encoder import HashingEncoder


def test_the_shipped_table_is_of_the_lexicon_as_it_is() -> None:
    told = orjson.loads((files(SHIPPED) / "metiers.json").read_bytes())
    entries = shipped_entries()
    wanted = (ENCODER_NAME, build_digest(ENCODER_NAME, entries), len(entries))
    assert (told["encodeur"], told["empreinte"], told["phrases"]) == wanted, "lancez « maillage train --metiers »"


def test_the_shipped_files_stay_small() -> None:
    assert sum(len(file.read_bytes()) for file in files(SHIPPED).iterdir() if file.is_file()) < 1_500_000


def test_another_encoder_has_no_shipped_table() -> None:
    assert load_vectors("hashing/1") is None


def test_a_phrase_of_the_lexicon_is_nearest_to_itself(tmp_path: Path) -> None:
    cache = build_test_encoder_dir(default_cache_root())
    (tmp_path / "encoder").symlink_to(cache, target_is_directory=True)
    encoder = load_encoder(Settings(data_dir=tmp_path))
    vectors, entries = load_vectors(encoder.name), shipped_entries()
    assert vectors is not None
    for place in range(40, len(entries), 611):
        near = vectors.cosines(encoder.encode_queries([entries[place].text])[0])
        same = [i for i, entry in enumerate(entries) if entry.text == entries[place].text]
        assert near[place] == pytest.approx(1, abs=0.02), entries[place]
        assert int(np.argmax(near)) in same, entries[place]


def test_where_words_are_too_far_from_a_least_score_no_meaning_would_have_reached_it(tmp_path: Path) -> None:
    cache = build_test_encoder_dir(default_cache_root())
    (tmp_path / "encoder").symlink_to(cache, target_is_directory=True)
    encoder = load_encoder(Settings(data_dir=tmp_path))
    index = JobIndex(vectors=load_vectors(encoder.name))
    texts = [phrase for own in load_phrases().values() for phrase in own[::90]]
    for text, vector in zip(texts, encoder.encode_queries(texts), strict=True):
        reaching = tuple(hit for hit in index.search(text, vector, 5) if hit.score >= BARE)
        assert index.search(text, vector, 5, BARE) == reaching, text


def test_writing_twice_gives_the_same_files(tmp_path: Path) -> None:
    folders = [tmp_path / "un", tmp_path / "deux"]
    for folder in folders:
        folder.mkdir()
        write_vectors(HashingEncoder(), folder)
    one, other = ({file.name: file.read_bytes() for file in folder.iterdir()} for folder in folders)
    assert set(one) == {"metiers.npy", "metiers-repere.npy", "metiers.json"}
    assert one == other
