"""Brings the content of one source to its folder: from files, an address, or a paged API."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import httpx

from indexer.errors import FeedError
from indexer.feeds.data_inclusion_api import PagedApi
from indexer.feeds.download import shown_address
from indexer.sources.fetch import NOTHING_SEEN, Fetcher, Seen, Waits, build_client
from indexer.sources.keep import Content, SourceFolder, SourceState
from indexer.sources.model import Source

MAX_FILES: Final = 200
PAGE_FORMATS: Final = frozenset({"schema-org"})
"""Formats that are read in web pages: HTML is what they ask for."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What a source holds now. `remarks` are doubts about the collection itself."""

    contents: tuple[Content, ...]
    seen: Seen = NOTHING_SEEN
    remarks: tuple[str, ...] = ()


def collect(source: Source, state: SourceState, folder: SourceFolder, waits: Waits, now: datetime) -> Collected:
    """The current content, kept in the folder; the former one when it has not changed. Raises FeedError."""
    if source.acces.fichier is not None:
        return Collected(tuple(_keep_file(path, folder, now) for path in _files(source)))
    with build_client(source.acces) as client, folder.new_file() as file:
        if source.acces.api is not None:
            return _collect_api(source, client, folder, file, waits, now)
        return _collect_address(source, client, state, folder, file, waits, now)


def _files(source: Source) -> list[Path]:
    pattern = source.acces.fichier or ""
    base = source.fichier_toml.parent
    paths = sorted(base.glob(pattern)) if "*" in pattern and not Path(pattern).is_absolute() else [base / pattern]
    if "*" in pattern and Path(pattern).is_absolute():
        paths = sorted(Path(pattern).parent.glob(Path(pattern).name))
    if not paths:
        raise FeedError(f"{pattern} : aucun fichier ne correspond, dans le dossier {base}. Déposez-y le fichier.")
    if len(paths) > MAX_FILES:
        raise FeedError(f"{pattern} : plus de {MAX_FILES} fichiers. Rangez les anciens ailleurs.")
    return paths


def _keep_file(path: Path, folder: SourceFolder, now: datetime) -> Content:
    try:
        with path.open("rb") as file:
            return folder.add(file, path.name, now)
    except FileNotFoundError as error:
        raise FeedError(f"{path} : fichier absent. Vérifiez le chemin, ou demandez-le au partenaire.") from error
    except OSError as error:
        raise FeedError(f"{path} : lecture impossible ({error.strerror}).") from error


def _collect_address(
    source: Source,
    client: httpx.Client,
    state: SourceState,
    folder: SourceFolder,
    file: IO[bytes],
    waits: Waits,
    now: datetime,
) -> Collected:
    held = state.contenus and all((folder.raw / sha).is_file() for sha in state.hashes)
    seen = state.seen if held and state.definition == source.fingerprint else Seen()
    fetcher = Fetcher(source.acces, client, waits, pages=source.format in PAGE_FORMATS)
    answered = fetcher.fetch(seen, file)
    if answered is None:
        return Collected(state.contenus, state.seen)
    return Collected((folder.add(file, shown_address(source.acces.url or ""), now),), answered)


def _collect_api(
    source: Source, client: httpx.Client, folder: SourceFolder, file: IO[bytes], waits: Waits, now: datetime
) -> Collected:
    base = source.acces.api or ""
    read = PagedApi(base, source.acces.token(), client, sleep=waits.sleep).fetch(file)
    remarks = () if not read.missing else (f"{read.missing} fiches annoncées par l'API n'ont pas été trouvées.",)
    return Collected((folder.add(file, shown_address(base), now),), remarks=remarks)
