"""Floods: limits count rows of the database, so that a restart or a second process forgets nothing."""

import pytest

from indexer.publish.errors import TooManyError
from indexer.publish.limits import MOST_BY_SENDER, MOST_WAITING
from indexer.publish.states import PublicationKind
from tests.support.clocks import MovedClock
from tests.support.publications import PublishWorld


def test_five_hundred_publications_from_one_address_are_stopped(world: PublishWorld) -> None:
    begun, refused = 0, []
    for _ in range(500):
        try:
            world.all.start(PublicationKind.IMMERSION, "192.0.2.7")
        except TooManyError as error:
            refused.append(error.seconds)
        else:
            begun += 1
    assert begun == MOST_BY_SENDER
    assert {0 < seconds <= 86_400 for seconds in refused} == {True}
    world.all.start(PublicationKind.IMMERSION, "192.0.2.8")


def test_the_next_day_is_another_day(world: PublishWorld, clock: MovedClock) -> None:
    for _ in range(MOST_BY_SENDER):
        world.all.start(PublicationKind.IMMERSION, "192.0.2.7")
    clock.move(hours=25)
    assert world.all.start(PublicationKind.IMMERSION, "192.0.2.7")


def test_nobody_floods_a_mailbox_with_publications_to_confirm(world: PublishWorld) -> None:
    for number in range(MOST_WAITING):
        world.all.submit(world.written(sender=f"192.0.2.{number}"))
    another = world.written(sender="192.0.2.99")
    with pytest.raises(TooManyError):
        world.all.submit(another)
    assert len(world.mails()) == MOST_WAITING
