"""What a person speaks of: the lexicon, and the reader that learns from it."""

from pathlib import Path

import numpy as np
import pytest

from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.language.needs import PrototypeReader, load_need_reader, load_phrases
from indexer.schema.vocabulary import thematiques
from indexer.settings import Settings
from tests.support.counting_encoder import CountingEncoder
from tests.support.encoder import build_test_encoder_dir, default_cache_root


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("data")
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    return load_encoder(Settings(data_dir=folder))


@pytest.fixture(scope="module")
def reader(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> PrototypeReader:
    return load_need_reader(encoder, tmp_path_factory.mktemp("needs"))


def read(encoder: Encoder, reader: PrototypeReader, text: str) -> list[str]:
    return [need.thematique for need in reader.read(encoder.encode_queries([text])[0])]


def test_every_thematique_has_phrases_and_no_phrase_is_in_two() -> None:
    phrases = load_phrases()
    assert set(phrases) == {value for value, term in thematiques().items() if term.parent is not None}
    assert min(map(len, phrases.values())) >= 10
    everything = [phrase.lower() for own in phrases.values() for phrase in own]
    assert len(everything) == len(set(everything))


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
    encoder: Encoder, reader: PrototypeReader, text: str, first: str
) -> None:
    assert read(encoder, reader, text)[0] == first


@pytest.mark.parametrize("text", ["bonjour", "météo demain à Lille", "12345", "connard"])
def test_what_is_not_a_need_is_left_alone(encoder: Encoder, reader: PrototypeReader, text: str) -> None:
    assert read(encoder, reader, text) == []


def test_prototypes_are_made_once_and_again_when_the_file_is_torn(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    first = load_need_reader(encoder, tmp_path)
    encoded = len(encoder.encoded)
    load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == encoded
    [path] = tmp_path.glob("besoins-*.npy")
    path.write_bytes(path.read_bytes()[:100])
    again = load_need_reader(encoder, tmp_path)
    assert len(encoder.encoded) == 2 * encoded
    assert np.array_equal(again.prototypes, first.prototypes)


def test_a_vector_of_zeros_is_not_a_need(reader: PrototypeReader) -> None:
    assert len(reader.read(np.zeros(384, dtype=np.float32))) <= 3
