"""Opens a path or an address as a stream of known encoding."""

import gzip
import stat
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, Final, cast

import httpx

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile
from indexer.feeds.download import fetch_to_file, is_address, shown_address
from indexer.feeds.encoding import CP1252_REMARK, HEAD, scan_stream

MAX_BYTES: Final = 2_000_000_000
"""Largest content taken in, once unzipped: the national export of 2025 holds 0.5 GB."""

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"


@contextmanager
def open_feed(location: str, limit: int = MAX_BYTES, client: httpx.Client | None = None) -> Iterator[FeedFile]:
    """`location` (path, http or https address; gzip or not), opened.

    Raises FeedError, in French, when it is absent, empty, a folder, too large, not text, or cannot be read.
    """
    name = shown_address(location) if is_address(location) else location
    with ExitStack() as stack:
        raw = stack.enter_context(_raw_stream(location, name, limit, client))
        stream = stack.enter_context(_unzipped(raw))
        with reading(name):
            if _is_zip(stream):
                yield FeedFile(name, stream, "binaire", _ZIP.decode(), whole=False)
                return
            scan = scan_stream(stream, name, limit)
            stream.seek(scan.bom)
        remarks = (CP1252_REMARK,) if scan.encoding == "cp1252" else ()
        head = scan.head[scan.bom :].decode(scan.encoding, "ignore")
        with reading(name):
            yield FeedFile(name, stream, scan.encoding, head, whole=scan.size <= HEAD, remarks=remarks)


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Says in French, with the file's name, what the disk, the archive or the encoding refuses."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FeedError(f"{name} : archive gzip tronquée ou abîmée. Téléchargez-la de nouveau.") from error
    except UnicodeDecodeError as error:
        raise FeedError(
            f"{name} : l'octet 0x{error.object[error.start]:02x} n'existe pas en {error.encoding}. "
            "Enregistrez le fichier en UTF-8."
        ) from error
    except OSError as error:
        raise FeedError(f"{name} : lecture impossible ({error.strerror or error}).") from error


def _is_zip(stream: BinaryIO) -> bool:
    """Whether it is a workbook, which is no text: its reader looks inside."""
    magic = stream.read(len(_ZIP))
    stream.seek(0)
    return magic == _ZIP


def _raw_stream(location: str, name: str, limit: int, client: httpx.Client | None) -> IO[bytes]:
    if is_address(location):
        return fetch_to_file(location, limit, client)
    return _open_path(Path(location), name, limit)


def _open_path(path: Path, name: str, limit: int) -> IO[bytes]:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise FeedError(f"{name} : c'est un dossier. Donnez le ou les fichiers qu'il contient.")
        if not stat.S_ISREG(status.st_mode):
            raise FeedError(f"{name} : ce n'est pas un fichier ordinaire. Copiez son contenu dans un fichier.")
        if status.st_size > limit:
            raise FeedError(f"{name} : plus de {limit // 1_000_000} Mo. Découpez ce fichier.")
        return path.open("rb")
    except FileNotFoundError as error:
        raise FeedError(f"{name} : fichier absent. Vérifiez le chemin.") from error
    except PermissionError as error:
        raise FeedError(f"{name} : vous n'avez pas le droit de lire ce fichier.") from error
    except (OSError, ValueError) as error:
        raise FeedError(f"{name} : chemin impossible à ouvrir. Vérifiez-le.") from error


def _unzipped(raw: IO[bytes]) -> BinaryIO:
    magic = raw.read(2)
    raw.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if magic == _GZIP else cast(BinaryIO, raw)
