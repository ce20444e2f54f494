"""Which jobs the companies of a sector may let people discover: a table of ours (`secteurs.toml`), never a guess."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from indexer.errors import ReferenceDataError
from indexer.reference.shipped import rome_labels

_NAF: Final = re.compile(r"(\d{2})\.?(\d{2})([A-Z])", re.ASCII)
_PREFIX: Final = re.compile(r"\d{2,4}|\d{4}[A-Z]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sector:
    """`naf` are beginnings of codes, without the point; `metiers` are ROME 4.0 codes."""

    nom: str
    naf: tuple[str, ...]
    metiers: tuple[str, ...]


def parse_naf(text: str) -> str | None:
    """« 10.71C », « 1071 c » to « 1071C »; None for what is no code of an activity (NAF rév. 2)."""
    match = _NAF.fullmatch(re.sub(r"\s", "", text).upper())
    return None if match is None else "".join(match.groups())


def sector_of(naf: str) -> Sector | None:
    """The sector whose code begins this NAF the most precisely; None when none does."""
    by_prefix = _by_prefix()
    lengths = range(len(naf), 1, -1)
    return next((by_prefix[naf[:length]] for length in lengths if naf[:length] in by_prefix), None)


def sectors_of(metiers: Iterable[str]) -> tuple[Sector, ...]:
    """The sectors where one of these jobs can be discovered, in the order of the table."""
    wanted = frozenset(metiers)
    return tuple(sector for sector in load_sectors() if not wanted.isdisjoint(sector.metiers))


@cache
def load_sectors() -> tuple[Sector, ...]:
    """ReferenceDataError when the table names a job or a code that does not exist, or a code twice."""
    text = resources.files("indexer.mobilise").joinpath("secteurs.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["secteur"]
    sectors = tuple(Sector(row["nom"], tuple(row["naf"]), tuple(row["metiers"])) for row in rows)
    prefixes = [prefix for sector in sectors for prefix in sector.naf]
    wrong = [prefix for prefix in prefixes if not _PREFIX.fullmatch(prefix) or prefixes.count(prefix) > 1]
    wrong += [code for sector in sectors for code in sector.metiers if code not in rome_labels()]
    if wrong:
        raise ReferenceDataError(f"secteurs.toml : codes inconnus ou en double : {', '.join(wrong)}.")
    return sectors


@cache
def _by_prefix() -> Mapping[str, Sector]:
    return {prefix: sector for sector in load_sectors() for prefix in sector.naf}
