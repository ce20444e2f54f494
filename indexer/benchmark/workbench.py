"""What a measure works with, in a data folder of its own that is removed whatever happens."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from indexer.catalogue import Catalogue, open_catalogue
from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.engines.base import Removable, SearchEngine
from indexer.engines.factory import build_engine
from indexer.errors import BenchmarkError
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.metiers.service import Jobs
from indexer.search import OfferSearch, build_offer_search
from indexer.search.service import now_in_france
from indexer.search.structure_names import StructureNames
from indexer.search.suggest import Suggester
from indexer.settings import Settings, load_settings

PREFIX: Final = "maillage-bench"
"""Begins the names of all that a measure leaves for its time: temporary folders, and what a cluster holds of it."""

BYTES_AN_OFFER: Final = 8_000
"""Disk needed while an index is built: 5,500 for the finished one, and what its building holds beside."""

_ENCODER = "encoder"


@dataclass(frozen=True)
class Workbench:
    """Everything that answers in this process, and the settings of those that answer elsewhere."""

    settings: Settings
    encoder: Encoder
    engine: SearchEngine
    search: OfferSearch
    suggest: Suggester
    today: date


@contextmanager
def own_folder(asked: Path | None, offers: int) -> Iterator[Path]:
    """The data folder: a temporary one, removed at the end, or one given, where what we wrote stays when all went well.

    BenchmarkError when a given folder already serves, or when the disk cannot hold so many offers.
    """
    if asked is None:
        with _disk_told(), tempfile.TemporaryDirectory(prefix=f"{PREFIX}-", ignore_cleanup_errors=True) as folder:
            _check_disk(Path(folder), offers)
            yield Path(folder)
        return
    _check_new(asked)
    with _disk_told():
        asked.mkdir(parents=True, exist_ok=True)
        _check_disk(asked, offers)
        try:
            yield asked
        except BaseException:
            _empty(asked)
            raise


def build_settings(folder: Path, engine: str | None) -> Settings:
    """Those of this process, with a data folder of the measure's own, and names of its own in a cluster.

    SettingError for an engine that this program does not have.
    """
    own = load_settings()
    given = {"data_dir": folder, "rate_limit": "off", "elasticsearch_prefix": PREFIX}
    settings = load_settings(**given, **({} if engine is None else {"engine": engine}))
    own.encoder_dir.mkdir(parents=True, exist_ok=True)
    link = folder / _ENCODER
    if not link.exists():
        link.symlink_to(own.encoder_dir.resolve())  # written once a machine, and the same for all folders
    return settings


def build_environment(settings: Settings) -> dict[str, str]:
    """The variables by which another process has the same settings."""
    values = {
        "DATA_DIR": str(settings.data_dir),
        "ENGINE": settings.engine,
        "RATE_LIMIT": "off",
        "ELASTICSEARCH_PREFIX": PREFIX,
        "LOG_LEVEL": "warning",
        "DATABASE_URL": "",
    }
    return {f"MAILLAGE_{name}": value for name, value in values.items()}


@contextmanager
def open_workbench(settings: Settings, encoder: Encoder | None = None) -> Iterator[Workbench]:
    """Opens all, as a server does. A given encoder stands for that of the settings."""
    catalogue = open_catalogue(f"sqlite:///{settings.data_dir / 'catalogue.sqlite'}")
    try:
        yield _build(settings, encoder or load_encoder(settings), catalogue)
    finally:
        catalogue.close()


def _build(settings: Settings, encoder: Encoder, catalogue: Catalogue) -> Workbench:
    engine = build_engine(settings, encoder.dimensions)
    needs = load_need_reader(encoder, settings.encoder_dir)
    jobs = Jobs(encoder, settings.loaded_reference_dir).reader
    search = build_offer_search(engine, encoder, needs=needs, jobs=jobs)
    suggest = Suggester(load_communes(), StructureNames(catalogue))
    return Workbench(settings, encoder, engine, search, suggest, now_in_france().date())


def _check_new(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BenchmarkError(
            f"{folder} n'est pas un dossier vide : donnez-en un autre à --data-dir, la mesure y écrit."
        )


def _check_disk(folder: Path, offers: int) -> None:
    free, needed = shutil.disk_usage(folder).free, offers * BYTES_AN_OFFER
    if free < needed:
        raise BenchmarkError(
            f"Il reste {free / 1e9:.1f} Go sur le disque de {folder}, et {offers} offres en demandent "
            f"{needed / 1e9:.1f} : faites de la place, ou donnez un dossier d'un autre disque à --data-dir."
        )


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def _disk_told() -> Iterator[None]:
    """What the system says of the disk, told to a person."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        message = f"La mesure ne peut pas écrire{where} : {error.strerror or error}."
        raise BenchmarkError(f"{message} Vérifiez la place sur le disque et les droits.") from error


def clear_cluster(bench: Workbench) -> None:
    """Removes all that a measure wrote outside its folder."""
    if isinstance(bench.engine, Removable):
        bench.engine.remove_all()
