"""What a person speaks of: the reader that learned from the lexicon, and the head that is shipped."""

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from typer.testing import CliRunner

from indexer.cli import build_app
from indexer.embeddings.build import ENCODER_NAME
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.language.needs import LexiconReader, build_digest, learn_lexicon, load_classes, load_need_reader
from indexer.language.view_files import LearnedFrom, load_learned
from indexer.language.views import Views
from indexer.settings import Settings
from tests.support.counting_encoder import CountingEncoder
from tests.support.encoder import build_test_encoder_dir, default_cache_root
from tests.support.later import first

HEADS = Path(str(files("indexer.language.heads")))
OFF_TOPIC = Path(__file__).with_name("off_topic.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("data")
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    return load_encoder(Settings(data_dir=folder))


@pytest.fixture(scope="module")
def reader(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> LexiconReader:
    return load_need_reader(encoder, tmp_path_factory.mktemp("needs"))


def read(encoder: Encoder, reader: LexiconReader, text: str) -> list[str]:
    return [need.thematique for need in reader.read([text], encoder.encode_queries([text]))[0]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("je n'arrive plus à payer mon loyer", "logement-hebergement--reduire-les-impayes-de-loyer"),
        ("ma voiture est en panne", "mobilite--entretenir-reparer-son-vehicule"),
        ("voir un médecin sans mutuelle", "sante--acces-aux-soins"),
        ("mi hijo necesita guardería", "famille--garde-denfants"),
        ("cours de franssais le soir", "lecture-ecriture-calcul--maitriser-le-francais"),
        ("JE DORS DEHORS", "logement-hebergement--rechercher-une-solution-dhebergement-temporaire"),
    ],
)
def test_a_need_is_understood_however_it_is_said(
    encoder: Encoder, reader: LexiconReader, text: str, first: str
) -> None:
    assert read(encoder, reader, text)[0] == first


@pytest.mark.parametrize("text", ["bonjour", "météo demain à Lille", "12345", "connard"])
def test_what_is_not_a_need_is_left_alone(encoder: Encoder, reader: LexiconReader, text: str) -> None:
    assert read(encoder, reader, text) == []


@pytest.fixture
def few_phrases(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, tuple[str, ...]]:
    """All classes, three phrases each: learned in a second."""
    few = {name: own[:3] for name, own in load_classes().items()}
    monkeypatch.setattr("indexer.language.needs.load_classes", lambda: few)
    return few


@pytest.mark.usefixtures("few_phrases")
@pytest.mark.parametrize("torn", first(1, ["besoins.json", "besoins-lettres.npy", "besoins-voisins.npy"]))
def test_views_are_learned_once_and_again_when_a_file_is_torn(tmp_path: Path, torn: str) -> None:
    encoder = CountingEncoder()
    first = load_need_reader(encoder, tmp_path)
    encoded = len(encoder.encoded)
    load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == encoded
    [path] = tmp_path.glob(f"*/{torn}")
    path.write_bytes(path.read_bytes()[:100])
    again = load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == 2 * encoded
    vector = encoder.encode_queries(["un vélo"])
    assert np.array_equal(again.read_many(["un vélo"], vector), first.read_many(["un vélo"], vector))


def test_a_vector_of_zeros_is_not_a_need(reader: LexiconReader) -> None:
    assert len(reader.read([""], np.zeros((1, 384), dtype=np.float32))[0]) <= 3


@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=300))
def test_any_text_is_read_without_an_error(reader: LexiconReader, text: str) -> None:
    [needs] = reader.read([text], np.zeros((1, 384), dtype=np.float32))
    assert all(0 < need.score <= 1 for need in needs)
    assert all(word in text for need in needs for word in need.words)


def test_many_texts_are_read_as_each_one_alone(encoder: Encoder, reader: LexiconReader) -> None:
    texts = ["payer mon loyer", "ألم الأسنان", "", "VELO"]
    vectors = encoder.encode_queries(texts)
    together = reader.read_many(texts, vectors)
    alone = np.vstack([reader.read_many([text], vector[None]) for text, vector in zip(texts, vectors, strict=True)])
    assert together.shape == (4, len(reader.names) + 1)
    assert np.allclose(together.sum(axis=1), 1, atol=1e-5)
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bonjour, je n'arrive plus à payer mon LOYER", "LOYER"),
        ("ma voiture est en panne", "panne"),
        ("je cherche un dentiste", "dentiste"),
    ],
)
def test_a_need_comes_with_the_words_that_led_to_it(
    encoder: Encoder, reader: LexiconReader, text: str, words: str
) -> None:
    assert words in reader.read([text], encoder.encode_queries([text]))[0][0].words


def test_nine_probes_in_ten_that_are_no_need_are_left_alone(encoder: Encoder, reader: LexiconReader) -> None:
    understood = [text for text in OFF_TOPIC if read(encoder, reader, text)]
    assert len(understood) <= len(OFF_TOPIC) / 10, understood


def test_no_probe_is_among_what_the_head_learned() -> None:
    learned = {phrase.casefold() for own in load_classes().values() for phrase in own}
    assert learned & {text.casefold() for text in OFF_TOPIC} == set()


def test_the_shipped_views_are_of_this_lexicon() -> None:
    shipped = json.loads((HEADS / "besoins.json").read_text())
    assert shipped["empreinte"] == build_digest(ENCODER_NAME), "run `maillage train`"
    assert shipped["par_classe"] == [len(own) for own in load_classes().values()]


def test_the_shipped_views_spare_the_encoding_of_the_lexicon(encoder: Encoder, tmp_path: Path) -> None:
    load_need_reader(encoder, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_views_are_small() -> None:
    assert sum(path.stat().st_size for path in HEADS.glob("besoins*")) <= 4_000_000


@pytest.mark.slow
def test_the_shipped_views_are_learned_again_alike(encoder: Encoder) -> None:
    classes = load_classes()
    source = LearnedFrom(ENCODER_NAME, build_digest(ENCODER_NAME))
    shipped = load_learned(HEADS, source, len(classes), encoder.dimensions)
    assert shipped is not None
    texts = [own[0] for own in classes.values()]
    vectors = encoder.encode_queries(texts)
    before, after = Views(shipped).read(texts, vectors), Views(learn_lexicon(encoder)).read(texts, vectors)
    assert np.abs(before - after).max() < 0.05  # int8 differs a little from a processor to another


class FixedViews(Views):
    """Says what it was told, whatever the text."""

    def __init__(self, likely: list[float]) -> None:
        self._likely = np.array([likely], np.float32)

    def read(self, texts: object, vectors: object) -> NDArray[np.float32]:
        return self._likely


@pytest.mark.parametrize("likely", [[0.3, 0.1, 0.6], [0.14, 0.14, 0.12]])
def test_the_reader_is_silent_when_no_need_is_likely_enough(likely: list[float]) -> None:
    assert LexiconReader(("a--b", "a--c"), FixedViews(likely)).read(["x"], np.zeros((1, 2), np.float32)) == [()]


@pytest.mark.usefixtures("few_phrases")
def test_train_writes_the_views_and_what_they_were_learned_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.commands.train.load_encoder", lambda settings: CountingEncoder())
    done = CliRunner().invoke(build_app(["train"]), ["train", "--dossier", str(tmp_path)])
    assert done.exit_code == 0
    source = LearnedFrom("counting/1", build_digest("counting/1"))
    assert load_learned(tmp_path, source, len(load_classes()), 8) is not None
    assert load_learned(tmp_path, LearnedFrom("counting/1", "autre"), len(load_classes()), 8) is None
