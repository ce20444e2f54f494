"""Fixtures: `encoder` is the real one (shared, 0.5 s to open); `counting` a quick one that tells what it encoded."""

from pathlib import Path

import pytest

from indexer.embeddings.build import ENCODER_NAME, MODEL_FILE
from indexer.embeddings.e5_tokenizer import E5Tokenizer
from indexer.embeddings.e5_weights import Vocabulary, Weights, weights_path
from indexer.embeddings.onnx_encoder import OnnxEncoder
from indexer.late import Late
from tests.support.counting_encoder import CountingEncoder
from tests.support.encoder import build_test_encoder_dir, default_cache_root


@pytest.fixture
def counting() -> CountingEncoder:
    return CountingEncoder()


@pytest.fixture(scope="session")
def encoder_dir() -> Path:
    return build_test_encoder_dir(default_cache_root())


@pytest.fixture(scope="session")
def weights() -> Weights:
    return Weights(weights_path())


@pytest.fixture(scope="session")
def vocabulary(weights: Weights) -> Vocabulary:
    return weights.vocabulary()


@pytest.fixture(scope="session")
def tokenizer(vocabulary: Vocabulary) -> E5Tokenizer:
    return E5Tokenizer(vocabulary)


@pytest.fixture(scope="session")
def encoder(encoder_dir: Path, tokenizer: E5Tokenizer) -> OnnxEncoder:
    return OnnxEncoder(encoder_dir / MODEL_FILE, ENCODER_NAME, Late(lambda: tokenizer), threads=2)
