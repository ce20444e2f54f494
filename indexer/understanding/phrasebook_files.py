"""Reads the files of `phrasebook/`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_phrasebook(name: str) -> dict[str, Any]:
    """One file, as it is written; read once in a process, and never to be changed."""
    return tomllib.loads((files("indexer.understanding.phrasebook") / f"{name}.toml").read_text("utf-8"))
