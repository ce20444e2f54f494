"""Loaded reference tables: checked, copied, and put in service all at once.

A generation is a folder of CSV files; `manifest.json` names the one in service and is replaced atomically, so that a
reader sees the tables of before or those of after, never a mixture.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from indexer.errors import ReferenceDataError
from indexer.reference.check import check_table
from indexer.reference.known_tables import EXAMPLE, KNOWN_TABLES, KnownTable

MANIFEST = "manifest.json"
_GENERATION = "tables-"


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """What was loaded: `hash` is the SHA-256 of the file, `charge_le` is ISO 8601."""

    nom: str
    fichier: str
    lignes: int
    millesime: str
    hash: str
    charge_le: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Tables taken in, and the names of CSV files in the folder that are none of the known tables."""

    loaded: tuple[LoadedTable, ...]
    ignored: tuple[str, ...]


Prepare = Callable[[Path, Mapping[str, LoadedTable]], None]
"""Writes what is made of the tables of a generation beside them, before they go into service."""


@dataclass(frozen=True, slots=True)
class _Service:
    """The generation in service: its folder and its tables by name."""

    folder: Path
    tables: dict[str, LoadedTable]


def _read_manifest(directory: Path) -> _Service | None:
    path = directory / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        tables = {name: LoadedTable(**fields) for name, fields in content["tables"].items()}
        return _Service(directory / content["dossier"], tables)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ReferenceDataError(f"{path} est illisible : relancez « maillage reference load ». ({error})") from error


def _service_if_readable(directory: Path) -> _Service | None:
    """A damaged record does not prevent from loading anew."""
    try:
        return _read_manifest(directory)
    except ReferenceDataError:
        return None


def loaded_tables(directory: Path) -> dict[str, LoadedTable]:
    """Tables in service, by name; none before the first load. ReferenceDataError on a damaged record."""
    service = _read_manifest(directory)
    return {} if service is None else service.tables


def table_path(directory: Path, name: str) -> Path | None:
    """The CSV file of a table in service (UTF-8, commas, a header), or None when it is not loaded."""
    service = _read_manifest(directory)
    return service.folder / f"{name}.csv" if service is not None and name in service.tables else None


def generation_in_service(directory: Path) -> Path | None:
    """The folder of the tables in service, and of what was made of them; None before the first load."""
    service = _read_manifest(directory)
    return None if service is None else service.folder


def stamp_of(directory: Path) -> int:
    """Changes when other tables are put in service; 0 when there are none."""
    try:
        return (directory / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


def load_tables(
    source: Path, directory: Path, now: datetime, prepare: Prepare | None = None, *, example: bool = False
) -> LoadReport:
    """Checks and takes in every known table of `source`; those loaded before and absent from it stay.

    All or nothing: on ReferenceDataError the tables in service are those of before. `example` marks invented tables:
    they never stay beside others.
    """
    found, ignored = _find(source)
    before = _service_if_readable(directory)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=_GENERATION, dir=directory))
    except OSError as error:
        raise ReferenceDataError(f"Impossible d'écrire dans {directory} : {error.strerror}.") from error
    try:
        taken = tuple(_take_in(table, path, staging, now) for table, path in found)
        loaded = tuple(replace(table, millesime=EXAMPLE) for table in taken) if example else taken
        tables = _complete(staging, loaded, before)
        if prepare is not None:
            prepare(staging, tables)
        (staging / MANIFEST).replace(directory / MANIFEST)
    except OSError as error:
        _discard(staging, directory)
        raise ReferenceDataError(f"Chargement abandonné, rien n'a changé : {error}.") from error
    except BaseException:
        _discard(staging, directory)
        raise
    _clear(directory, keep={staging.name} | ({before.folder.name} if before is not None else set()))
    return LoadReport(loaded, ignored)


def _find(source: Path) -> tuple[list[tuple[KnownTable, Path]], tuple[str, ...]]:
    """Known tables and their files (the last by name where several years are there), then the other CSV files."""
    if not source.is_dir():
        raise ReferenceDataError(f"{source} n'est pas un dossier : indiquez celui qui contient les tables.")
    files = sorted(source.glob("*.csv"))
    found = [(t, named[-1]) for t in KNOWN_TABLES if (named := [f for f in files if t.is_called(f.name)])]
    if not found:
        expected = ", ".join(f"{t.name}*.csv" for t in KNOWN_TABLES[:4])
        raise ReferenceDataError(f"Aucune table connue dans {source}. Fichiers attendus : {expected}…")
    taken = {path for _, path in found}
    return found, tuple(f.name for f in files if f not in taken)


def _take_in(table: KnownTable, path: Path, staging: Path, now: datetime) -> LoadedTable:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReferenceDataError(f"{path.name} n'est pas en UTF-8 (octet {error.start}) : réenregistrez-le.") from error
    lines, vintage = check_table(table, path.name, text)
    with (staging / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    digest = hashlib.sha256(data).hexdigest()
    return LoadedTable(table.name, path.name, lines, vintage, digest, now.isoformat(timespec="seconds"))


def _complete(staging: Path, loaded: Sequence[LoadedTable], before: _Service | None) -> dict[str, LoadedTable]:
    """Brings along the tables that stay, and writes the manifest of the new generation beside them.

    Examples do not stay: an invented figure beside a published one would be believed.
    """
    tables = {t.nom: t for t in loaded}
    if before is not None:
        staying = {name for name, table in before.tables.items() if table.millesime != EXAMPLE}
        for name in staying - tables.keys():
            shutil.copyfile(before.folder / f"{name}.csv", staging / f"{name}.csv")
            tables[name] = before.tables[name]
    content = {"dossier": staging.name, "tables": {name: asdict(tables[name]) for name in sorted(tables)}}
    with (staging / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    return tables


def _discard(staging: Path, directory: Path) -> None:
    """Removes a generation, unless an interruption came just after it went into service."""
    service = _service_if_readable(directory)
    if service is None or service.folder != staging:
        shutil.rmtree(staging, ignore_errors=True)


def _clear(directory: Path, keep: set[str]) -> None:
    """Generations older than the one before: a reader may still have that one open."""
    for folder in directory.glob(f"{_GENERATION}*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)
