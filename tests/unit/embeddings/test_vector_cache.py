import sqlite3
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from indexer.embeddings.vector_cache import VectorCache
from indexer.errors import EncoderError


def keys(count: int, start: int = 0) -> list[bytes]:
    return [i.to_bytes(32, "big") for i in range(start, start + count)]


def vectors(count: int, start: int = 0) -> dict[bytes, np.ndarray]:
    return {key: np.full(4, i, np.float32) for i, key in enumerate(keys(count, start), start)}


def put_apart(path: Path, start: int) -> None:
    """What another process does."""
    with VectorCache(path) as cache:
        for first in range(start, start + 200, 20):
            cache.put_many("e", vectors(20, first))


def test_what_was_put_is_found_by_another_opening(tmp_path: Path):
    with VectorCache(tmp_path / "v.sqlite") as cache:
        cache.put_many("e", vectors(2000))
    with VectorCache(tmp_path / "v.sqlite") as cache:
        found = cache.get_many("e", 4, keys(2001))
    assert found.keys() == set(keys(2000))
    assert found[keys(2000)[-1]].tolist() == [1999.0] * 4


def test_each_encoder_has_its_own_vectors(tmp_path: Path):
    with VectorCache(tmp_path / "v.sqlite") as cache:
        cache.put_many("e", vectors(3))
        assert cache.get_many("other", 4, keys(3)) == {}
        assert (cache.count("e"), cache.count("other")) == (3, 0)


def test_a_vector_of_another_size_is_not_found(tmp_path: Path):
    with VectorCache(tmp_path / "v.sqlite") as cache:
        cache.put_many("e", vectors(1))
        assert cache.get_many("e", 8, keys(1)) == {}


def test_putting_again_replaces(tmp_path: Path):
    with VectorCache(tmp_path / "v.sqlite") as cache:
        cache.put_many("e", {b"k": np.zeros(4, np.float32)})
        cache.put_many("e", {b"k": np.ones(4, np.float32)})
        assert cache.get_many("e", 4, [b"k"])[b"k"].tolist() == [1.0] * 4


def test_several_processes_write_at_once(tmp_path: Path):
    path = tmp_path / "v.sqlite"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        list(pool.map(put_apart, [path] * 3, [0, 200, 400]))
    with VectorCache(path) as cache:
        assert cache.get_many("e", 4, keys(601)).keys() == set(keys(600))


@pytest.mark.parametrize("content", [b"not a database, but long enough to look like one" * 100, b"SQLite format 3\x00"])
def test_a_broken_file_is_set_aside_with_a_warning(tmp_path: Path, content: bytes):
    path = tmp_path / "v.sqlite"
    path.write_bytes(content)
    with capture_logs() as told, VectorCache(path) as cache:
        cache.put_many("e", vectors(1))
        assert cache.count("e") == 1
    (aside,) = tmp_path.glob("v.sqlite.abime-*")
    assert aside.read_bytes() == content
    assert [(line["log_level"], line["fichier"]) for line in told] == [("warning", str(aside))]


def test_a_file_that_breaks_in_use_is_set_aside(tmp_path: Path):
    path = tmp_path / "v.sqlite"
    with VectorCache(path) as cache:
        cache.put_many("e", vectors(500))
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\x5a" * (len(content) - 8192))
    with VectorCache(path) as cache:
        assert cache.get_many("e", 4, keys(500)) == {}
        cache.put_many("e", vectors(1))
        assert cache.count("e") == 1
    assert len(list(tmp_path.glob("v.sqlite.abime-*"))) == 1


def test_a_new_file_begun_by_another_process_is_not_set_aside(tmp_path: Path):
    path = tmp_path / "v.sqlite"
    with VectorCache(path) as ours:
        ours.put_many("e", vectors(1))
        path.rename(tmp_path / "moved")
        with VectorCache(path) as theirs:
            theirs.put_many("e", vectors(5))
        broken = sqlite3.DatabaseError("malformed")
        broken.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        ours._start_again(broken)
        assert ours.count("e") == 5
    assert list(tmp_path.glob("v.sqlite.abime-*")) == []


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path):
    (tmp_path / "v.sqlite").mkdir()
    with pytest.raises(EncoderError, match="place libre"):
        VectorCache(tmp_path / "v.sqlite")
    assert (tmp_path / "v.sqlite").is_dir()
