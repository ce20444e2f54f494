"""From a formacode (what a training is about) to ROME métiers, by the table of certifications where it is loaded."""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from indexer.reference.loaded import table_path

SHARE: Final = 1 / 3
"""A métier stands for a formacode when a third of the certifications of that formacode lead to it."""

MOST: Final = 5
"""Métiers kept for one formacode."""

Formacodes = Mapping[str, tuple[str, ...]]


def load_formacodes(directory: Path) -> Formacodes:
    """Formacode → ROME codes, the most frequent first; empty when the table is not loaded."""
    path = table_path(directory, "formacode_rome")
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        return build_formacodes(csv.DictReader(lines))


def build_formacodes(rows: "csv.DictReader[str]") -> Formacodes:
    """The same from the rows of the table: `Code_FormaCode`, `Code_Rome_1` to `Code_Rome_5`."""
    certifications: Counter[str] = Counter()
    metiers: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        codes = {row[f"Code_Rome_{n}"] for n in range(1, 6) if row.get(f"Code_Rome_{n}")}
        if codes and row["Code_FormaCode"]:
            certifications[row["Code_FormaCode"]] += 1
            metiers[row["Code_FormaCode"]].update(codes)
    return {code: _usual(found, certifications[code]) for code, found in metiers.items()}


def _usual(found: Counter[str], certifications: int) -> tuple[str, ...]:
    ordered = sorted(found, key=lambda rome: (-found[rome], rome))
    return tuple(rome for rome in ordered if found[rome] >= SHARE * certifications)[:MOST]
