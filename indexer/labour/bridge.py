"""Our bridge from the families of the hiring survey (FAP 2021) to the jobs of the ROME: see `pont.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Family:
    """`familles` (FAP 2021) together answer for `metiers` (ROME codes) together."""

    nom: str
    familles: tuple[str, ...]
    metiers: tuple[str, ...]


@cache
def load_bridge() -> tuple[Family, ...]:
    """In the order of the file, which the built figures rely on."""
    text = files("indexer.labour").joinpath("pont.toml").read_text(encoding="utf-8")
    return tuple(
        Family(one["nom"], tuple(one["familles"]), tuple(one["metiers"])) for one in tomllib.loads(text)["pont"]
    )
