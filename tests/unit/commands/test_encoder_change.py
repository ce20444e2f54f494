"""After a change of MAILLAGE_ENCODER: refused with what to run, and right again once it is run."""

from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue import open_catalogue
from indexer.cli import main
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.embedded import EmbeddedEngine
from indexer.language.needs import SilentReader
from indexer.rebuild import Indexing, reindex
from indexer.settings import Settings
from tests.support.counting_encoder import CountingEncoder
from tests.support.hashing_encoder import HashingEncoder
from tests.support.small_feeds import NOON, bring, offer, structure


class OtherEncoder(HashingEncoder):
    """Of the same size as the first: only its name tells."""

    name = "autre/1"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A deployment of one offer, indexed with `hashing/1`."""
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("indexer.commands.search.load_need_reader", lambda encoder, folder: SilentReader())
    deployed = Settings(data_dir=tmp_path)
    catalogue = open_catalogue(deployed.catalogue_url)
    bring(catalogue, [structure(), offer(1, nom="Payer son loyer")])
    catalogue.close()
    index_with(deployed, HashingEncoder())
    return deployed


def index_with(settings: Settings, encoder: Encoder) -> None:
    """What `maillage reindex` does."""
    catalogue = open_catalogue(settings.catalogue_url)
    engine = EmbeddedEngine(settings.index_dir, encoder.dimensions, now=lambda: NOON)
    with VectorCache(settings.vector_cache_path) as cache:
        reindex(Indexing(catalogue, engine, encoder, cache, date(2026, 5, 4)))
    catalogue.close()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> "Told":
    return Told(capsys, monkeypatch)


class Told:
    """What `maillage search loyer` says with an encoder: (exit code, standard output, standard error)."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def __call__(self, encoder: Encoder) -> tuple[object, str, str]:
        self._monkeypatch.setattr("indexer.commands.search.load_encoder", lambda settings: encoder)
        self._monkeypatch.setattr("sys.argv", ["maillage", "search", "loyer"])
        with pytest.raises(SystemExit) as end:
            main()
        said = self._capsys.readouterr()
        return end.value.code, said.out, said.err


def test_the_encoder_of_the_index_answers(settings: Settings, told: Told) -> None:
    code, out, _ = told(HashingEncoder())
    assert (code, "Payer son loyer" in out) == (0, True)


def test_another_encoder_is_refused_with_both_names_and_what_to_run(settings: Settings, told: Told) -> None:
    code, out, err = told(OtherEncoder())
    assert (code, out) == (1, "")
    assert err.startswith("Erreur : L'index a été construit avec l'encodeur « hashing/1 »")
    assert "« autre/1 »" in err
    assert "maillage reindex" in err


def test_an_encoder_of_another_size_is_refused_with_what_to_run(settings: Settings, told: Told) -> None:
    code, _, err = told(CountingEncoder())
    assert code == 1
    assert "maillage reindex" in err


@pytest.mark.parametrize("encoder", [OtherEncoder(), CountingEncoder()], ids=["same size", "another size"])
def test_a_reindex_makes_it_right(settings: Settings, told: Told, encoder: Encoder) -> None:
    index_with(settings, encoder)
    code, out, err = told(encoder)
    assert (code, err) == (0, "")
    assert "Payer son loyer" in out


def test_a_refusal_does_not_wait_for_a_lexicon_to_be_learned(
    settings: Settings, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    learned: list[str] = []
    monkeypatch.setattr("indexer.commands.search.load_need_reader", lambda encoder, folder: learned.append("all"))
    assert told(OtherEncoder())[0] == 1
    assert learned == []
