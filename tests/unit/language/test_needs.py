"""What a person speaks of: the reader that learned from the lexicon, and the head that is shipped."""

import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from typer.testing import CliRunner

from indexer.cli import build_app
from indexer.embeddings.build import ENCODER_NAME
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.language.evaluation import evaluate
from indexer.language.head import build_directions, learn_head, soften
from indexer.language.needs import (
    HEAD_STEM,
    HeadReader,
    build_digest,
    build_table,
    load_classes,
    load_need_reader,
)
from indexer.settings import Settings
from tests.support.counting_encoder import CountingEncoder
from tests.support.encoder import build_test_encoder_dir, default_cache_root

HEADS = Path(str(files("indexer.language.heads")))
OFF_TOPIC = Path(__file__).with_name("off_topic.txt").read_text().splitlines()


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("data")
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    return load_encoder(Settings(data_dir=folder))


@pytest.fixture(scope="module")
def reader(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> HeadReader:
    return load_need_reader(encoder, tmp_path_factory.mktemp("needs"))


def read(encoder: Encoder, reader: HeadReader, text: str) -> list[str]:
    return [need.thematique for need in reader.read(text, encoder.encode_queries([text])[0])]


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
def test_a_need_is_understood_however_it_is_said(encoder: Encoder, reader: HeadReader, text: str, first: str) -> None:
    assert read(encoder, reader, text)[0] == first


@pytest.mark.parametrize("text", ["bonjour", "météo demain à Lille", "12345", "connard"])
def test_what_is_not_a_need_is_left_alone(encoder: Encoder, reader: HeadReader, text: str) -> None:
    assert read(encoder, reader, text) == []


def test_a_head_is_learned_once_and_again_when_the_file_is_torn(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = load_need_reader(encoder, tmp_path)
    encoded = len(encoder.encoded)
    load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == encoded
    [path] = tmp_path.glob("besoins-*.npy")
    path.write_bytes(path.read_bytes()[:100])
    again = load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == 2 * encoded
    assert np.array_equal(again.rows, first.rows)


def test_a_vector_of_zeros_is_not_a_need(reader: HeadReader) -> None:
    assert len(reader.read("", np.zeros(384, dtype=np.float32))) <= 3


def test_nine_probes_in_ten_that_are_no_need_are_left_alone(encoder: Encoder, reader: HeadReader) -> None:
    understood = [text for text in OFF_TOPIC if read(encoder, reader, text)]
    assert len(understood) <= len(OFF_TOPIC) / 10, understood


def test_no_probe_is_among_what_the_head_learned() -> None:
    learned = {phrase.casefold() for own in load_classes().values() for phrase in own}
    assert learned & {text.casefold() for text in OFF_TOPIC} == set()


def test_the_shipped_head_is_of_this_lexicon() -> None:
    shipped = json.loads((HEADS / f"{HEAD_STEM}.json").read_text())
    assert shipped["empreinte"] == build_digest(ENCODER_NAME, load_classes()), "run `maillage train`"


def test_the_shipped_head_spares_the_encoding_of_the_lexicon(encoder: Encoder, tmp_path: Path) -> None:
    load_need_reader(encoder, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_the_shipped_head_is_learned_again_alike(encoder: Encoder) -> None:
    shipped = np.load(HEADS / f"{HEAD_STEM}.npy")
    again = build_table(encoder, load_classes())
    alike = (shipped * again).sum(axis=1) / (np.linalg.norm(shipped, axis=1) * np.linalg.norm(again, axis=1))
    assert alike.min() >= 0.999  # int8 differs a little from a processor to another


def test_a_head_learns_to_tell_two_classes_apart_and_reads_them_after() -> None:
    vectors = np.array([[1, 0.1], [1, -0.1], [-1, 0.1], [-1, -0.1]], np.float32)
    table = learn_head(vectors, [0, 0, 1, 1], 2)
    likely = soften(build_directions(vectors, table[-1]) @ table[:-1].T)
    assert likely.argmax(axis=1).tolist() == [0, 0, 1, 1]
    assert np.allclose(likely.sum(axis=1), 1)


def test_the_reader_is_silent_when_what_is_no_need_comes_first() -> None:
    reader = HeadReader(("a--b",), np.array([[1, 0], [0, 1]], np.float32) * 5, np.zeros(2, np.float32))
    assert [need.thematique for need in reader.read("", np.array([1, 0], np.float32))] == ["a--b"]
    assert reader.read("", np.array([0, 1], np.float32)) == ()


class OracleEncoder:
    """A direction of its own for each class of the lexicon."""

    name = "oracle/1"

    def __init__(self) -> None:
        classes = load_classes()
        self.dimensions = len(classes)
        self._places = {phrase: place for place, own in enumerate(classes.values()) for phrase in own}

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.eye(self.dimensions, dtype=np.float32)[[self._places[text] for text in texts]]

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode_queries(texts)


def test_an_encoder_that_tells_all_apart_is_judged_perfect() -> None:
    figures = {line.register: line for line in evaluate(OracleEncoder())}
    assert list(figures) == ["personnes", "professionnels", "langues", "tous les besoins", "hors-sujet"]
    assert figures["tous les besoins"].first == figures["tous les besoins"].in_three == 1
    assert figures["tous les besoins"].silent == 0
    assert figures["hors-sujet"].silent == 1


def test_an_encoder_that_knows_nothing_is_judged_near_chance() -> None:
    figures = {line.register: line for line in evaluate(CountingEncoder())}
    assert figures["tous les besoins"].first < 0.1


def test_train_writes_the_head_and_what_it_was_learned_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.commands.train.load_encoder", lambda settings: CountingEncoder())
    done = CliRunner().invoke(build_app(["train"]), ["train", "--dossier", str(tmp_path)])
    assert done.exit_code == 0
    learned_from = json.loads((tmp_path / f"{HEAD_STEM}.json").read_text())
    assert learned_from["empreinte"] == build_digest("counting/1", load_classes())
    assert np.load(tmp_path / f"{HEAD_STEM}.npy").shape == (len(load_classes()) + 1, 8)
