"""The life of a publication, on both databases, with a real index: drafts, confirmation, shown, hidden, gone."""

import pytest

from indexer.errors import ExpiredLinkError, ImportHeldError
from indexer.publish.errors import PublicationError, StateError
from indexer.publish.moderation import Decision
from indexer.publish.reading import Step
from indexer.publish.states import State
from indexer.schema import Kind, Statut
from tests.support.clocks import MovedClock
from tests.support.publications import BAKERY, CAMILLE, IMMERSION, MAIL, WORKSHOP, PublishWorld
from tests.support.small_feeds import bring, offer, structure

NAME = "Immersion : Boulanger / Boulangère chez Boulangerie du Lion"


def test_a_publication_is_found_only_once_confirmed_and_accepted(world: PublishWorld) -> None:
    publication, _ = world.confirmed()
    assert publication.state is State.TO_MODERATE
    assert world.total_found() == 0
    world.decide(publication, Decision.ACCEPT)
    assert world.total_found() == 1
    assert "Boulangerie du Lion" in world.found()[0]


def test_the_offer_says_what_was_written_and_hides_the_mail_address(world: PublishWorld) -> None:
    publication, _ = world.published()
    stored = world.catalogue.get_offer(publication.offer_id or "")
    assert stored is not None
    assert stored.structure is not None
    assert (stored.offer.metiers, stored.offer.code_insee, stored.offer.courriel) == (("D1102",), "90010", None)
    assert stored.offer.immersion is not None
    assert (stored.offer.immersion.siret, stored.offer.immersion.capacite) == (BAKERY, 2)
    assert stored.structure.siret == BAKERY
    assert stored.provenance.flux == "publications"
    assert stored.provenance.licence is not None


def test_what_was_typed_is_kept_though_it_is_wrong(world: PublishWorld) -> None:
    token = world.written(siret="123", nom="Ma boulangerie")
    assert dict(world.all.open(token).answers)["siret"] == ("123",)
    with pytest.raises(PublicationError) as refused:
        world.all.submit(token)
    assert set(refused.value.errors) == {"siret"}


def test_a_paused_publication_is_found_no_more_and_comes_back(world: PublishWorld) -> None:
    publication, token = world.published()
    world.managing.pause(token, None)
    assert world.total_found() == 0
    stored = world.catalogue.get_offer(publication.offer_id or "")
    assert stored is not None
    assert stored.statut is Statut.SUSPENDUE
    world.managing.resume(token)
    assert world.total_found() == 1


def test_a_withdrawn_publication_is_gone_with_its_structure(world: PublishWorld) -> None:
    publication, token = world.published()
    world.managing.close(token)
    assert world.total_found() == 0
    stored = world.catalogue.get_offer(publication.offer_id or "")
    holder = world.catalogue.get_structure(publication.structure_id or "")
    assert stored is not None
    assert holder is not None
    assert (stored.statut, holder.statut) == (Statut.RETIREE, Statut.RETIREE)
    with pytest.raises(StateError):
        world.managing.resume(token)


def test_a_structure_stays_while_another_publication_is_of_it(world: PublishWorld) -> None:
    first, token = world.published()
    world.published(courriel="autre@boulangerie.exemple.fr", taches="Une autre découverte, à la vente cette fois-ci.")
    world.managing.close(token)
    holder = world.catalogue.get_structure(first.structure_id or "")
    assert holder is not None
    assert holder.statut is Statut.PUBLIEE
    assert world.total_found() == 1


def test_a_change_stays_out_of_the_catalogue_until_it_is_accepted(world: PublishWorld) -> None:
    publication, token = world.published()
    world.all.save(token, Step.WHO, {**IMMERSION[Step.WHO], "nom": ["Boulangerie Neuve"]})
    changed = world.all.submit(token)
    assert changed.state is State.TO_MODERATE
    assert world.found() == [NAME]
    world.decide(changed, Decision.ACCEPT)
    assert world.found() == ["Immersion : Boulanger / Boulangère chez Boulangerie Neuve"]
    assert world.again(publication).state is State.PUBLISHED


