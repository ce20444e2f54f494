"""The job titles and close jobs of the ROME, where a deployment has loaded them (`maillage reference load`)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.metiers.entries import Entry, Kind
from indexer.reference.loaded import table_path
from indexer.reference.shipped import rome_labels

TITLES, CLOSE_JOBS = "rome4_appellations", "rome4_mobilites"


@dataclass(frozen=True)
class LoadedJobs:
    """`titles` are in the order of the table; `close` gives the codes that are close to one, the closest first."""

    titles: tuple[Entry, ...] = ()
    close: Mapping[str, tuple[str, ...]] | None = field(default=None)


def load_jobs(directory: Path) -> LoadedJobs:
    """What is in service. ReferenceDataError when its record is damaged."""
    titles, close = table_path(directory, TITLES), table_path(directory, CLOSE_JOBS)
    return LoadedJobs(
        () if titles is None else tuple(_iter_titles(titles)),
        None if close is None else _read_close(close),
    )


def _iter_titles(path: Path) -> Iterator[Entry]:
    """Titles of codes that we know: a newer table may have others."""
    known = rome_labels()
    for row in _iter_rows(path):
        if row["code_rome"] in known:
            yield Entry(row["libelle_appellation_long"], row["code_rome"], Kind.TITRE)


def _read_close(path: Path) -> dict[str, tuple[str, ...]]:
    known, ranked = rome_labels(), dict[str, list[tuple[int, str]]]()
    for row in _iter_rows(path):
        target, rank = row["code_rome_cible"], row["numero_ordre"]
        if target in known:
            ranked.setdefault(row["code_rome"], []).append((int(rank) if rank.isdigit() else len(known), target))
    return {code: tuple(target for _, target in sorted(own)) for code, own in ranked.items()}


def _iter_rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
