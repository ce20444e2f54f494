"""`maillage crawl`: from a site to the catalogue."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from indexer.commands import crawl
from indexer.errors import FeedError
from indexer.settings import Settings
from tests.support.crawled_site import serve_site


def write_site(folder: Path, address: str, **change: str) -> Path:
    lines = {"kind": '"schema-org"', "domains": '["127.0.0.1"]', "start": f'["{address}/detail/1"]', "licence": '"LO"',
             "producer": '"ville"', "delay": "1.0", "depth": "1", "follow": '["/detail/1$"]', **change}  # fmt: skip
    path = folder / "essai.toml"
    path.write_text("\n".join(f"{name} = {value}" for name, value in lines.items()))
    return path


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be imported: the import itself has its own tests."""
    calls: list[Any] = []
    monkeypatch.setattr(crawl, "import_and_tell", lambda options, *_: calls.append(options))
    return calls


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path / "donnees"))
    return crawl.load_settings()


def test_a_site_is_crawled_then_imported_as_a_flux_of_its_own(
    tmp_path: Path, settings: Settings, imported: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    with serve_site() as (address, _):
        path = write_site(tmp_path, address)
        crawl.crawl_command([str(path)], contact="essai@example.org", as_json=True)
    (options,) = imported
    assert (options.flux, options.licence, options.format) == ("site-essai", "LO", "recolte")
    assert orjson.loads(capsys.readouterr().out)["lignes"] == 1
    assert Path(options.files[0]).is_relative_to(settings.data_dir)


def test_a_site_that_brings_nothing_is_said_and_imports_nothing(
    tmp_path: Path, settings: Settings, imported: list[Any]
) -> None:
    with serve_site() as (address, _):
        path = write_site(tmp_path, address, start=f'["{address}/absent"]')
        with pytest.raises(FeedError, match="Le catalogue garde ce qu'il avait"):
            crawl.crawl_command([str(path)], contact="essai@example.org")
    assert imported == []


def test_a_site_of_the_deployment_is_known_by_its_name(
    tmp_path: Path, settings: Settings, imported: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    own = settings.own_sources_dir / "sites"
    own.mkdir(parents=True)
    with serve_site() as (address, _):
        write_site(own, address)
        crawl.crawl_command(["essai"], contact="essai@example.org", as_json=True)
    assert [options.flux for options in imported] == ["site-essai"]


def test_an_unknown_site_is_said(settings: Settings, imported: list[Any]) -> None:
    with pytest.raises(FeedError, match="Site inconnu : « inconnu »"):
        crawl.crawl_command(["inconnu"], contact="essai@example.org")
