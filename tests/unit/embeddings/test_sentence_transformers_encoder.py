"""What is ours around a sentence-transformers model, over a stand-in of the library; `make test-slow` has the real."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.embeddings.sentence_transformers_encoder import SentenceTransformersEncoder, encoder_name
from tests.support.counting_encoder import CountingEncoder


class Words:
    """A tokenizer to which a word is a token."""

    is_fast = True

    def __call__(self, text: str, **_: object) -> dict[str, list[tuple[int, int]]]:
        places, at = [], 0
        for word in text.split():
            start = text.index(word, at)
            at = start + len(word)
            places.append((start, at))
        return {"offset_mapping": places}


class Model:
    """Reads 20 tokens at once, of which 16 are kept for marks and prompts."""

    max_seq_length = 20
    tokenizer = Words()

    def __init__(self, prompts: dict[str, str]) -> None:
        self.prompts = prompts
        self.asked: list[tuple[str | None, list[str]]] = []

    def encode(self, texts: str | Sequence[str], prompt: str | None = None, **_: object) -> NDArray[np.float32]:
        if isinstance(texts, str):
            return CountingEncoder().encode_passages([texts])[0]
        self.asked.append((prompt, list(texts)))
        return CountingEncoder().encode_passages(texts)


Opened = Callable[..., tuple[SentenceTransformersEncoder, Model]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """An encoder over a model of that name with those prompts, and the model."""

    def open_model(name: str, **prompts: str) -> tuple[SentenceTransformersEncoder, Model]:
        model = Model(prompts)
        library: Any = SimpleNamespace(SentenceTransformer=lambda _: model)
        monkeypatch.setitem(sys.modules, "sentence_transformers", library)
        return SentenceTransformersEncoder(name), model

    return open_model


def test_an_e5_without_prompts_gets_its_prefixes_and_lower_case(opened: Opened) -> None:
    encoder, model = opened("intfloat/multilingual-e5-large")
    encoder.encode_queries(["LOYER"])
    encoder.encode_passages(["Été"])
    assert model.asked == [("query: ", ["loyer"]), ("passage: ", ["été"])]


def test_a_model_s_own_prompts_go_first(opened: Opened) -> None:
    encoder, model = opened("un/autre", query="Q: ", document="D: ")
    encoder.encode_queries(["LOYER"])
    encoder.encode_passages(["Été"])
    assert model.asked == [("Q: ", ["LOYER"]), ("D: ", ["Été"])]


def test_a_model_without_prompts_gets_the_text_alone(opened: Opened) -> None:
    encoder, model = opened("un/autre")
    encoder.encode_queries(["Loyer"])
    assert model.asked == [(None, ["Loyer"])]


def test_e5_in_the_name_of_a_parent_folder_makes_no_e5(opened: Opened, tmp_path: Path) -> None:
    encoder, model = opened(str(tmp_path / "e5" / "autre"))
    encoder.encode_queries(["Loyer"])
    assert model.asked == [(None, ["Loyer"])]


def test_a_long_passage_is_the_mean_of_its_windows_by_their_lengths(opened: Opened) -> None:
    encoder, model = opened("un/autre")
    (vector,) = encoder.encode_passages(["un deux trois quatre cinq six"])
    assert model.asked == [(None, ["un deux trois quatre ", "cinq six"])]
    first, second = CountingEncoder().encode_passages(["un deux trois quatre ", "cinq six"])
    expected = 4 * first + 2 * second
    np.testing.assert_allclose(vector, expected / np.linalg.norm(expected), atol=1e-6)


def test_of_a_long_query_the_first_window_counts_and_of_a_passage_eight(opened: Opened) -> None:
    encoder, model = opened("un/autre")
    text = "un deux trois quatre " * 10
    encoder.encode_queries([text])
    encoder.encode_passages([text])
    assert [len(pieces) for _, pieces in model.asked] == [1, 8]


def test_each_text_gets_its_own_vector_among_long_ones(opened: Opened) -> None:
    encoder, _ = opened("un/autre")
    texts = ["court", "un deux trois quatre cinq six sept", "bref", " " * 50]
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    np.testing.assert_allclose(encoder.encode_passages(texts), alone, atol=1e-6)


def test_torch_uses_as_many_cores_as_a_call_may(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    opened("un/autre")
    asked: list[int] = []
    torch: Any = SimpleNamespace(set_num_threads=asked.append)
    monkeypatch.setitem(sys.modules, "torch", torch)
    SentenceTransformersEncoder("un/autre", threads=1)
    assert asked == [1]


def test_no_text_gives_no_vector(opened: Opened) -> None:
    encoder, _ = opened("un/autre")
    assert encoder.encode_passages([]).shape == (0, 8)


def test_a_hub_s_model_is_named_as_it_is() -> None:
    assert encoder_name("intfloat/multilingual-e5-large") == "sentence-transformers/intfloat/multilingual-e5-large"


def test_a_folder_is_named_by_what_it_holds_wherever_it_is(tmp_path: Path) -> None:
    for place in ("ici", "la"):
        (tmp_path / place / "mien").mkdir(parents=True)
        (tmp_path / place / "mien" / "model.safetensors").write_bytes(b"poids")
    here, there = (encoder_name(str(tmp_path / place / "mien")) for place in ("ici", "la"))
    assert here == there
    assert here.startswith("sentence-transformers/mien@")


def test_another_training_in_the_same_folder_is_another_encoder(tmp_path: Path) -> None:
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(b"avant")
    before = encoder_name(str(tmp_path))
    weights.write_bytes(b"depuis")
    assert encoder_name(str(tmp_path)) != before


def test_words_about_a_model_do_not_change_its_name(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"poids")
    before = encoder_name(str(tmp_path))
    (tmp_path / "README.md").write_text("Notre modèle.")
    assert encoder_name(str(tmp_path)) == before
