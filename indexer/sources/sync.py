"""`maillage sync`: each source is fetched, read and imported apart; what fails harms no other."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog

from indexer.catalogue import Catalogue
from indexer.errors import BusyError, FeedError, ImportHeldError, MaillageError
from indexer.feeds.base import FeedOptions
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.geocode.communes import load_communes
from indexer.geocode.locate import locate
from indexer.geocode.precise import AddressService, Preciser
from indexer.normalise.normalise import normalise
from indexer.pipeline import run_import
from indexer.pipeline.guard import Guards
from indexer.pipeline.intake import Normalise, Precise
from indexer.report import ImportReport, ImportState
from indexer.schema import RawRecord
from indexer.sources.collect import Collected, collect
from indexer.sources.fetch import REAL_WAITS, Waits
from indexer.sources.keep import Content, SourceFolder, SourceState
from indexer.sources.mapping import MappingCounts, build_shape
from indexer.sources.model import Source

READ_AGAIN: Final = timedelta(days=7)
"""An unchanged content is imported again after this: calendars move on, and so does Maillage itself."""


_log = structlog.get_logger(__name__)


class SyncState(StrEnum):
    IMPORTED = "importe"
    UNCHANGED = "inchange"
    HELD = "retenu"
    FAILED = "echoue"
    BUSY = "occupe"


@dataclass
class SyncOutcome:
    """What became of one source. `report` is None unless its content was read."""

    flux: str
    state: SyncState = SyncState.FAILED
    message: str = ""
    seconds: float = 0.0
    report: ImportReport | None = None
    mapping: MappingCounts = field(default_factory=MappingCounts)
    remarks: tuple[str, ...] = ()

    @property
    def is_well(self) -> bool:
        return self.state in (SyncState.IMPORTED, SyncState.UNCHANGED)

    def as_dict(self) -> dict[str, Any]:
        return {
            "flux": self.flux,
            "etat": self.state,
            "message": self.message,
            "duree_s": round(self.seconds, 2),
            "remarques": list(self.remarks),
            "correspondance": self.mapping.as_dict(),
            "import": None if self.report is None else self.report.as_dict(),
        }


@dataclass(frozen=True)
class Syncing:
    """What a sync works with. `replay` reads the kept content again, without any network. `addresses` is the service
    that finds them, None when none is set.
    """

    catalogue: Catalogue
    folder: Path
    waits: Waits = REAL_WAITS
    replay: bool = False
    accept_loss: bool = False
    force: bool = False
    addresses: AddressService | None = None


def sync_sources(
    work: Syncing, sources: Iterable[Source], tell: Callable[[SyncOutcome], None] | None = None
) -> list[SyncOutcome]:
    """All of them, one after the other; `tell` hears of each as it ends. Raises nothing that one source causes."""
    outcomes: list[SyncOutcome] = []
    for source in sources:
        outcomes.append(sync_source(work, source))
        if tell is not None:
            tell(outcomes[-1])
    return outcomes


def sync_source(work: Syncing, source: Source) -> SyncOutcome:
    """One source. A failure is in the outcome, and the catalogue keeps what it had."""
    outcome = SyncOutcome(source.flux)
    start = time.perf_counter()
    try:
        with work.catalogue.doing(f"sync {source.flux}", f"sync {source.flux}"):
            _sync(work, source, outcome)
    except BusyError as error:
        outcome.state, outcome.message = SyncState.BUSY, str(error)
    except ImportHeldError as error:
        outcome.state, outcome.message = SyncState.HELD, str(error)
    except MaillageError as error:
        outcome.state, outcome.message = SyncState.FAILED, _told(str(error), work, source)
    except OSError as error:
        outcome.state, outcome.message = SyncState.FAILED, f"{error.filename} : {error.strerror}."
    except Exception as error:  # noqa: BLE001 (a fault of one parser must not stop the other sources; it is logged)
        _log.exception("sync_crashed", flux=source.flux)
        outcome.message = f"Erreur inattendue ({type(error).__name__}). Le détail est dans le journal."
    outcome.seconds = time.perf_counter() - start
    return outcome


def _sync(work: Syncing, source: Source, outcome: SyncOutcome) -> None:
    folder = SourceFolder(work.folder, source.flux)
    state, now = folder.read(), work.catalogue.clock()
    collected = _collect(work, source, state, folder, now)
    outcome.remarks = collected.remarks
    if not (work.force or work.replay) and _is_known(work, source, state, collected, now):
        outcome.state = SyncState.UNCHANGED
        folder.write(replace(state, vu_le=now, etag=collected.seen.etag, last_modified=collected.seen.last_modified))
        return
    try:
        outcome.report = _import(work, source, folder, collected.contents, outcome, now)
    except MaillageError:
        # Kept for replay; without its keys, so that the next sync fetches it again.
        folder.write(replace(state, vu_le=now, anciens=(*collected.contents, *state.anciens)))
        raise
    outcome.state = SyncState.IMPORTED
    folder.write(_next_state(source, state, collected, outcome.report, now))


def _collect(work: Syncing, source: Source, state: SourceState, folder: SourceFolder, now: datetime) -> Collected:
    if not work.replay:
        return collect(source, state, folder, work.waits, now)
    if not state.contenus:
        raise FeedError(f"Rien n'est gardé du flux « {source.flux} ». Lancez d'abord « maillage sync {source.flux} ».")
    return Collected(state.contenus, state.seen)


def _is_known(work: Syncing, source: Source, state: SourceState, collected: Collected, now: datetime) -> bool:
    """Whether this very content, read in this very way, is what the catalogue has of this flux."""
    same = tuple(content.sha256 for content in collected.contents) == state.hashes
    if not same or state.definition != source.fingerprint or state.importe_le is None:
        return False
    done = [i for i in work.catalogue.imports(source.flux) if i.state == ImportState.DONE]
    return bool(done) and done[0].id == state.import_id and now - state.importe_le < READ_AGAIN


def _import(
    work: Syncing,
    source: Source,
    folder: SourceFolder,
    contents: tuple[Content, ...],
    outcome: SyncOutcome,
    now: datetime,
) -> ImportReport:
    report = ImportReport(source.flux, tuple(content.nom for content in contents), source.licence, now)
    outcome.report = report
    try:
        return run_import(
            work.catalogue,
            iter_source_records(source, folder, contents, now, outcome.mapping),
            flux=source.flux,
            licence=source.licence,
            files=report.files,
            normalise=build_normalise(now),
            now=now,
            accept_loss=work.accept_loss,
            guards=Guards(source.gardes.perte_max, source.gardes.rejets_max),
            report=report,
            precise=_build_precise(work, now),
        )
    finally:
        if report.state is not ImportState.RUNNING:
            folder.path.mkdir(parents=True, exist_ok=True)
            report.write(folder.report)


def _build_precise(work: Syncing, now: datetime) -> Precise | None:
    if work.addresses is None:
        return None
    service = None if work.replay else work.addresses
    return Preciser(service, work.catalogue.database, load_communes(), now)


def build_normalise(now: datetime) -> Normalise:
    """The normaliser of an import, with the places of France."""
    return partial(normalise, locate=partial(locate, communes=load_communes()), now=now)


def iter_source_records(
    source: Source, folder: SourceFolder, contents: tuple[Content, ...], now: datetime, counts: MappingCounts
) -> Iterator[RawRecord]:
    """The raw records of the kept contents, as the source declares to read them."""
    shape = build_shape(tuple(source.fiches), counts) if source.fiches else None
    for content in contents:
        options = FeedOptions(
            name=content.nom,
            producer=source.producteur or source.flux,
            licence=source.licence,
            today=now.date(),
            columns=source.columns,
            values=source.options,
        )
        path = str(folder.path_of(content))
        try:
            yield from iter_raw_records([path], source.flux, source.format, options, shape)
        except FeedError as error:
            raise FeedError(str(error).replace(path, content.nom)) from error


def _next_state(
    source: Source, state: SourceState, collected: Collected, report: ImportReport, now: datetime
) -> SourceState:
    changed = tuple(content.sha256 for content in collected.contents) != state.hashes
    return SourceState(
        etag=collected.seen.etag,
        last_modified=collected.seen.last_modified,
        definition=source.fingerprint,
        import_id=report.import_id,
        importe_le=now,
        vu_le=now,
        change_le=now if changed or state.change_le is None else state.change_le,
        contenus=collected.contents if changed else state.contenus,
        anciens=(*state.contenus, *state.anciens) if changed else state.anciens,
    )


def _told(message: str, work: Syncing, source: Source) -> str:
    """Without the folder where raw files are kept, which means nothing to a partner."""
    return message.replace(f"{work.folder / source.flux}/", "")
