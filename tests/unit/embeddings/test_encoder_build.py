"""Writing the model: here it is a few bytes, so that each test writes its own."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.embeddings import build, e5_graph
from indexer.embeddings.build import (
    MANIFEST_FILE,
    MODEL_FILE,
    WORDS_FILE,
    ModelState,
    ensure_model,
    load_manifest,
    model_state,
)
from indexer.errors import EncoderError


class SmallGraph:
    """Counts how often it is written."""

    def __init__(self) -> None:
        self.written = 0

    def __call__(self, weights: object, words_file: str) -> tuple[bytes, bytes]:
        self.written += 1
        return b"a small graph", b"its words"


@pytest.fixture
def graph(monkeypatch: pytest.MonkeyPatch) -> SmallGraph:
    small = SmallGraph()
    monkeypatch.setattr(e5_graph, "build_graph", small)
    return small


def test_a_new_folder_has_no_model(tmp_path: Path):
    assert model_state(tmp_path / "encoder") is ModelState.ABSENT


def test_the_model_is_written_once(tmp_path: Path, graph: SmallGraph):
    first, second = ensure_model(tmp_path / "encoder"), ensure_model(tmp_path / "encoder")
    assert first == second
    assert first.read_bytes() == b"a small graph"
    assert graph.written == 1


def test_force_writes_it_again(tmp_path: Path, graph: SmallGraph):
    ensure_model(tmp_path)
    ensure_model(tmp_path, force=True)
    assert graph.written == 2


def test_the_manifest_names_the_encoder(tmp_path: Path, graph: SmallGraph):
    ensure_model(tmp_path)
    manifest = load_manifest(tmp_path)
    assert manifest is not None
    assert (manifest.name, set(manifest.checksums)) == (build.ENCODER_NAME, {MODEL_FILE, WORDS_FILE})


@pytest.mark.parametrize("content", [b"", b"a small", b"a sm\x00ll graph", b"something else altogether"])
def test_a_cut_or_foreign_model_is_written_again(tmp_path: Path, graph: SmallGraph, content: bytes):
    ensure_model(tmp_path)
    (tmp_path / MODEL_FILE).write_bytes(content)
    assert model_state(tmp_path) is ModelState.TO_REBUILD
    assert ensure_model(tmp_path).read_bytes() == b"a small graph"
    assert model_state(tmp_path) is ModelState.READY


@pytest.mark.parametrize("content", [b"", b"its wo", b"other words"])
def test_a_model_with_other_words_is_written_again(tmp_path: Path, graph: SmallGraph, content: bytes):
    ensure_model(tmp_path)
    (tmp_path / WORDS_FILE).write_bytes(content)
    assert model_state(tmp_path) is ModelState.TO_REBUILD
    ensure_model(tmp_path)
    assert (tmp_path / WORDS_FILE).read_bytes() == b"its words"


def test_a_model_whose_words_are_gone_is_written_again(tmp_path: Path, graph: SmallGraph):
    ensure_model(tmp_path)
    (tmp_path / WORDS_FILE).unlink()
    ensure_model(tmp_path)
    assert model_state(tmp_path) is ModelState.READY


def test_a_model_in_one_file_as_before_is_written_again(tmp_path: Path, graph: SmallGraph):
    ensure_model(tmp_path)
    (tmp_path / WORDS_FILE).unlink()
    before = {"name": build.ENCODER_NAME, "size": 13, "checksum": "0" * 64, "weights_checksum": "0" * 64}
    (tmp_path / MANIFEST_FILE).write_text(json.dumps(before))
    assert model_state(tmp_path) is ModelState.TO_REBUILD


WRONG_MANIFESTS = [
    b"", b"{", b"[]", b'{"name": "other"}', b"\xff", b'{"name": "a", "checksums": [], "weights_checksum": ""}',
    b'{"name": "a", "checksums": {"/etc/passwd": ""}, "weights_checksum": ""}',
]  # fmt: skip


@pytest.mark.parametrize("content", WRONG_MANIFESTS)
def test_a_wrong_manifest_has_the_model_written_again(tmp_path: Path, graph: SmallGraph, content: bytes):
    ensure_model(tmp_path)
    (tmp_path / MANIFEST_FILE).write_bytes(content)
    ensure_model(tmp_path)
    assert graph.written == 2


def test_a_model_of_another_version_is_written_again(
    tmp_path: Path, graph: SmallGraph, monkeypatch: pytest.MonkeyPatch
):
    ensure_model(tmp_path)
    monkeypatch.setattr(build, "ENCODER_NAME", "multilingual-e5-small/onnx-int8/next")
    assert model_state(tmp_path) is ModelState.TO_REBUILD


def test_two_at_once_write_it_once(tmp_path: Path, graph: SmallGraph):
    with ThreadPoolExecutor(4) as pool:
        paths = list(pool.map(ensure_model, [tmp_path / "encoder"] * 4))
    assert set(paths) == {tmp_path / "encoder" / MODEL_FILE}
    assert graph.written == 1


def test_a_failed_write_keeps_the_model_before_and_leaves_nothing(
    tmp_path: Path, graph: SmallGraph, monkeypatch: pytest.MonkeyPatch
):
    ensure_model(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())

    def full_disk(path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(build, "_flush", full_disk)
    with pytest.raises(EncoderError, match="place libre"):
        ensure_model(tmp_path, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert model_state(tmp_path) is ModelState.READY


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(EncoderError, match="MAILLAGE_DATA_DIR"):
        ensure_model(tmp_path / "file" / "encoder")
