import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from indexer.commands.encoder import app
from indexer.embeddings.build import ENCODER_NAME
from indexer.embeddings.encoder import load_encoder
from indexer.embeddings.vector_cache import VectorCache
from indexer.errors import EncoderError
from indexer.settings import Settings


@pytest.fixture
def data_dir(tmp_path: Path, encoder_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A deployment whose encoder is already written."""
    (tmp_path / "encoder").symlink_to(encoder_dir)
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("MAILLAGE_ENCODER", raising=False)
    return tmp_path


def test_the_default_encoder_is_multilingual_e5_small(data_dir: Path):
    encoder = load_encoder(Settings(data_dir=data_dir))
    assert (encoder.name, encoder.dimensions) == (ENCODER_NAME, 384)
    assert np.linalg.norm(encoder.encode_queries(["aide au logement"])) == pytest.approx(1)


def test_a_missing_extra_is_told_with_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    wanted = Settings(data_dir=tmp_path, encoder="sentence-transformers:un/modele")
    with pytest.raises(EncoderError, match=r"pip install .*maillage\[sentence-transformers\]"):
        load_encoder(wanted)


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = "import sys, indexer.commands.encoder; print(sorted({'onnx', 'onnxruntime'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_build_leaves_a_sound_model_alone(data_dir: Path, encoder_dir: Path):
    before = (encoder_dir / "model.onnx").stat().st_mtime_ns
    result = CliRunner().invoke(app, ["build"])
    assert (result.exit_code, (encoder_dir / "model.onnx").stat().st_mtime_ns) == (0, before)
    assert "Encodeur prêt" in result.stdout


def test_build_has_nothing_to_write_for_another_encoder(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MAILLAGE_ENCODER", "sentence-transformers:un/modele")
    result = CliRunner().invoke(app, ["build"])
    assert (result.exit_code, result.stdout) == (
        0,
        "Rien à écrire : MAILLAGE_ENCODER=sentence-transformers:un/modele.\n",
    )


def test_status_counts_the_vectors_kept(data_dir: Path):
    with VectorCache(data_dir / "vectors.sqlite") as cache:
        cache.put_many(ENCODER_NAME, {b"k": np.zeros(384, np.float32)})
    result = CliRunner().invoke(app, ["status", "--json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "encodeur": ENCODER_NAME,
        "dossier": str(data_dir / "encoder"),
        "etat": "pret",
        "vecteurs": 1,
    }


def test_status_fails_and_says_what_to_do_when_the_model_is_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "neuf"))
    result = CliRunner().invoke(app, ["status"])
    assert result.exit_code == 1
    assert "maillage encoder build" in result.stdout
    assert not (tmp_path / "neuf").exists()
