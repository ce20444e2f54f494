"""The figures of the labour market as a reader needs them: made once, when tables are loaded, in one file beside them.

Arrays are addressed by the place of a ROME code, of a family of our bridge, of a territory. 0 is no level; -1 no count.
"""

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from indexer.errors import ReferenceDataError
from indexer.labour.model import TERRITORIES, TerritoryType

FILE: Final = "travail-1.npz"
"""Its number changes with what it holds: a file of another number counts as absent."""

PROJECTS, DIFFICULT, SECRECY = range(3)
"""Places of what is counted of hiring projects."""

Codes = Mapping[TerritoryType, tuple[str, ...]]


@dataclass(frozen=True)
class Names:
    """What the arrays are addressed by, and the vintage of each table that was there.

    `family_places` gives the place of the family of a ROME code, as the bridge was when the figures were made.
    `zones` are the territories of shortages, `survey` those of hiring projects; `parents` leads from a finer ROME code
    to the one that figures are published for; `bassin_names` and `bassin_departements` are by code.
    `domains` are the labels of the professional domains, by the three signs that begin a ROME code.
    """

    codes: tuple[str, ...]
    families: tuple[str, ...]
    family_places: Mapping[str, int]
    zones: Codes
    survey: Codes
    parents: Mapping[str, str]
    bassin_names: Mapping[str, str]
    bassin_departements: Mapping[str, str]
    domains: Mapping[str, str]
    vintages: Mapping[str, str]


@dataclass(frozen=True)
class Figures:
    """`levels` [codes, zones, 7]: the level, then the six factors. `offers` [codes, bassins]: weights of the jobs.

    `hiring` [families, territories, 3]: projects, difficult ones, whether some are secret. `legal` [codes, régions].
    `akin` [codes, n]: the jobs that share most skills, best first, -1 for none. `communes` are INSEE codes, sorted, and
    `bassins` [communes, 2] their places in `zones` and in `survey`, -1 for none.
    """

    names: Names
    levels: Mapping[TerritoryType, NDArray[np.uint8]]
    hiring: Mapping[TerritoryType, NDArray[np.int32]]
    offers: NDArray[np.float32]
    legal: NDArray[np.uint8]
    akin: NDArray[np.int16]
    communes: NDArray[np.bytes_]
    bassins: NDArray[np.int16]

    @cached_property
    def code_places(self) -> Mapping[str, int]:
        return {code: place for place, code in enumerate(self.names.codes)}

    @cached_property
    def finer(self) -> Mapping[str, list[str]]:
        """The finer codes that come from each ROME code."""
        found: dict[str, list[str]] = {}
        for code, parent in self.names.parents.items():
            found.setdefault(parent, []).append(code)
        return found

    @cached_property
    def zone_places(self) -> Mapping[TerritoryType, Mapping[str, int]]:
        return {kind: _places(self.names.zones[kind]) for kind in TERRITORIES}

    @cached_property
    def survey_places(self) -> Mapping[TerritoryType, Mapping[str, int]]:
        return {kind: _places(self.names.survey[kind]) for kind in TERRITORIES}


def save_figures(folder: Path, figures: Figures) -> None:
    """Writes them beside the tables that they come from."""
    told = json.dumps({name: _plain(value) for name, value in vars(figures.names).items()}, ensure_ascii=False)
    arrays: dict[str, Any] = {f"levels_{kind}": array for kind, array in figures.levels.items()}
    arrays |= {f"hiring_{kind}": array for kind, array in figures.hiring.items()}
    arrays |= {name: getattr(figures, name) for name in ("offers", "legal", "akin", "communes", "bassins")}
    np.savez(folder / FILE, names=np.frombuffer(told.encode(), np.uint8), **arrays)


def load_figures(folder: Path) -> Figures | None:
    """None when they were never made; ReferenceDataError when the file is damaged."""
    path = folder / FILE
    try:
        with np.load(path, allow_pickle=False) as file:
            names = Names(**_from_plain(json.loads(file["names"].tobytes())))
            return Figures(
                names,
                {kind: file[f"levels_{kind}"] for kind in TERRITORIES},
                {kind: file[f"hiring_{kind}"] for kind in TERRITORIES},
                *(file[name] for name in ("offers", "legal", "akin", "communes", "bassins")),
            )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ReferenceDataError(f"{path} est illisible : relancez « maillage reference load ». ({error})") from error


def _places(codes: Sequence[str]) -> Mapping[str, int]:
    return {code: place for place, code in enumerate(codes)}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else value


def _from_plain(told: dict[str, Any]) -> dict[str, Any]:
    """Lists become tuples again, as `Names` has them."""
    for name in ("codes", "families"):
        told[name] = tuple(told[name])
    for name in ("zones", "survey"):
        told[name] = {kind: tuple(codes) for kind, codes in told[name].items()}
    return told
