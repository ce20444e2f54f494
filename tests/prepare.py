"""Says which parts the tests can use, and installs those that are missing where it can: `make test` begins here.

One line a part. As root on a system with apt-get, missing parts are installed; elsewhere the line says how to get them.
A missing part lets its tests skip on a person's machine, and is an error where CI=true.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import sync_playwright

from tests.support.chromium import find_chromium
from tests.support.elasticsearch import ADVICE, fetch_archive, find_server
from tests.support.postgres import find_binaries

_APT = ("apt-get", "-qq", "-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300")
_ATTEMPTS = 2
"""A mirror that fails once mostly answers the second time."""


@dataclass(frozen=True)
class Part:
    """A program that some tests need. `find` says where it is, None when it is missing; `fetch` brings what no
    package holds, once its packages are there."""

    name: str
    find: Callable[[], str | None]
    packages: tuple[str, ...]
    otherwise: str = ""
    fetch: Callable[[], object] | None = None
    quicker: str = ""
    """A program that does the same faster, and its package: installed where it can be, done without elsewhere."""

    @property
    def lacks_quicker(self) -> bool:
        return self.quicker != "" and shutil.which(self.quicker) is None

    @property
    def advice(self) -> str:
        """How to get it."""
        return f"apt-get install {' '.join(self.packages)}{self.otherwise}"


def find_postgres() -> str | None:
    """The folder of the server's tools."""
    folder = find_binaries()
    return None if folder is None else str(folder)


def find_browser() -> str | None:
    """A Chromium; none while Playwright, which drives it, does not start."""
    if not _succeeds((sys.executable, "-m", "playwright", "--version")):
        return None
    with sync_playwright() as playwright:
        return find_chromium(playwright)


def find_compose() -> str | None:
    """The words of the command that checks docker-compose.yml: the program of its own, else Docker's plug-in."""
    for words in (("docker-compose",), ("docker", "compose")):
        if shutil.which(words[0]) is not None and _succeeds((*words, "version")):
            return " ".join(words)
    return None


PARTS = (
    Part("PostgreSQL", find_postgres, ("postgresql",)),
    # libatomic1: the program that drives the browser needs it, and a bare system has it not.
    Part(
        "Chromium",
        find_browser,
        ("chromium", "libatomic1"),
        ", ou .venv/bin/playwright install chromium",
        quicker="chromium-headless-shell",
    ),
    Part("docker-compose", find_compose, ("docker-compose",)),
    Part("Elasticsearch", find_server, ("maven",), f" ; il faut {ADVICE}", fetch_archive),
)


def prepare(parts: Iterable[Part], install: Callable[[Iterable[str]], None] | None, strict: bool) -> int:
    """Prints a line for each part and returns the exit code. `install` is None where nothing can be installed."""
    parts = tuple(parts)
    before = {part: part.find() for part in parts}
    missing = [part for part, place in before.items() if place is None]
    if missing and install is not None:
        install(package for part in missing for package in part.packages)
    slow = [part for part in parts if part.lacks_quicker]
    if slow and install is not None:
        install(part.quicker for part in slow)  # apart: an archive that has it not still gives the rest
    for part in missing:
        if part.fetch is not None:
            part.fetch()
    after = {part: part.find() if part in slow else place or part.find() for part, place in before.items()}
    for part, place in after.items():
        print(f"{part.name} : {_state(part, before[part], place, strict)}", flush=True)
    return int(strict and None in after.values())


def _state(part: Part, before: str | None, after: str | None, strict: bool) -> str:
    if after is not None:
        return f"{'installé' if before is None else 'trouvé'} ({after})"
    cost = "les tests ne peuvent pas tous passer" if strict else "ses tests seront sautés"
    return f"manquant, {cost}. Pour l'avoir : {part.advice}"


def install_packages(packages: Iterable[str]) -> None:
    """Installs Debian packages without a question. What fails is left missing, after apt-get's own words."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (("update",), ("install", "--yes", "--no-install-recommends", *packages))
    for command in commands:
        if not any(_succeeds((*_APT, *command), environment, quiet=False) for _ in range(_ATTEMPTS)):
            return


def can_install() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _succeeds(command: Iterable[str], environment: dict[str, str] | None = None, quiet: bool = True) -> bool:
    stderr = subprocess.DEVNULL if quiet else None
    done = subprocess.run(
        tuple(command),
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
    )
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(prepare(PARTS, install_packages if can_install() else None, strict=os.environ.get("CI") == "true"))
