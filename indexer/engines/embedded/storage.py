"""A segment on disk: one memory-mapped file a column, and a description that names them all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from indexer.engines.base import Document
from indexer.engines.embedded.columns import CodedColumn, Ragged
from indexer.engines.embedded.geo import Group
from indexer.engines.embedded.identifiers import Identifiers
from indexer.engines.embedded.postings import Postings
from indexer.engines.embedded.segment import Segment, SegmentBuilder
from indexer.engines.embedded.vectors import Vectors
from indexer.engines.shared import quantise

DESCRIPTION = "segment.json"
_PLAIN = (
    "latitude", "longitude", "on_site", "remote", "valid_from", "valid_until", "quality", "changed", "fold",
    "structure", "age_min", "age_max", "spans",
)  # fmt: skip
_CHUNK = 8_192  # vectors reordered at a time: 12 MB


class SegmentWriter:
    """Writes a segment into a folder, document by document."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._folder, self._dimensions = folder, dimensions
        self._documents = (folder / "documents.bin").open("wb")
        self._vectors = (folder / "vectors.tmp").open("wb")
        self._builder = SegmentBuilder(dimensions, self._documents, self._vectors)

    def add(self, document: Document) -> None:
        self._builder.add(document)

    def finish(self) -> int:
        """Writes the columns; everything is on disk when this returns. The number of documents."""
        for file in (self._documents, self._vectors):
            file.flush()
            os.fsync(file.fileno())
            file.close()
        count = len(self._builder.ids)
        order, _ = self._builder.sort()
        _reorder_vectors(self._folder, order, count, self._dimensions)
        segment = self._builder.build(_documents(self._folder), _load_vectors(self._folder))
        _save(segment, self._folder)
        return count

    def abandon(self) -> None:
        """Closes without a complaint: what is still buffered cannot be written on a full disk, and is not wanted."""
        for file in (self._documents, self._vectors):
            with suppress(OSError):
                file.close()


def load_segment(folder: Path) -> Segment:
    """Opens a segment; columns are read from the file as they are used."""
    description = orjson.loads((folder / DESCRIPTION).read_bytes())
    read = _Reader(folder)
    plain: dict[str, Any] = {name: read(name) for name in _PLAIN}
    return Segment(
        **plain,
        groups=tuple(
            Group(g["region"], g["departement"], g["start"], g["stop"], g["first_band"], np.array(g["band_starts"]))
            for g in description["groups"]
        ),
        identifiers=Identifiers(*(read(f"id_{part}") for part in ("blob", "starts", "rank", "by_rank"))),
        slot_days=Ragged(read("slot_offsets"), read("slot_days")),
        slot_starts=Ragged(read("slot_offsets"), read("slot_starts")),
        slot_full=Ragged(read("slot_offsets"), read("slot_full")),
        names=Ragged(read("name_offsets"), read("name_codes")),
        zone=_load_coded(read, "zone", description),
        predicted=_load_coded(read, "predicted", description),
        faint=_load_coded(read, "faint", description),
        coded={field: _load_coded(read, field, description) for field in description["coded"]},
        postings=Postings(
            tuple((folder / "terms.txt").read_text("utf-8").split("\n")) if description["terms"] else (),
            *(read(f"posting_{part}") for part in ("starts", "rows", "weights")),
        ),
        vectors=_load_vectors(folder),
        documents=_documents(folder),
    )


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def replacing(path: Path) -> Iterator[Any]:
    """A binary file that takes the place of `path` at once, when all is written and on disk."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    with partial.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def _save(segment: Segment, folder: Path) -> None:
    columns: dict[str, NDArray[Any]] = {name: getattr(segment, name) for name in _PLAIN}
    columns |= {f"id_{part}": getattr(segment.identifiers, part) for part in ("blob", "starts", "rank", "by_rank")}
    columns |= {f"posting_{part}": getattr(segment.postings, part) for part in ("starts", "rows", "weights")}
    columns |= {
        "slot_offsets": segment.slot_days.starts,
        "slot_days": segment.slot_days.values,
        "slot_starts": segment.slot_starts.values,
        "slot_full": segment.slot_full.values,
        "name_offsets": segment.names.starts,
        "name_codes": segment.names.values,
    }
    for name, coded in _coded_of(segment).items():
        columns |= {f"{name}_starts": coded.codes.starts, f"{name}_codes": coded.codes.values}
    for name, column in columns.items():
        with replacing(folder / f"{name}.npy") as file:
            np.save(file, column)
    with replacing(folder / "terms.txt") as file:
        file.write("\n".join(segment.postings.terms).encode())
    with replacing(folder / DESCRIPTION) as file:
        file.write(orjson.dumps(_describe(segment)))


def _coded_of(segment: Segment) -> dict[str, CodedColumn]:
    return {"zone": segment.zone, "predicted": segment.predicted, "faint": segment.faint, **segment.coded}


def _describe(segment: Segment) -> dict[str, Any]:
    return {
        "documents": segment.size,
        "terms": len(segment.postings.terms),
        "coded": list(segment.coded),
        "names": {name: c.names for name, c in _coded_of(segment).items()},
        "groups": [
            {
                "region": g.region,
                "departement": g.departement,
                "start": g.start,
                "stop": g.stop,
                "first_band": g.first_band,
                "band_starts": g.band_starts.tolist(),
            }
            for g in segment.groups
        ],
    }


class _Reader:
    """Columns of a folder, mapped; an empty one cannot be mapped and is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str) -> NDArray[Any]:
        path = self._folder / f"{name}.npy"
        try:
            return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except ValueError:
            return np.asarray(np.load(path, allow_pickle=False))


def _load_coded(read: _Reader, name: str, description: dict[str, Any]) -> CodedColumn:
    return CodedColumn(tuple(description["names"][name]), Ragged(read(f"{name}_starts"), read(f"{name}_codes")))


def _documents(folder: Path) -> NDArray[np.uint8]:
    path = folder / "documents.bin"
    return np.asarray(np.memmap(path, np.uint8, "r")) if path.stat().st_size else np.empty(0, np.uint8)


def _load_vectors(folder: Path) -> Vectors:
    read = _Reader(folder)
    return Vectors(read("vectors"), read("vectors_coarse"), read("vectors_scale"))


def _reorder_vectors(folder: Path, order: NDArray[np.int64], count: int, dimensions: int) -> None:
    """From the order of arrival to the order of rows, a chunk at a time."""
    came = folder / "vectors.tmp"
    source = np.memmap(came, np.float32, "r", shape=(count, dimensions)) if count else np.empty((0, dimensions), "f4")
    scales = [np.empty(0, dtype=np.float32)]
    with replacing(folder / "vectors.npy") as exact, replacing(folder / "vectors_coarse.npy") as coarse:
        _write_header(exact, np.dtype("<f4"), (count, dimensions))
        _write_header(coarse, np.dtype("|i1"), (count, dimensions))
        for start in range(0, count, _CHUNK):
            part = np.asarray(source[order[start : start + _CHUNK]])
            codes, scale = quantise(part)
            exact.write(part.tobytes())
            coarse.write(codes.tobytes())
            scales.append(scale)
    with replacing(folder / "vectors_scale.npy") as file:
        np.save(file, np.concatenate(scales))
    del source
    came.unlink()


def _write_header(file: Any, dtype: np.dtype[Any], shape: tuple[int, ...]) -> None:
    header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
