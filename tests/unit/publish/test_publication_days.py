"""What time does to publications, day after day."""

import pytest

from indexer.errors import ExpiredLinkError
from indexer.publish.daily import ask_if_true, erase_over, wake_up
from indexer.publish.errors import PublicationError
from indexer.publish.managing import parse_until
from indexer.publish.publication import Publication
from indexer.publish.states import State
from tests.support.clocks import MovedClock
from tests.support.publications import PublishWorld


def run_days(world: PublishWorld, days: int) -> list[int]:
    """How many publications each day's duty touched."""
    done = []
    for _ in range(days):
        world.clock.move(days=1)
        done.append(ask_if_true(world.all, world.clock()))
    return done


def questions(world: PublishWorld) -> int:
    return sum("toujours d’actualité" in subject for _, subject in world.mails())


def test_nothing_is_asked_for_half_a_year_then_twice_then_it_sleeps(world: PublishWorld) -> None:
    publication, _ = world.published()
    assert sum(run_days(world, 180)) == 0
    run_days(world, 40)
    assert questions(world) == 2
    assert world.again(publication).state is State.ASLEEP
    assert world.total_found() == 0


def test_one_click_keeps_it_awake_for_half_a_year(world: PublishWorld, clock: MovedClock) -> None:
    publication, _ = world.published()
    clock.move(days=190)
    ask_if_true(world.all, clock())
    world.managing.still_true(world.link_of("/ma-publication/"))
    assert sum(run_days(world, 180)) == 0
    assert world.again(publication).state is State.PUBLISHED


def test_one_click_wakes_what_sleeps(world: PublishWorld) -> None:
    publication, _ = world.published()
    run_days(world, 230)
    assert world.again(publication).state is State.ASLEEP
    world.managing.still_true(world.link_of("/ma-publication/"))
    assert world.again(publication).state is State.PUBLISHED
    assert world.total_found() == 1


def test_the_same_duty_twice_a_day_asks_once(world: PublishWorld, clock: MovedClock) -> None:
    world.published()
    clock.move(days=190)
    assert [ask_if_true(world.all, clock()) for _ in range(3)] == [1, 0, 0]
    assert questions(world) == 1


def test_a_pause_ends_on_its_day(world: PublishWorld, clock: MovedClock) -> None:
    publication, token = world.published()
    world.managing.pause(token, parse_until("2026-03-10"))
    clock.move(days=7)
    assert wake_up(world.all, clock()) == 0
    clock.move(days=1)
    assert wake_up(world.all, clock()) == 1
    assert world.again(publication).state is State.PUBLISHED
    assert world.total_found() == 1


def test_a_pause_until_a_day_that_is_past_is_refused(world: PublishWorld) -> None:
    _, token = world.published()
    with pytest.raises(PublicationError):
        world.managing.pause(token, parse_until("2026-03-01"))


def test_a_draft_is_forgotten_after_a_month(world: PublishWorld, clock: MovedClock) -> None:
    token = world.written()
    clock.move(days=29)
    assert erase_over(world.all, clock()) == 0
    clock.move(days=2)
    assert erase_over(world.all, clock()) == 1
    with pytest.raises(ExpiredLinkError):
        world.all.open(token)


def test_what_was_withdrawn_is_erased_after_a_year_and_what_lives_is_not(
    world: PublishWorld, clock: MovedClock
) -> None:
    gone, token = world.published()
    kept, _ = world.published()
    world.managing.close(token)
    clock.move(days=366)
    assert erase_over(world.all, clock()) == 1
    assert world.again(kept).state is State.PUBLISHED
    assert _find(world, gone) is None


def _find(world: PublishWorld, publication: Publication) -> Publication | None:
    with world.catalogue.database.reading() as connection:
        return world.all.store.find(connection, publication.id)
