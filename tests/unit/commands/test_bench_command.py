"""`maillage bench` as a person meets it: real processes, interrupted or short of disk."""

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.commands.bench import app
from indexer.errors import BenchmarkError

ROOT = Path(__file__).parents[3]
QUICK = ("--requests", "1", "--seconds", "0.05")
LARGEST_FILE = 1_000_000  # bytes: more than the catalogue's empty tables, less than the vectors of 1,000 offers


class Shell:
    """Starts the command with the tests' encoder, and temporary folders of its own."""

    def __init__(self, folder: Path) -> None:
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self._environment = os.environ | {"MAILLAGE_DATA_DIR": str(folder / "own"), "TMPDIR": str(self.temporary)}

    def start(self, *words: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.support.quick_bench", "bench", *words],
            cwd=ROOT, env=self._environment, preexec_fn=before,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str, before: Callable[[], None] | None = None) -> tuple[int, str, str]:
        with self.start(*words, before=before) as process:
            out, told = process.communicate()
        assert "Traceback" not in told
        return process.returncode, out, told


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def read_until(process: subprocess.Popen[str], step: str) -> Iterator[str]:
    assert process.stderr is not None
    for line in process.stderr:
        yield line
        if line.startswith(step):
            return


def hear_interruptions() -> None:
    """What a shell starts in the background is deaf to them, and so is all that it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_measure_is_written_as_json_and_markdown_and_compared_with_itself(shell: Shell, tmp_path: Path) -> None:
    code, out, _ = shell.run("--offers", "150", *QUICK, "--json", "--out", str(tmp_path / "mesures"))
    path = tmp_path / "mesures" / "bench-embedded-150.json"
    assert code == 0
    assert json.loads(out) == json.loads(path.read_text())
    assert "150 offres" in path.with_suffix(".md").read_text()
    assert list(shell.temporary.iterdir()) == []
    compared = CliRunner().invoke(app, ["compare", str(path), str(path)])
    assert compared.exit_code == 0
    assert "× 1,00" in compared.stdout


def test_an_interruption_removes_what_was_written_and_says_so(shell: Shell) -> None:
    with shell.start("--offers", "100000", *QUICK, before=hear_interruptions) as process:
        assert list(read_until(process, "Offres écrites"))
        assert list(shell.temporary.iterdir()) != []
        process.send_signal(signal.SIGINT)
        _, told = process.communicate()
    assert process.returncode == 130
    assert told.splitlines()[-1] == "Mesure interrompue : rien n'est gardé, ce qui était écrit est effacé."
    assert "Traceback" not in told
    assert list(shell.temporary.iterdir()) == []


def test_a_full_disk_is_told_and_what_was_written_is_removed(shell: Shell) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))

    code, _, told = shell.run("--offers", "1000", *QUICK, before=limit)
    assert code == 1
    assert "Offres écrites" in told
    assert "la place sur le disque" in told.splitlines()[-1]
    assert list(shell.temporary.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--offers", "0"), "--offers 0 : il faut au moins une offre."),
        (("--offers", "5", "--requests", "-1"), "--requests -1"),
        (("compare", "absente.json", "absente.json"), "absente.json"),
    ],
)
def test_a_refusal_comes_before_any_work(words: tuple[str, ...], told: str) -> None:
    result = CliRunner().invoke(app, words)
    assert isinstance(result.exception, BenchmarkError)
    assert told in str(result.exception)
