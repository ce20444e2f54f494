"""`maillage schedule`: which sources it reads and when, and what it does when one cannot be."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.commands.schedule import add_upkeep, app, build_scheduler, find_planned, sync_one
from indexer.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A deployment of three sources: one planned, one without planning, one that is not active."""
    folder = tmp_path / "sources"
    folder.mkdir()
    access = '[acces]\nfichier = "absent.json"\n'
    (folder / "tot.toml").write_text(f'planning = "30 5 * * *"\n{access}')
    (folder / "libre.toml").write_text(access)
    (folder / "arretee.toml").write_text(f'actif = false\nplanning = "30 5 * * *"\n{access}')
    monkeypatch.setenv("MAILLAGE_DATA_DIR", str(tmp_path))
    return Settings(data_dir=tmp_path)


def test_active_sources_with_a_planning_are_scheduled(settings: Settings) -> None:
    planned = find_planned(settings)
    jobs = build_scheduler(settings, planned).get_jobs()
    assert [job.id for job in jobs] == ["tot"]
    assert "hour='5', minute='30'" in str(jobs[0].trigger)


def test_the_next_readings_are_told(settings: Settings) -> None:
    result = CliRunner().invoke(app, ["--montrer"])
    assert result.exit_code == 0
    assert "tot : prochaine lecture le" in result.stdout
    assert "à 05:30" in result.stdout


def test_without_any_planning_it_says_what_to_add_and_keeps_up_all_the_same(settings: Settings) -> None:
    (settings.own_sources_dir / "tot.toml").unlink()
    result = CliRunner().invoke(app, ["--montrer"])
    assert "planning =" in result.stdout
    assert "entretien : chaque nuit à 3 h" in result.stdout


@pytest.mark.parametrize(("smtp_url", "jobs"), [(None, ["upkeep"]), ("smtp://127.0.0.1:1", ["courriels", "upkeep"])])
def test_the_night_has_its_upkeep_and_mails_their_minute(tmp_path: Path, smtp_url: str | None, jobs: list[str]) -> None:
    settings = load_settings(data_dir=tmp_path, smtp_url=smtp_url)
    scheduler = build_scheduler(settings, [])
    add_upkeep(scheduler, settings)
    assert sorted(job.id for job in scheduler.get_jobs()) == jobs


def test_a_source_that_cannot_be_read_stops_nothing(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    sync_one(settings, "tot")
    sync_one(settings, "disparue")
    assert "absent.json" in capsys.readouterr().out
