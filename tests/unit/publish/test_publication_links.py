"""Magic links: altered, used, expired, someone else's; contacts; a change of address on both sides."""

import pytest

from indexer.errors import ExpiredLinkError
from indexer.publish.errors import PublicationError
from indexer.publish.states import State
from tests.support.clocks import MovedClock
from tests.support.publications import MAIL, PublishWorld

OTHER = "sami@boulangerie.exemple.fr"


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: t + "A", lambda t: t.swapcase(), lambda _: ""])
def test_an_altered_link_opens_nothing(world: PublishWorld, spoil: object) -> None:
    _, token = world.published()
    assert callable(spoil)
    with pytest.raises(ExpiredLinkError):
        world.managing.open(spoil(token))


def test_a_link_to_confirm_expires_and_a_new_one_can_be_asked(world: PublishWorld, clock: MovedClock) -> None:
    draft = world.written()
    world.all.submit(draft)
    late = world.link_of("/publier/confirmer/")
    clock.move(days=4)
    with pytest.raises(ExpiredLinkError):
        world.all.confirm(late)
    world.all.submit(draft)
    assert world.all.confirm(world.link_of("/publier/confirmer/"))[0].state is State.TO_MODERATE


def test_a_link_serves_its_own_purpose_alone(world: PublishWorld) -> None:
    confirm = world.sent()
    with pytest.raises(ExpiredLinkError):
        world.managing.open(confirm)
    _, manage = world.all.confirm(confirm)
    with pytest.raises(ExpiredLinkError):
        world.all.confirm(manage)


def test_the_draft_s_link_dies_with_the_confirmation(world: PublishWorld) -> None:
    draft = world.written()
    world.all.submit(draft)
    world.all.confirm(world.link_of("/publier/confirmer/"))
    with pytest.raises(ExpiredLinkError):
        world.all.open(draft)


def test_a_link_touches_its_own_publication_alone(world: PublishWorld) -> None:
    first, _ = world.published()
    _, token = world.published(courriel=OTHER)
    contact = world.all.contacts(first.id)[0]
    world.contacts.remove(token, contact.id)
    world.managing.close(token)
    assert [c.id for c in world.all.contacts(first.id)] == [contact.id]
    assert world.again(first).state is State.PUBLISHED


def test_lost_links_come_again_by_mail_and_an_unknown_address_learns_nothing(world: PublishWorld) -> None:
    publication, _ = world.published()
    before = len(world.mails())
    world.contacts.renew("personne@exemple.fr")
    assert len(world.mails()) == before
    world.contacts.renew(MAIL.upper())
    assert world.managing.open(world.link_of("/ma-publication/")).id == publication.id


def test_links_on_demand_do_not_flood_a_mailbox(world: PublishWorld) -> None:
    world.published()
    for _ in range(30):
        world.contacts.renew(MAIL)
    assert len(world.mails()) <= 15


def test_a_contact_counts_once_its_address_said_yes(world: PublishWorld) -> None:
    publication, token = world.published()
    world.contacts.add(token, OTHER)
    assert [c.confirmed for c in world.all.contacts(publication.id)] == [True, False]
    world.contacts.join(world.link_of("/publier/contact/", OTHER))
    assert [c.confirmed for c in world.all.contacts(publication.id)] == [True, True]
    world.contacts.renew(OTHER)
    assert world.managing.open(world.link_of("/ma-publication/", OTHER)).id == publication.id


def test_a_removed_contact_s_links_are_dead(world: PublishWorld) -> None:
    publication, token = world.published()
    world.contacts.add(token, OTHER)
    world.contacts.join(world.link_of("/publier/contact/", OTHER))
    world.contacts.renew(OTHER)
    theirs = world.link_of("/ma-publication/", OTHER)
    world.contacts.remove(token, world.all.contacts(publication.id)[1].id)
    with pytest.raises(ExpiredLinkError):
        world.managing.open(theirs)


def test_an_address_changes_once_both_sides_agree_and_old_links_die(world: PublishWorld) -> None:
    publication, token = world.published()
    world.contacts.ask_change(token, OTHER)
    assert world.contacts.confirm_change(world.link_of("/publier/adresse/", OTHER)) is False
    assert world.all.contacts(publication.id)[0].mail == MAIL
    assert world.contacts.confirm_change(world.link_of("/publier/adresse/", MAIL)) is True
    assert world.all.contacts(publication.id)[0].mail == OTHER
    with pytest.raises(ExpiredLinkError):
        world.managing.open(token)
    assert world.managing.open(world.link_of("/ma-publication/", OTHER)).id == publication.id


def test_one_side_that_clicks_twice_does_not_stand_for_the_other(world: PublishWorld) -> None:
    publication, token = world.published()
    world.contacts.ask_change(token, OTHER)
    mine = world.link_of("/publier/adresse/", OTHER)
    world.contacts.confirm_change(mine)
    with pytest.raises(ExpiredLinkError):
        world.contacts.confirm_change(mine)
    assert world.all.contacts(publication.id)[0].mail == MAIL


@pytest.mark.parametrize(
    "mail", ["a@exemple.fr\nBcc: b@exemple.fr", "deux@exemple.fr, trois@exemple.fr", "", "x" * 300]
)
def test_only_one_whole_address_is_ever_written_to(world: PublishWorld, mail: str) -> None:
    _, token = world.published()
    before = len(world.mails())
    for ask in (
        world.contacts.renew,
        lambda m: world.contacts.add(token, m),
        lambda m: world.contacts.ask_change(token, m),
    ):
        with pytest.raises(PublicationError):
            ask(mail)
    assert len(world.mails()) == before