def test_a_change_that_waits_is_not_shown_by_a_pause_and_a_return(world: PublishWorld) -> None:
    _, token = world.published()
    world.all.save(token, Step.WHO, {**IMMERSION[Step.WHO], "nom": ["Pas relu"]})
    world.managing.pause(token, None)
    world.managing.resume(token)
    assert world.found() == [NAME]


def test_a_corrected_siret_moves_the_offer_to_another_structure(world: PublishWorld) -> None:
    before, token = world.published()
    world.all.save(token, Step.WHO, {**IMMERSION[Step.WHO], "siret": ["73282932000074"]})
    world.decide(world.all.submit(token), Decision.ACCEPT)
    gone = world.catalogue.get_structure(before.structure_id or "")
    assert gone is not None
    assert gone.statut is Statut.RETIREE
    assert world.total_found() == 1


def test_an_import_leaves_publications_alone_and_cannot_bear_their_name(world: PublishWorld) -> None:
    world.published()
    bring(world.catalogue, [structure(), offer()], "partenaire")
    assert world.total_found() == 1
    with pytest.raises(ImportHeldError, match="publications"):
        bring(world.catalogue, [structure()], "publications")


def test_a_workshop_keeps_its_sessions_and_its_seats(world: PublishWorld) -> None:
    publication, token = world.published(WORKSHOP)
    offer = world.managing.shown_offer(publication)
    assert offer is not None
    start = offer.sessions[0].debut.isoformat()
    assert (offer.sessions[0].places, offer.sessions[0].places_restantes) == (8, 8)
    world.managing.set_seats(token, start, 3)
    shown = world.managing.shown_offer(publication)
    assert shown is not None
    assert shown.sessions[0].places_restantes == 3
    with pytest.raises(PublicationError):
        world.managing.set_seats(token, start, 9)


def test_seats_that_were_counted_survive_a_change_of_the_text(world: PublishWorld) -> None:
    publication, token = world.published(WORKSHOP)
    offer = world.managing.shown_offer(publication)
    assert offer is not None
    world.managing.set_seats(token, offer.sessions[0].debut.isoformat(), 0)
    kept = world.all.open(token).answers["seance_restantes"]
    world.all.save(token, Step.WHAT, {**WORKSHOP[Step.WHAT], "titre": ["Internet, suite"], "seance_restantes": kept})
    world.decide(world.all.submit(token), Decision.ACCEPT)
    shown = world.managing.shown_offer(publication)
    assert shown is not None
    assert shown.sessions[0].places_restantes == 0


def test_a_session_that_passed_while_it_waited_does_not_stop_the_moderator(
    world: PublishWorld, clock: MovedClock
) -> None:
    publication, _ = world.confirmed(WORKSHOP)
    clock.move(days=40)
    world.decide(publication, Decision.ACCEPT)
    assert world.again(publication).state is State.PUBLISHED


def test_the_history_names_who_decided(world: PublishWorld) -> None:
    publication, _ = world.published()
    events = world.moderation.case(publication.id).events
    assert [(event.who, event.what) for event in events][-1] == (CAMILLE.name, "acceptee")


def test_each_change_leaves_a_revision(world: PublishWorld) -> None:
    publication, token = world.published()
    world.managing.close(token)
    changes = [r.change.value for r in world.catalogue.history(Kind.OFFER, publication.offer_id or "")]
    assert sorted(changes) == ["created", "retired"]


def test_a_link_to_confirm_serves_once(world: PublishWorld) -> None:
    token = world.sent()
    world.all.confirm(token)
    with pytest.raises(ExpiredLinkError):
        world.all.confirm(token)


def test_mails_go_to_the_publisher_alone(world: PublishWorld) -> None:
    world.published()
    assert {to for to, _ in world.mails()} == {MAIL}
    assert [subject for _, subject in world.mails()] == [
        "Confirmez votre publication",
        "Votre publication est confirmée",
        "Votre publication est en ligne",
    ]
