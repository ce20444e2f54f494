from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from indexer.embeddings.build import ENCODER_NAME, MODEL_FILE
from indexer.embeddings.e5_tokenizer import E5Tokenizer
from indexer.embeddings.e5_weights import Weights
from indexer.embeddings.onnx_encoder import OnnxEncoder
from indexer.errors import EncoderError
from indexer.late import Late
from tests.support.e5_reference import ReferenceModel

SENTENCES = [
    "Je cherche un logement pour ma famille.",
    "Aide au financement du permis de conduire",
    "Cours de français pour adultes débutants, le soir",
    "Faire garder mes enfants pendant un entretien d'embauche",
    "Factures d'électricité impayées et dossier de surendettement",
    "Atelier CV et lettre de motivation chaque mardi matin",
    "Réparer son vélo soi-même dans un garage solidaire",
    "Une immersion de cinq jours en boulangerie",
    "Ouvrir un compte en banque sans justificatif de domicile",
    "Apprendre à se servir d'un ordinateur et d'internet",
    "Consultation avec une psychologue, gratuite et sans rendez-vous",
    "Épicerie solidaire : colis alimentaires le jeudi",
    "I need help to find a job near the station.",
    "Busco un curso de cocina para principiantes",
    "Мне нужна помощь с документами",
    "أبحث عن عمل في المطعم",
    "Ich möchte eine Ausbildung als Pflegehelferin machen",
    "Preciso de ajuda para pagar a renda",
    "我想学法语",
    "RSA",
]

HOSTILE = {
    "empty": "",
    "spaces": " \n\t\u00a0 ",
    "10,000 characters": "atelier de cuisine " * 527,
    "one endless word": "x" * 10_000,
    "emoji": "🚲🧑‍🍳👩‍👩‍👧‍👦🇫🇷" * 20,
    "expanding ligatures": "\ufdfa" * 2000,
    "lone surrogates": "aide \ud800 au \udfff logement",
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u202e\ufeff",
    "combining marks": "e" + "\u0301" * 5000,
}


def test_vectors_are_of_length_one(encoder: OnnxEncoder):
    vectors = encoder.encode_passages(SENTENCES)
    assert vectors.shape == (20, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_has_the_same_vector_alone_or_among_others(encoder: OnnxEncoder):
    together = encoder.encode_passages(SENTENCES + [text * 40 for text in SENTENCES[:3]])
    alone = np.concatenate([encoder.encode_passages([text]) for text in SENTENCES])
    np.testing.assert_allclose(together[:20], alone, atol=2e-6)


def test_results_are_in_the_order_of_the_texts(encoder: OnnxEncoder):
    forwards, backwards = encoder.encode_passages(SENTENCES), encoder.encode_passages(SENTENCES[::-1])
    np.testing.assert_allclose(forwards, backwards[::-1], atol=2e-6)


def test_vectors_are_those_of_the_float_model(encoder: OnnxEncoder, weights: Weights, tokenizer: E5Tokenizer):
    model = ReferenceModel(weights)
    expected = np.stack([model.encode(tokenizer.windows(f"passage: {text}", 1)[0]) for text in SENTENCES])
    cosines = (encoder.encode_passages(SENTENCES) * expected).sum(axis=1)
    assert cosines.min() >= 0.99


def test_a_long_text_is_the_mean_of_its_windows_by_their_lengths(encoder: OnnxEncoder, tokenizer: E5Tokenizer):
    text = " ".join(SENTENCES) * 3
    windows = tokenizer.windows(f"passage: {text}", 8)
    assert len(windows) == 2
    means = np.stack([encoder._run_ids([window])[0] for window in windows])
    expected = np.average(means, axis=0, weights=[len(window) - 2 for window in windows])
    cosine = encoder.encode_passages([text])[0] @ (expected / np.linalg.norm(expected))
    assert cosine == pytest.approx(1, abs=1e-5)


def test_queries_and_passages_are_told_apart(encoder: OnnxEncoder):
    assert not np.allclose(encoder.encode_queries(["logement"]), encoder.encode_passages(["logement"]), atol=1e-3)


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("je n'arrive plus à payer mon loyer", "Aide au paiement du loyer et des charges", "Cours de natation"),
        ("passer le permis", "Financement du permis de conduire", "Consultation de psychologue"),
        ("learn French", "Cours de français langue étrangère", "Réparation de vélos"),
        ("أريد تعلم اللغة الفرنسية", "Cours de français pour débutants", "Garde d'enfants à domicile"),
    ],
)
def test_a_related_passage_is_nearer_than_an_unrelated_one(encoder: OnnxEncoder, query: str, right: str, wrong: str):
    asked = encoder.encode_queries([query])[0]
    near, far = encoder.encode_passages([right, wrong]) @ asked
    assert near > far


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_text_is_refused(encoder: OnnxEncoder, text: str):
    vectors = np.concatenate([encoder.encode_queries([text]), encoder.encode_passages([text])])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_text_gives_no_vector(encoder: OnnxEncoder):
    assert encoder.encode_passages([]).shape == (0, 384)


def test_threads_at_once_get_their_own_answers(encoder: OnnxEncoder):
    expected = encoder.encode_queries(SENTENCES)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda text: encoder.encode_queries([text])[0], SENTENCES * 3))
    np.testing.assert_allclose(np.stack(answers), np.concatenate([expected] * 3), atol=2e-6)


def test_a_file_that_is_no_model_is_told_with_the_remedy(tmp_path: Path, tokenizer: E5Tokenizer):
    (tmp_path / MODEL_FILE).write_bytes(b"rien")
    with pytest.raises(EncoderError, match="maillage encoder build --force"):
        OnnxEncoder(tmp_path / MODEL_FILE, ENCODER_NAME, Late(lambda: tokenizer), threads=1)
