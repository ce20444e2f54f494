"""Leases and jobs: once at a time, never blocked by the dead, and told as they are."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from indexer.catalogue import Catalogue
from indexer.catalogue.holder import STALE_AFTER, Holder, build_holder, is_dead, parse_holder
from indexer.catalogue.jobs import KEPT
from indexer.catalogue.work import HEARTBEAT
from indexer.errors import BusyError, GateError

START = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def turn_clock(catalogue: Catalogue) -> Callable[[timedelta], None]:
    """Sets the catalogue's clock at START, and turns it when called."""
    catalogue.clock = lambda: START

    def turn(by: timedelta) -> None:
        now = catalogue.clock() + by
        catalogue.clock = lambda: now

    return turn


def _leave_lease(catalogue: Catalogue, holder: Holder) -> None:
    with catalogue.database.writing() as connection:
        connection.execute(
            text("INSERT INTO leases (name, holder, started_at, heartbeat_at) VALUES ('import', :holder, :at, :at)"),
            {"holder": str(holder), "at": START.replace(tzinfo=None)},
        )


def _gone_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def test_a_job_is_told_while_it_runs_and_when_it_ends(catalogue: Catalogue) -> None:
    with catalogue.doing("reindex", "reindex") as work:
        work.tell("3 offres sur 4", 0.75)
        running = catalogue.jobs()[0]
    ended = catalogue.jobs()[0]
    assert (running.nom, running.etat, running.avancement, running.message) == (
        "reindex",
        "en-cours",
        0.75,
        "3 offres sur 4",
    )
    assert (ended.etat, ended.avancement) == ("fini", 1.0)
    assert ended.as_dict().keys() == {"nom", "etat", "avancement", "depuis", "message"}


def test_a_failed_job_tells_its_error_and_frees_its_lease(catalogue: Catalogue) -> None:
    with pytest.raises(GateError), catalogue.doing("reindex", "reindex"):
        raise GateError("Trop peu d'offres.")
    assert (catalogue.jobs()[0].etat, catalogue.jobs()[0].message) == ("echoue", "Trop peu d'offres.")
    with catalogue.doing("reindex", "reindex"):
        assert catalogue.jobs()[0].etat == "en-cours"


def test_different_work_runs_at_once(catalogue: Catalogue) -> None:
    with catalogue.doing("reindex", "reindex"), catalogue.doing("import", "import"):
        assert [job.etat for job in catalogue.jobs()] == ["en-cours", "en-cours"]


def test_the_same_work_is_refused_and_says_since_when(catalogue: Catalogue, turn_clock: object) -> None:
    with catalogue.doing("import", "import"), pytest.raises(BusyError) as busy, catalogue.doing("import", "import"):
        pass
    assert "depuis le 04/05/2026 à 12:00 UTC" in str(busy.value)


@pytest.mark.usefixtures("turn_clock")
def test_the_lease_of_a_process_that_is_gone_is_taken_over_at_once(catalogue: Catalogue) -> None:
    _leave_lease(catalogue, replace(build_holder(), pid=_gone_process(), started="1"))
    with catalogue.doing("import", "import"):
        assert catalogue.jobs()[0].etat == "en-cours"


def test_the_lease_of_another_host_holds_until_it_is_silent_for_long(
    catalogue: Catalogue, turn_clock: Callable[[timedelta], None]
) -> None:
    _leave_lease(catalogue, replace(build_holder(), host="ailleurs"))
    turn_clock(STALE_AFTER)
    with pytest.raises(BusyError, match="sur ailleurs"), catalogue.doing("import", "import"):
        pass
    turn_clock(timedelta(seconds=1))
    with catalogue.doing("import", "import"):
        assert catalogue.jobs()[0].etat == "en-cours"


def test_a_heartbeat_keeps_the_lease(catalogue: Catalogue, turn_clock: Callable[[timedelta], None]) -> None:
    now = [START]
    catalogue.clock = lambda: now[0]
    with catalogue.doing("import", "import") as work:
        now[0] += STALE_AFTER
        work.beat("encore là")
        now[0] += timedelta(minutes=1)
        with pytest.raises(BusyError), catalogue.doing("import", "import"):
            pass


def test_heartbeats_are_written_now_and_then_only(catalogue: Catalogue) -> None:
    now = [START]
    catalogue.clock = lambda: now[0]
    with catalogue.doing("import", "import") as work:
        work.beat("trop tôt")
        assert catalogue.jobs()[0].message == ""
        now[0] += HEARTBEAT
        work.beat("à l'heure")
        assert catalogue.jobs()[0].message == "à l'heure"


def test_the_job_of_a_silent_process_is_told_as_failed(
    catalogue: Catalogue, turn_clock: Callable[[timedelta], None]
) -> None:
    with catalogue.doing("import", "import"):
        turn_clock(STALE_AFTER + timedelta(seconds=1))
        job = catalogue.jobs()[0]
    assert (job.etat, job.message) == ("echoue", "Le travail s'est arrêté sans finir. Relancez-le.")


def test_old_jobs_are_forgotten(catalogue: Catalogue) -> None:
    for number in range(KEPT + 5):
        with catalogue.doing("essai", f"essai {number}"):
            pass
    names = [job.nom for job in catalogue.jobs(limit=1000)]
    assert len(names) == KEPT + 1
    assert names[0] == f"essai {KEPT + 4}"


def test_a_killed_process_is_dead_before_its_parent_collects_it() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        holder = replace(build_holder(), pid=process.pid, started="")
        assert not is_dead(holder, START, START)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert is_dead(holder, START, START)


def test_a_pid_used_again_by_another_process_is_not_the_holder() -> None:
    me = build_holder()
    assert not is_dead(me, START, START)
    assert is_dead(replace(me, started="1"), START, START)
    assert parse_holder(str(me)) == me
