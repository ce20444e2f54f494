"""The command line as a person meets it: real processes, a real encoder, a file of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.cli import COMMANDS
from tests.support.encoder import build_test_encoder_dir, default_cache_root

ROOT = Path(__file__).parents[3]
STRUCTURE = {"source": "essai", "id": "essai--s1", "nom": "Maison des aides", "code_insee": "90010"}
OFFER = {"source": "essai", "id": "essai--o1", "nom": "Aide au paiement du loyer", "structure_id": "essai--s1"}


class Shell:
    """Runs `maillage` with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))

    def run(self, *words: str, code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from indexer.cli import main; main()", *words]
        environment = os.environ | {"MAILLAGE_DATA_DIR": str(self.folder)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        assert done.returncode == code, done.stderr
        return done


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def write(path: Path, records: list[dict[str, object]]) -> str:
    path.write_text(json.dumps(records))
    return str(path)


def test_from_a_file_to_an_answer_and_back(shell: Shell, tmp_path: Path) -> None:
    place = {"code_insee": "90010", "latitude": 47.64, "longitude": 6.86}
    records = [STRUCTURE, OFFER | place, OFFER | place | {"id": "essai--o2", "nom": "Atelier vélo"}]
    file = write(tmp_path / "fiches.json", records)
    imported = shell.run("import", file, "--flux", "essai")
    assert "maillage reindex" in imported.stderr
    assert json.loads(shell.run("reindex", "--json").stdout)["documents"] == 2
    found = json.loads(shell.run("search", "payer mon loyer", "--commune", "Belfort", "--json").stdout)
    assert [offer["id"] for offer in found] == ["essai--o1"]

    write(tmp_path / "fiches.json", records[:2])
    again = shell.run("import", file, "--flux", "essai")
    assert "0 offres écrites, 1 retirées" in again.stderr
    status = json.loads(shell.run("status", "--json").stdout)
    assert (status["index"]["documents"], status["index"]["retard"]) == (1, 0)
    assert {work["etat"] for work in status["travaux"]} == {"fini"}

    shell.run("reindex")
    assert "offres retirées depuis ôtées" in shell.run("rollback").stdout
    assert "rien à rétablir" in shell.run("rollback", code=1).stderr


def test_each_command_has_its_help_and_the_list_names_them_all(shell: Shell) -> None:
    listed = shell.run("--help").stdout
    for name in COMMANDS:
        assert name in listed
    assert "--flux" in shell.run("import", "--help").stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("import", "absent.json", "--flux", "essai"), "absent.json"),
        (("search", "loyer"), "maillage reindex"),
        (("rollback",), "rien à rétablir"),
        (("import", "x.json", "--flux", "deux--tirets"), "nom de flux"),
    ],
)
def test_a_refusal_is_one_sentence_and_a_code(shell: Shell, words: tuple[str, ...], told: str) -> None:
    done = shell.run(*words, code=1)
    assert done.stderr.startswith("Erreur : ")
    assert told in done.stderr


def test_a_wrong_setting_is_named(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_RATE_LIMIT", "beaucoup")
    assert "MAILLAGE_RATE_LIMIT" in shell.run("status", code=1).stderr


def test_an_unknown_command_is_refused_with_the_list(shell: Shell) -> None:
    assert "indexer" in shell.run("indexer", code=2).stderr
