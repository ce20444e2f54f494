"""Reads the files of `phrasebook/`."""

import tomllib
from importlib.resources import files
from typing import Any


def read_phrasebook(name: str) -> dict[str, Any]:
    """One file, as it is written."""
    return tomllib.loads((files("indexer.understanding.phrasebook") / f"{name}.toml").read_text("utf-8"))
