"""A workbook is a zip: looked at before it is opened, so that a small file cannot fill the memory."""

import zipfile
from typing import BinaryIO, Final

from indexer.errors import FeedError

MAX_UNZIPPED: Final = 150_000_000
"""Bytes of all entries, once unzipped: twenty times the largest partner's workbook seen."""

MAX_ENTRIES: Final = 2_000
MAX_RATIO: Final = 400
"""Unzipped over zipped, of one entry beyond 1 MB: real sheets stay under 60."""


def open_archive(stream: BinaryIO, name: str) -> zipfile.ZipFile:
    """The zip of a workbook. FeedError when it is damaged, encrypted, or swells beyond reason."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FeedError(f"{name} : classeur abîmé ou incomplet. Enregistrez-le de nouveau, ou en CSV.") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise FeedError(f"{name} : classeur protégé par un mot de passe. Enregistrez-le sans protection.")
    swells = any(e.file_size > 1_000_000 and e.file_size > MAX_RATIO * max(e.compress_size, 1) for e in entries)
    if swells or len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNZIPPED:
        raise FeedError(
            f"{name} : classeur anormalement grand une fois ouvert (limite : {MAX_UNZIPPED // 1_000_000} Mo). "
            "Gardez la seule feuille utile, sans mise en forme, ou enregistrez-la en CSV."
        )
    return archive


def read_entry(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """One entry whole; never more than the size that the archive told. FeedError when it lies or is damaged."""
    try:
        size = archive.getinfo(path).file_size
        with archive.open(path) as entry:
            data = entry.read(size + 1)
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as error:
        raise FeedError(f"{name} : classeur abîmé ({path}). Enregistrez-le de nouveau, ou en CSV.") from error
    if len(data) > size:
        raise FeedError(f"{name} : classeur abîmé ({path} est plus grand que ce qu'il annonce).")
    return data
