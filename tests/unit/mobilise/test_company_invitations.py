"""Invitations: one a month at most, peace that lasts, addresses that are sealed and then erased."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from indexer.errors import ExpiredLinkError, NotFoundError
from indexer.mobilise.model import Contacts, MobiliseError, Outcome
from indexer.mobilise.tables import companies
from tests.support.mobilising import CAMILLE, MobiliseWorld, company, siret
from tests.support.small_feeds import bring, offer, structure


def outcome(world: MobiliseWorld, number: int = 1) -> Outcome:
    return world.all.company(siret(number))[0].outcome


def immersion(number: int, company_siret: str) -> list[object]:
    told = {"entreprise": "Restaurant", "siret": company_siret}
    return [structure(), offer(number, type_offre="immersion", metiers=("G1602",), immersion=told)]


def test_a_company_is_invited_by_one_mail_that_offers_peace(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    [mail] = world.mails()
    assert mail.to == "accueil1@restaurant.exemple.fr"
    assert mail.kind == "invitation"
    assert mail.stop_url is not None
    assert mail.stop_url in mail.text
    assert outcome(world) is Outcome.INVITED


def test_no_second_invitation_leaves_within_30_days(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    world.clock.move(days=29)
    with pytest.raises(MobiliseError, match="01/04/2026"):
        world.invite()
    assert len(world.mails()) == 1


def test_a_second_invitation_leaves_after_30_days(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    world.clock.move(days=30)
    world.invite()
    assert len(world.mails()) == 2


def test_two_companies_of_one_address_get_one_invitation(world: MobiliseWorld) -> None:
    world.all.bring([company(1, mail="siege@chaine.exemple.fr"), company(2, mail="Siege@chaine.exemple.fr")])
    world.invite(1)
    with pytest.raises(MobiliseError, match="déjà partie"):
        world.invite(2)
    assert len(world.mails()) == 1


def test_one_click_gives_peace_to_all_companies_of_the_address(world: MobiliseWorld) -> None:
    world.all.bring([company(1, mail="siege@chaine.exemple.fr"), company(2, mail="siege@chaine.exemple.fr")])
    world.invite(1)
    assert world.all.stop(next(world.tokens())) == "Restaurant 1"
    assert [outcome(world, 1), outcome(world, 2)] == [Outcome.STOPPED, Outcome.STOPPED]
    assert world.all.company(siret(2))[1] == Contacts(None, None)


def test_peace_outlives_another_list(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    world.all.stop(next(world.tokens()))
    world.all.bring([company()])
    assert outcome(world) is Outcome.STOPPED
    assert world.all.company(siret(1))[1] == Contacts(None, None)


def test_a_new_company_of_an_address_at_peace_is_not_invited(world: MobiliseWorld) -> None:
    world.all.bring([company(1, mail="siege@chaine.exemple.fr")])
    world.invite(1)
    world.all.stop(next(world.tokens()))
    world.all.bring([company(2, mail="siege@chaine.exemple.fr")])
    world.clock.move(days=60)
    with pytest.raises(MobiliseError, match="autre entreprise"):
        world.invite(2)


def test_nobody_takes_back_the_peace_that_a_company_asked_for(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    world.all.stop(next(world.tokens()))
    with pytest.raises(MobiliseError, match="elle-même"):
        world.all.note(CAMILLE, siret(1), Outcome.TO_CALL)


def test_a_link_works_twice_and_from_an_old_mail(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.invite()
    world.clock.move(days=31)
    world.invite()
    _, oldest = world.tokens()
    for _ in range(2):
        world.all.stop(oldest)
    assert outcome(world) is Outcome.STOPPED


@pytest.mark.parametrize("token", ["", "x" * 43, "é", "a" * 5000])
def test_a_guessed_link_changes_nothing(world: MobiliseWorld, token: str) -> None:
    world.all.bring([company()])
    with pytest.raises(ExpiredLinkError):
        world.all.stop(token)
    assert outcome(world) is Outcome.TO_CALL


def test_a_company_without_mail_is_to_be_called(world: MobiliseWorld) -> None:
    world.all.bring([company(mail=None)])
    with pytest.raises(MobiliseError, match="appelez"):
        world.invite()


def test_an_unknown_company_is_not_found(world: MobiliseWorld) -> None:
    with pytest.raises(NotFoundError):
        world.invite()


def test_an_immersion_of_its_siret_marks_a_company(world: MobiliseWorld) -> None:
    world.all.bring([company(1), company(2)])
    bring(world.catalogue, immersion(1, siret(1)))  # type: ignore[arg-type]
    assert [outcome(world, 1), outcome(world, 2)] == [Outcome.PUBLISHED, Outcome.TO_CALL]


def test_an_immersion_that_is_gone_unmarks_it(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    bring(world.catalogue, immersion(1, siret(1)))  # type: ignore[arg-type]
    assert outcome(world) is Outcome.PUBLISHED
    bring(world.catalogue, immersion(2, siret(2)), accept_loss=True)  # type: ignore[arg-type]
    assert outcome(world) is Outcome.TO_CALL


def test_what_came_of_a_company_outlives_another_list(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    world.all.note(CAMILLE, siret(1), Outcome.REFUSED)
    told = world.all.bring([company(1, name="Nouveau nom"), company(2)])
    found, _ = world.all.company(siret(1))
    assert (told.new, told.known) == (1, 1)
    assert (found.name, found.outcome, found.noted_by) == ("Nouveau nom", Outcome.REFUSED, "Camille R.")


def test_published_is_not_noted_by_hand(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    with pytest.raises(MobiliseError):
        world.all.note(CAMILLE, siret(1), Outcome.PUBLISHED)


def test_phones_and_mails_are_sealed_and_erased_after_a_year(world: MobiliseWorld) -> None:
    world.all.bring([company()])
    with world.catalogue.database.reading() as connection:
        row = connection.execute(select(companies)).one()
    assert "restaurant.exemple" not in str(row)
    assert "0384" not in str(row).replace("+33", "0")
    assert world.all.forget_old(world.clock() + timedelta(days=364)) == 0
    assert world.all.forget_old(world.clock() + timedelta(days=366)) == 1
    assert world.all.company(siret(1))[1] == Contacts(None, None)
