"""Cosines of a text with many short ones, by hashed features: postings in plain arrays, built and read with NumPy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Keys = NDArray[np.uint32]

SIZES = (3, 4, 5)
"""Of the runs of characters: 2 finds too much, 6 adds nothing."""

_PRIME = 0x01000193  # of FNV-1a


@dataclass(frozen=True)
class Features:
    """`rows[i]` holds `keys[i]`; a key that a row holds twice stands twice."""

    rows: NDArray[np.int64]
    keys: Keys
    size: int


class SparseIndex:
    """TF-IDF with unit rows. A key is a 32-bit hash: two features that share one are two words taken for one."""

    def __init__(self, features: Features) -> None:
        pairs = np.sort((features.keys.astype(np.uint64) << np.uint64(32)) | features.rows.astype(np.uint64))
        pairs = pairs[np.diff(pairs, prepend=np.uint64(0xFFFFFFFFFFFFFFFF)) != 0]  # np.unique takes ten times as long
        rows = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
        keys = (pairs >> np.uint64(32)).astype(np.uint32)
        starts = np.flatnonzero(np.diff(keys.astype(np.int64), prepend=-1))
        self._keys = keys[starts]
        self._starts = np.append(starts, len(pairs))
        held = np.diff(self._starts)
        self._idf = np.log((1 + features.size) / (1 + held)).astype(np.float32) + np.float32(1)
        weights = np.repeat(self._idf, held)
        norms = np.sqrt(np.bincount(rows, weights.astype(np.float64) ** 2, features.size))
        self._weights = (weights / np.maximum(norms[rows], 1e-9)).astype(np.float32)
        self._rows = rows.astype(np.uint16 if features.size <= 1 << 16 else np.int32)
        self._size = features.size

    def cosines(self, keys: Keys) -> Floats:
        """[rows], 0 to 1, of a text's keys. Keys that no row holds count in its length, with the greatest idf."""
        wanted = np.unique(keys)
        if not len(wanted) or not len(self._keys):
            return np.zeros(self._size, np.float32)
        at = np.searchsorted(self._keys, wanted)
        at[at == len(self._keys)] = 0
        known = self._keys[at] == wanted
        found = at[known]
        unknown = float(np.log(1 + self._size)) + 1
        length = np.sqrt(float((self._idf[found] ** 2).sum()) + unknown**2 * int((~known).sum()))
        firsts, ends = self._starts[found], self._starts[found + 1]
        held = [slice(*stretch) for stretch in zip(firsts.tolist(), ends.tolist(), strict=True)]
        if not held:
            return np.zeros(self._size, np.float32)
        worth = np.concatenate([self._weights[stretch] for stretch in held])
        worth *= np.repeat(self._idf[found] / np.float32(length), ends - firsts)
        rows = np.concatenate([self._rows[stretch] for stretch in held])
        return np.bincount(rows, worth, self._size).astype(np.float32)


def word_key(word: str) -> int:
    """32 bits of one word."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def word_keys(words: Iterable[str]) -> Keys:
    """A key a word."""
    return np.array([word_key(word) for word in words], np.uint32)


def gram_keys(text: str) -> Keys:
    """The keys of the runs of characters of one text: those of `gram_features`, all sizes at once."""
    longest, size = max(SIZES), len(text) + 2
    letters = np.zeros(size + longest, np.uint32)
    letters[:size] = np.frombuffer(f" {text} ".encode("utf-32-le", "surrogatepass"), np.uint32)
    keys = np.repeat(np.array(SIZES, np.uint32)[:, None], size, axis=1)
    for offset in range(longest):
        longer = keys[sum(other <= offset for other in SIZES) :]
        longer[:] = _stir(longer, letters[offset : offset + size])
    return np.concatenate([own[: max(size + 1 - of, 0)] for own, of in zip(keys, SIZES, strict=True)])


def gram_features(texts: Sequence[str]) -> Features:
    """Of the runs of characters of many texts, a space before and after each."""
    joined = "".join(f" {text} \n" for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    ends = letters == ord("\n")
    row_of = np.cumsum(ends, dtype=np.int32) - ends
    found = [_runs(letters, row_of, size) for size in SIZES]
    return Features(np.concatenate([r for r, _ in found]), np.concatenate([k for _, k in found]), len(texts))


def _runs(letters: Keys, row_of: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], Keys]:
    """The rows and keys of the runs of one size; none goes over the end of a text."""
    count = max(len(letters) - size, 0)
    keys = np.full(count, size, np.uint32)
    for offset in range(size):
        keys = _stir(keys, letters[offset : offset + count])
    inside = row_of[:count] == row_of[size : size + count]
    return row_of[:count][inside], keys[inside]


def _stir(keys: Keys, letters: Keys) -> Keys:
    """The keys of runs that are one letter longer."""
    longer: Keys = (keys ^ letters) * np.uint32(_PRIME)
    longer ^= longer >> np.uint32(15)
    return longer
