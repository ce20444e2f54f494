"""What is late, who comes this week, who is silent, and the first months of work."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from indexer.plans.errors import PlanError
from indexer.plans.follow import Followed
from indexer.plans.meetings import build_meeting
from indexer.plans.model import Etat, Fields
from tests.support.plans import CAMILLE, NOON, PlansWorld

PARIS = ZoneInfo("Europe/Paris")


def followed(world: PlansWorld) -> Followed:
    return world.plans.followed([world.dossier_id])[world.dossier_id]


@pytest.mark.parametrize(("etat", "late"), [("a-faire", 1), ("en-cours", 1), ("fait", 0), ("abandonne", 0)])
def test_a_step_is_late_the_day_after_its_day_as_long_as_it_is_to_do(world: PlansWorld, etat: Etat, late: int) -> None:
    yesterday = NOON.date() - timedelta(days=1)
    items = [Fields("hier", etat=etat, echeance=yesterday), Fields("ce jour", echeance=NOON.date()), Fields("un jour")]
    world.plans.add(CAMILLE, world.dossier_id, items)
    assert followed(world).late == late
    assert [line.is_late(NOON.date()) for line in world.plans.of(CAMILLE, world.dossier_id).lines] == [
        late == 1, False, False]  # fmt: skip


def test_an_appointment_is_next_until_its_day_is_over_then_late_until_it_is_told_done(world: PlansWorld) -> None:
    at = NOON + timedelta(hours=2)
    world.plans.add_meeting(CAMILLE, world.dossier_id, build_meeting("rendez-vous", at, "Point"))
    assert (followed(world).next, followed(world).late) == (at, 0)
    world.clock.forward(days=1)
    assert (followed(world).next, followed(world).late) == (None, 1)
    [meeting] = world.plans.of(CAMILLE, world.dossier_id).meetings
    world.plans.finish_meeting(CAMILLE, world.dossier_id, meeting.id, "Tout va bien.")
    assert followed(world).late == 0
    [done] = world.plans.of(CAMILLE, world.dossier_id).meetings
    assert (done.done, done.note, done.objet) == (True, "Tout va bien.", "Point")


@pytest.mark.parametrize(("day", "expected"), [(1, False), (2, True), (8, True), (9, False)])
def test_this_week_ends_on_sunday_night(day: int, expected: bool) -> None:
    monday = datetime(2026, 3, 2, 9, tzinfo=PARIS)
    assert Followed(next=datetime(2026, 3, day, 12, tzinfo=PARIS)).is_this_week(monday) is expected


def test_the_week_is_that_of_the_reader_s_own_calendar() -> None:
    sunday_night = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)
    assert not Followed(next=sunday_night).is_this_week(datetime(2026, 3, 2, 9, tzinfo=PARIS))
    assert Followed(next=sunday_night).is_this_week(datetime(2026, 3, 2, 9, tzinfo=UTC))


def test_no_news_is_told_after_30_days_without_any(world: PlansWorld) -> None:
    world.plans.add(CAMILLE, world.dossier_id, [Fields("Le CV")])
    began = NOON - timedelta(days=100)
    assert not followed(world).is_silent(NOON + timedelta(days=29), began)
    assert followed(world).is_silent(NOON + timedelta(days=30), began)
    assert Followed().is_silent(NOON, began)
    assert not Followed().is_silent(NOON, NOON - timedelta(days=3))


def test_a_dossier_without_a_plan_says_nothing(world: PlansWorld) -> None:
    assert world.plans.followed([world.dossier_id]) == {}


def test_a_job_found_is_asked_about_after_one_three_and_six_months(world: PlansWorld) -> None:
    world.plans.found_job(CAMILLE, world.dossier_id, datetime(2026, 3, 31, 9, tzinfo=UTC))
    days = [meeting.at.date() for meeting in world.plans.of(CAMILLE, world.dossier_id).meetings]
    assert days == [date(2026, 4, 30), date(2026, 6, 30), date(2026, 9, 30)]


def test_a_reminder_is_no_appointment(world: PlansWorld) -> None:
    world.plans.found_job(CAMILLE, world.dossier_id, NOON - timedelta(days=28))
    assert (followed(world).next, followed(world).reminder) == (None, NOON)
    at = NOON + timedelta(days=40)
    world.plans.add_meeting(CAMILLE, world.dossier_id, build_meeting("rendez-vous", at, "Point"))
    assert (followed(world).next, followed(world).reminder) == (at, NOON)


def test_a_second_job_takes_the_place_of_the_reminders_to_come(world: PlansWorld) -> None:
    world.plans.found_job(CAMILLE, world.dossier_id, NOON)
    first = world.plans.of(CAMILLE, world.dossier_id).meetings[0]
    world.plans.finish_meeting(CAMILLE, world.dossier_id, first.id, "Ça va.")
    world.plans.found_job(CAMILLE, world.dossier_id, NOON + timedelta(days=100))
    meetings = world.plans.of(CAMILLE, world.dossier_id).meetings
    assert [meeting.done for meeting in meetings] == [True, False, False, False]


def test_an_appointment_that_is_gone_is_told(world: PlansWorld) -> None:
    with pytest.raises(PlanError, match="n’est plus là"):
        world.plans.drop_meeting(CAMILLE, world.dossier_id, "inconnu")


def test_an_appointment_taken_off_is_told_in_the_history(world: PlansWorld) -> None:
    world.plans.add_meeting(CAMILLE, world.dossier_id, build_meeting("rendez-vous", NOON, "Point"))
    [meeting] = world.plans.of(CAMILLE, world.dossier_id).meetings
    world.plans.drop_meeting(CAMILLE, world.dossier_id, meeting.id)
    assert world.plans.of(CAMILLE, world.dossier_id).meetings == ()
    assert [one.champ for one in world.plans.history(CAMILLE, world.dossier_id)] == ["annulation", "rendez-vous"]


def test_each_remembers_their_own_last_look(world: PlansWorld) -> None:
    assert world.plans.last_look(CAMILLE, world.dossier_id) is None
    for _ in range(2):
        world.plans.look(CAMILLE, world.dossier_id)
        world.clock.forward(days=1)
    assert world.plans.last_look(CAMILLE, world.dossier_id) == NOON + timedelta(days=1)
