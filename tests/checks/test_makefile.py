"""What `make` does on a machine that is not ready, and how it starts the program."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("sh", "make", "mkdir", "touch")


@pytest.fixture
def bare(root: Path, tmp_path: Path) -> Path:
    """A folder with the Makefile, and a PATH of its own without any Python."""
    shutil.copy(root / "Makefile", tmp_path)
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in TOOLS:
        path = shutil.which(name)
        assert path is not None, name
        (tools / name).symlink_to(path)
    return tmp_path


def add_python(bare: Path, name: str, script: str) -> None:
    path = bare / "tools" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def make(bare: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(bare / "tools"), "HOME": str(bare), "LC_ALL": "C.UTF-8"}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=bare, env=environment, capture_output=True, text=True, check=False)


def test_without_python_the_package_to_install_is_named(bare: Path) -> None:
    done = make(bare, ".venv/.made")
    assert done.returncode != 0
    assert "apt-get install python3 python3-venv" in done.stderr


def test_with_an_old_python_the_package_to_install_is_named(bare: Path) -> None:
    add_python(bare, "python3", "exit 1")
    done = make(bare, ".venv/.made")
    assert done.returncode != 0
    assert "Python 3.11 ou plus récent est introuvable" in done.stderr


def test_a_python_without_its_venv_module_is_told_with_the_package_to_install(bare: Path) -> None:
    add_python(bare, "python3", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = make(bare, ".venv/.made")
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].endswith("Installez-le : apt-get install python3-venv")
    assert not (bare / ".venv").exists()


def test_a_python_that_does_not_start_is_passed_over(bare: Path) -> None:
    add_python(bare, "python3.13", "exit 127")
    add_python(bare, "python3.11", 'if [ "$1 $2" = "-m venv" ]; then mkdir "$4"; fi')
    done = make(bare, ".venv/.made")
    assert (done.returncode, done.stderr) == (0, "")
    assert (bare / ".venv" / ".made").exists()


@pytest.mark.parametrize(("arguments", "port"), [((), "8000"), (("PORT=8123",), "8123")])
def test_run_hands_over_to_the_program_on_the_port_asked_for(root: Path, arguments: tuple[str, ...], port: str) -> None:
    command = ["make", "--dry-run", "--always-make", "run", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PORT"}
    planned = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True).stdout
    assert planned.splitlines()[-1] == f"exec .venv/bin/maillage serve --port {port} --demo"
