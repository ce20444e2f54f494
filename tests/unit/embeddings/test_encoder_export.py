import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.commands.encoder import app
from indexer.embeddings import e5_folder
from indexer.embeddings.e5_folder import export_e5
from indexer.embeddings.e5_weights import Weights
from indexer.embeddings.sentence_transformers_encoder import encoder_name
from indexer.errors import EncoderError


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the 470 MB of weights: `make test-slow` reads them back."""
    monkeypatch.setattr(e5_folder, "write_safetensors", lambda path, weights: path.write_bytes(b"poids"))


def test_the_command_writes_a_folder_and_says_how_to_use_it(
    light: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "donnees"))
    folder = tmp_path / "modeles" / "petit"
    result = CliRunner().invoke(app, ["export", str(folder)])
    assert result.exit_code == 0, result.output
    assert f"MAILLAGE_ENCODER=sentence-transformers:{folder}" in result.stdout
    assert {path.name for path in folder.iterdir()} >= {"modules.json", "config.json", "tokenizer.json", "README.md"}
    assert [path.name for path in folder.parent.iterdir()] == ["petit"]


def test_the_folder_holds_the_prompts_of_the_model(light: None, tmp_path: Path, weights: Weights) -> None:
    export_e5(tmp_path / "m", weights)
    told = json.loads((tmp_path / "m" / "config_sentence_transformers.json").read_bytes())
    assert (told["prompts"]["query"], told["prompts"]["passage"]) == ("query: ", "passage: ")


def test_two_exports_are_one_encoder(light: None, tmp_path: Path, weights: Weights) -> None:
    for place in ("a", "b"):
        export_e5(tmp_path / place / "petit", weights)
    assert encoder_name(str(tmp_path / "a" / "petit")) == encoder_name(str(tmp_path / "b" / "petit"))


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path, weights: Weights) -> None:
    (tmp_path / "mon fichier").write_text("précieux")
    with pytest.raises(EncoderError, match="existe déjà"):
        export_e5(tmp_path, weights)
    assert [path.name for path in tmp_path.iterdir()] == ["mon fichier"]


def test_a_place_that_cannot_be_written_is_told(light: None, tmp_path: Path, weights: Weights) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(EncoderError, match="Vérifiez les droits et la place libre"):
        export_e5(tmp_path / "fichier" / "petit", weights)


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, weights: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_the_disk(path: Path, weights: Weights) -> None:
        path.write_bytes(b"le debut")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(e5_folder, "write_safetensors", fill_the_disk)
    with pytest.raises(EncoderError, match="500 Mo"):
        export_e5(tmp_path / "petit", weights)
    assert list(tmp_path.iterdir()) == []
