"""The default encoder, and the same model in float32 on torch: `make test-slow` installs what it takes."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.embeddings.e5_folder import export_e5
from indexer.embeddings.e5_tokenizer import E5Tokenizer
from indexer.embeddings.e5_weights import Weights
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.embeddings.onnx_encoder import OnnxEncoder
from indexer.errors import EncoderError
from indexer.settings import Settings
from tests.support.agreement_sample import LONG, PLAIN, SAMPLE

pytestmark = pytest.mark.slow

Floats = NDArray[np.float32]


@pytest.fixture(scope="module", autouse=True)
def library() -> None:
    """Skips where torch could not be had; never asks a model hub for anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        pytest.importorskip(
            "sentence_transformers", reason="sentence-transformers n'est pas installé : make test-slow l'installe"
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, weights: Weights) -> Path:
    path = tmp_path_factory.mktemp("modele") / "petit"
    export_e5(path, weights)
    return path


@pytest.fixture(scope="module")
def torch_encoder(folder: Path) -> Encoder:
    """Chosen by its folder's path, as a deployment would; one thread: torch's own crawl where others use the cores."""
    return load_encoder(Settings(data_dir=folder.parent, encoder=f"sentence-transformers:{folder}"), threads=1)


@pytest.fixture(scope="module")
def passages(torch_encoder: Encoder) -> Floats:
    return torch_encoder.encode_passages(SAMPLE)


def cosines(some: Floats, others: Floats) -> Floats:
    found: Floats = (some * others).sum(axis=1)
    return found


def test_the_sample_holds_more_than_sixty_texts_and_some_longer_than_a_window(tokenizer: E5Tokenizer) -> None:
    assert len(SAMPLE) >= 60
    assert [len(tokenizer.windows(text, 8)) for text in LONG] == [1, 2, 3, 5]


def test_passages_are_at_99_hundredths_and_more(passages: Floats, encoder: OnnxEncoder) -> None:
    assert cosines(passages, encoder.encode_passages(SAMPLE)).min() >= 0.99


def test_queries_are_at_99_hundredths_and_more(torch_encoder: Encoder, encoder: OnnxEncoder) -> None:
    texts = [text for text in SAMPLE if text not in LONG]
    assert cosines(torch_encoder.encode_queries(texts), encoder.encode_queries(texts)).min() >= 0.99


def test_they_put_the_same_passage_first(passages: Floats, torch_encoder: Encoder, encoder: OnnxEncoder) -> None:
    wanted = ["payer ma facture", "garder mon bébé", "learn French", "trouver un emploi de chauffeur"]
    count = len(PLAIN)
    ours = encoder.encode_queries(wanted) @ encoder.encode_passages(PLAIN).T
    theirs = torch_encoder.encode_queries(wanted) @ passages[:count].T
    assert ours.argmax(axis=1).tolist() == theirs.argmax(axis=1).tolist()


def test_vectors_are_of_length_one(passages: Floats) -> None:
    assert (passages.shape, passages.dtype) == ((len(SAMPLE), 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-6)


def test_queries_and_passages_are_told_apart(torch_encoder: Encoder, passages: Floats) -> None:
    assert cosines(torch_encoder.encode_queries(PLAIN[:5]), passages[:5]).max() < 0.999


def test_capitals_do_not_matter(passages: Floats) -> None:
    count = len(PLAIN)
    np.testing.assert_allclose(passages[:10], passages[count : count + 10], atol=1e-5)


def test_accents_in_two_characters_do_not_matter(passages: Floats) -> None:
    count = len(PLAIN)
    np.testing.assert_allclose(passages[:10], passages[count + 10 : count + 20], atol=1e-5)


def test_what_follows_the_first_window_counts(torch_encoder: Encoder) -> None:
    start = "atelier de cuisine " * 200
    near, far = torch_encoder.encode_passages([start, start + "réparation de vélos électriques " * 100])
    assert near @ far < 0.99


@pytest.mark.parametrize("text", ["", " \n", "\ud800", "\ufdfa" * 200, "x" * 2000, "\x00\x07"])
def test_no_text_is_refused(torch_encoder: Encoder, text: str) -> None:
    vectors = np.concatenate([torch_encoder.encode_queries([text]), torch_encoder.encode_passages([text])])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_the_exported_tokenizer_cuts_as_ours(folder: Path, tokenizer: E5Tokenizer) -> None:
    from tokenizers import Tokenizer

    exported = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert [exported.encode(text).ids for text in SAMPLE] == [[0, *tokenizer.ids(text, 10_000), 2] for text in SAMPLE]


def test_every_weight_is_in_the_folder(folder: Path, weights: Weights) -> None:
    from safetensors import safe_open

    with safe_open(folder / "model.safetensors", "np") as file:
        assert sum(int(np.prod(file.get_slice(name).get_shape())) for name in file.keys()) == 117_653_760  # noqa: SIM118
        np.testing.assert_array_equal(file.get_tensor("encoder.layer.11.output.dense.bias"), weights.floats("l11.fo.b"))


def test_a_model_that_is_nowhere_is_told_with_the_setting_to_mend(tmp_path: Path) -> None:
    wanted = Settings(data_dir=tmp_path, encoder=f"sentence-transformers:{tmp_path / 'rien'}")
    with pytest.raises(EncoderError, match="MAILLAGE_ENCODER"):
        load_encoder(wanted)


def test_a_hub_s_model_without_the_hub_is_told_with_the_setting_to_mend(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="MAILLAGE_ENCODER"):
        load_encoder(Settings(data_dir=tmp_path, encoder="sentence-transformers:personne/aucun-modele"))
