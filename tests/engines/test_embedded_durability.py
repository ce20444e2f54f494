"""The embedded engine is intact after `kill -9` at any instant, and says what it can no longer write."""

import os
import random
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.engines.base import SearchQuery
from indexer.engines.embedded import EmbeddedEngine
from indexer.engines.embedded.versions import SCHEMA
from indexer.errors import EngineError
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, TODAY, Oracle, make_document

ROOT = Path(__file__).parents[2]
ANYTHING = SearchQuery(today=TODAY, size=100)

WRITER = """
import random, sys
from pathlib import Path
from indexer.engines.embedded import EmbeddedEngine
from tests.engines.worlds import DIMENSIONS, make_document

rng = random.Random(int(sys.argv[2]))
engine = EmbeddedEngine(Path(sys.argv[1]), dimensions=DIMENSIONS)
step = 0
while True:
    step += 1
    if step % 40 == 0:
        version = engine.start_version("test/1")
        print("build", flush=True)
        kept = [engine.get(f"kept--{i}") for i in range(20)] + [engine.get(l.strip()) for l in open(sys.argv[3])]
        engine.add_documents(version, {d.id: d for d in kept if d is not None}.values())
        engine.finish_version(version)
        engine.activate(version)
        print("built", flush=True)
    else:
        name = f"s{sys.argv[2]}--{step}"
        engine.upsert([make_document(rng, name)])
        with open(sys.argv[3], "a") as acknowledged:
            acknowledged.write(name + "\\n")
        print(name, flush=True)
"""


def test_no_acknowledged_change_is_lost_when_the_writer_is_killed_at_any_instant(tmp_path: Path) -> None:
    index, acknowledged = tmp_path / "index", tmp_path / "acknowledged.txt"
    acknowledged.touch()
    rng = random.Random(9)
    engine = EmbeddedEngine(index, dimensions=DIMENSIONS)
    build(engine, Oracle({f"kept--{i}": make_document(rng, f"kept--{i}") for i in range(20)}))
    for life in range(12):
        command = [sys.executable, "-c", WRITER, str(index), str(life), str(acknowledged)]
        writer = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        for _ in range(rng.randint(1, 90)):
            assert writer.stdout.readline(), "the writer ended by itself"
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        said = set(acknowledged.read_text().split())
        reopened = EmbeddedEngine(index, dimensions=DIMENSIONS)
        for reader in (engine, reopened):
            assert reader.health().ready
            lost = [i for i in said | {f"kept--{k}" for k in range(20)} if reader.get(i) is None]
            assert lost == []
        assert reopened.search(ANYTHING).total == engine.search(ANYTHING).total
    assert len(said) > 100


def test_a_torn_last_frame_is_ignored_then_cut_off(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS)
    rng = random.Random(1)
    version = build(engine, Oracle())
    engine.upsert([make_document(rng, "a--1")])
    log = tmp_path / version / "live.log"
    whole = log.read_bytes()
    for cut in range(1, len(whole), 11):
        log.write_bytes(whole + whole[:cut])
        assert EmbeddedEngine(tmp_path, dimensions=DIMENSIONS).get("a--1") is not None
    EmbeddedEngine(tmp_path, dimensions=DIMENSIONS).upsert([make_document(rng, "a--2")])
    reader = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS)
    assert reader.get("a--1") is not None
    assert reader.get("a--2") is not None


def test_changes_without_their_commit_are_not_seen_then_cut_off(tmp_path: Path) -> None:
    engine, rng = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS), random.Random(1)
    version = build(engine, Oracle())
    log = tmp_path / version / "live.log"
    engine.upsert([make_document(rng, "a--1"), make_document(rng, "a--2")])
    commit = 8 + 1  # the frame of the last commit
    log.write_bytes(log.read_bytes()[:-commit])
    reader = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS)
    assert reader.get("a--1") is None
    EmbeddedEngine(tmp_path, dimensions=DIMENSIONS).upsert([make_document(rng, "a--3")])
    assert [i for i in ("a--1", "a--2", "a--3") if reader.get(i) is not None] == ["a--3"]


def test_another_process_sees_a_change_at_its_next_search(tmp_path: Path) -> None:
    writer, reader = (EmbeddedEngine(tmp_path, dimensions=DIMENSIONS) for _ in range(2))
    build(writer, Oracle())
    assert reader.get("a--1") is None
    writer.upsert([make_document(random.Random(1), "a--1")])
    assert reader.get("a--1") is not None
    build(writer, Oracle())
    assert reader.get("a--1") is None


def limit_file_size() -> None:
    """As a full disk does: the write itself fails."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


FULL_DISK = """
import random, sys
from pathlib import Path
from indexer.engines.embedded import EmbeddedEngine
from indexer.errors import EngineError
from tests.engines.worlds import DIMENSIONS, make_document

rng = random.Random(5)
engine = EmbeddedEngine(Path(sys.argv[1]), dimensions=DIMENSIONS)
documents = [make_document(rng, f"new--{i}") for i in range(500)]
try:
    engine.upsert(documents)
except EngineError as error:
    print(error)
version = engine.start_version("t")
try:
    engine.add_documents(version, documents)
except EngineError as error:
    print(error)
    engine.discard_version(version)
    engine.discard_version(engine.start_version("t"))
    print("construction abandonnée")
"""


def test_a_full_disk_is_said_and_the_live_index_stays_whole(tmp_path: Path) -> None:
    rng = random.Random(2)
    engine = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS)
    build(engine, Oracle({f"a--{i}": make_document(rng, f"a--{i}") for i in range(10)}))
    before = engine.search(ANYTHING).total
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, preexec_fn=limit_file_size, check=True)
    assert run.stdout.count("Vérifiez la place sur le disque") == 2
    assert run.stdout.count("construction abandonnée") == 1
    assert list(tmp_path.glob("*.building")) == []
    assert EmbeddedEngine(tmp_path, dimensions=DIMENSIONS).search(ANYTHING).total == before
    engine.upsert([make_document(rng, "a--later")])
    assert engine.get("a--later") is not None


def test_an_index_of_another_schema_is_refused_with_what_to_run(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path, dimensions=DIMENSIONS)
    version = build(engine, Oracle())
    manifest = tmp_path / version / "version.json"
    manifest.write_text(manifest.read_text().replace(f'"schema":{SCHEMA}', '"schema":99'))
    with pytest.raises(EngineError, match="maillage reindex"):
        EmbeddedEngine(tmp_path, dimensions=DIMENSIONS).search(ANYTHING)
