"""Writes the encoder's model on disk, once: whole or not at all, and by one process at a time.

Two files: the graph, and beside it the table of words, three quarters of the whole, that the runtime maps where it lies
instead of copying it: the processes of a server share one.
"""

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.embeddings.e5_weights import Weights, weights_path
from indexer.errors import BusyError, EncoderError

ENCODER_NAME = "multilingual-e5-small/onnx-int8/1"
"""Model, form, version. An index and the vector cache record it: change it whenever vectors change."""

MODEL_FILE = "model.onnx"
WORDS_FILE = "model.words"
MANIFEST_FILE = "model.json"
_LOCK_FILE = "build.lock"
_BLOCK = 1 << 20  # bytes read at once
_PATIENCE = 120.0  # seconds for another process to finish; a build takes 3 to 10


class ModelState(StrEnum):
    """What a folder holds; the value is what people read."""

    READY = "pret"
    ABSENT = "absent"
    TO_REBUILD = "a-reconstruire"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was written: the CRC-32 of each file by its name, and the SHA-256 of the weights that it was made from."""

    name: str
    checksums: dict[str, str]
    weights_checksum: str


def model_state(folder: Path) -> ModelState:
    """Whether the model is there and is the one that this program writes: a cut or foreign file is not."""
    if not (folder / MODEL_FILE).exists():
        return ModelState.ABSENT
    manifest = load_manifest(folder)
    if manifest is None or manifest.name != ENCODER_NAME or manifest.checksums.keys() != {MODEL_FILE, WORDS_FILE}:
        return ModelState.TO_REBUILD
    sound = all(_is_file_of(folder / name, told) for name, told in manifest.checksums.items())
    return ModelState.READY if sound else ModelState.TO_REBUILD


def _is_file_of(path: Path, told: str) -> bool:
    return path.exists() and sum_file(path) == told


def load_manifest(folder: Path) -> Manifest | None:
    """The manifest, or None when it is absent or not one of ours."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST_FILE).read_bytes()))
    except (OSError, ValueError, TypeError):
        return None
    return manifest if isinstance(manifest.checksums, dict) else None


def ensure_model(folder: Path, force: bool = False) -> Path:
    """The path of a sound model, written now if need be (3 s, 0.4 GB at the peak), or anyway with `force`.

    EncoderError when it cannot be written, BusyError when another process has been writing for two minutes.
    """
    model = folder / MODEL_FILE
    if not force and _is_ready(folder):
        return model
    with _told(folder), _alone(folder):
        if force or not _is_ready(folder):  # another process may have written it while we waited
            _write_model(folder)
    return model


def _is_ready(folder: Path) -> bool:
    try:
        return model_state(folder) is ModelState.READY
    except OSError as error:
        raise EncoderError(f"Le dossier de l'encodeur ne peut être lu ({error}). Vérifiez ses droits.") from error


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """What the disk refuses, in words."""
    try:
        yield
    except OSError as error:
        raise EncoderError(
            f"L'encodeur ne peut être écrit dans {folder} ({error}). "
            "Vérifiez les droits et la place libre (100 Mo), ou changez MAILLAGE_DATA_DIR."
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / _LOCK_FILE, timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise BusyError(f"Un autre processus construit l'encodeur dans {folder}. Attendez, puis réessayez.") from error


def _write_model(folder: Path) -> None:
    """The model, then its manifest: a stop between the two leaves a model to rebuild, never a wrong one."""
    from indexer.embeddings.e5_graph import build_graph  # onnx takes 0.3 s to import, and is needed only here

    weights = Weights(weights_path())
    graph, words = build_graph(weights, WORDS_FILE)
    checksums = {}
    for name, content in ((WORDS_FILE, words), (MODEL_FILE, graph)):
        _replace(folder / name, partial(_write, content=content))
        checksums[name] = _written(zlib.crc32(content))
    manifest = Manifest(ENCODER_NAME, checksums, checksum(weights.path))
    text = json.dumps(asdict(manifest), indent=2) + "\n"
    _replace(folder / MANIFEST_FILE, lambda part: part.write_text(text, encoding="utf-8"))


def _write(part: Path, content: bytes) -> None:
    part.write_bytes(content)


def _replace(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside, flushes to the disk, then renames; nothing is left behind on failure."""
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        _flush(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sum_file(path: Path) -> str:
    """CRC-32 of a file, in hexadecimal: it tells a damaged file. Who could forge one could write the manifest as well.

    Read at each start: 45 ms of processor for the model, where SHA-256 took 280.
    """
    crc = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            crc = zlib.crc32(block, crc)
    return _written(crc)


def _written(crc: int) -> str:
    return f"{crc:08x}"
