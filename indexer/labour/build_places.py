"""From a commune to its bassins, in both zonings: the tables of 2019 (shortages) and of today (hiring survey)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.geocode.communes import load_communes
from indexer.labour.rows import iter_table

_SMALL = frozenset("de du des d la le les l en et sur sous aux".split())


@dataclass(frozen=True)
class Bassins:
    """`of_communes`: INSEE code to (bassin of 2019, bassin of the survey), "" for none.

    `departements` gives the one where most communes of a bassin are.
    """

    of_communes: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]
    departements: Mapping[str, str]


def read_bassins(folder: Path) -> Bassins:
    """From the loaded table of communes; nothing when it is not there."""
    of_communes: dict[str, tuple[str, str]] = {}
    names: dict[str, str] = {}
    counted: dict[str, Counter[str]] = {}
    gazetteer = load_communes()
    for row in iter_table(folder, "communes"):
        commune = gazetteer.resolve(row["code_insee"])
        old, new = row["code_be19"], row["code_bassin_ft"]
        if commune is None or commune.code != row["code_insee"] or not (old or new):
            continue
        of_communes[commune.code] = (old, new)
        for code, label in ((old, row["lib_be19"]), (new, row["lib_bassin_ft"])):
            if code:
                names.setdefault(code, title(label))
                counted.setdefault(code, Counter())[commune.departement] += 1
    departements = {code: max(sorted(seen), key=seen.__getitem__) for code, seen in counted.items()}
    return Bassins(_with_cities(of_communes), names, departements)


def _with_cities(known: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """What an arrondissement lacks is its city's, whose bassins are the same."""
    gazetteer = load_communes()
    for code, (old, new) in list(known.items()):
        commune = gazetteer.get(code)
        above = known.get(commune.parent or "") if commune is not None else None
        if above is not None:
            known[code] = (old or above[0], new or above[1])
    return known


def build_bassins(
    bassins: Bassins, zones: Sequence[str], survey: Sequence[str]
) -> tuple[NDArray[np.bytes_], NDArray[np.int16]]:
    """Codes, sorted, and their places in each of the two lists of bassins, -1 for none."""
    zone_of = {code: place for place, code in enumerate(zones)}
    survey_of = {code: place for place, code in enumerate(survey)}
    codes = sorted(bassins.of_communes)
    pairs = (bassins.of_communes[code] for code in codes)
    places = [(zone_of.get(old, -1), survey_of.get(new, -1)) for old, new in pairs]
    return np.array(codes, "S5"), np.array(places, np.int16).reshape(len(codes), 2)


def title(label: str) -> str:
    """« BOURG EN BRESSE » as people write it: « Bourg en Bresse »."""
    words = " ".join(label.split()).replace(" / ", "/").split(" ")
    written = [word.lower() if at and word.lower() in _SMALL else _capital(word) for at, word in enumerate(words)]
    return " ".join(written)


def _capital(word: str) -> str:
    return word.title() if word.isupper() else word
