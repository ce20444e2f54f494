"""Which fixture to pick, and the rules that hold for every test.

- an engine, empty or with a random world: tests/engines/conftest.py;
- the catalogue on both real databases: tests/support/catalogues.py, whose fixtures are everyone's;
- a catalogue, an index and a search over a few invented records: tests/support/indexing.py;
- the real encoder, written once and shared: tests/support/encoder.py;
- a real browser: tests/support/chromium.py.

No test reads the settings of the person who runs it, nor writes to their data folder.
Where CI=true, a skipped test is a failure: only public data that is not there, and what root cannot show, may skip.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.catalogues import (
    bare_url,
    catalogue,
    catalogue_url,
    migrated_postgres,
    postgres_server,
    sqlite_url,
)

__all__ = ["bare_url", "catalogue", "catalogue_url", "migrated_postgres", "postgres_server", "sqlite_url"]

MAY_SKIP_IN_CI = ("real_data", "not_as_root")


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No MAILLAGE_ variable of the shell, and a data folder of the test's own."""
    for name in [name for name in os.environ if name.startswith("MAILLAGE_")]:
        if name != "MAILLAGE_CHROMIUM":
            monkeypatch.delenv(name)
    folder: Path = tmp_path_factory.getbasetemp() / "donnees-par-defaut"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    yield
    assert not (folder / "maillage").exists(), "a test wrote to the default data folder"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Turns a skip into a failure where CI=true."""
    report: pytest.TestReport = yield  # type: ignore[misc]
    allowed = any(item.get_closest_marker(name) for name in MAY_SKIP_IN_CI)
    if report.skipped and not allowed and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"nothing may skip where CI=true: {report.longrepr}"
    return report  # type: ignore[return-value]
