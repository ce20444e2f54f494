"""Moderation: decisions, two moderators at once, trust, and what is never shown."""

import pytest

from indexer.errors import NotFoundError
from indexer.publish.errors import AlreadyDecidedError, PublicationError
from indexer.publish.links import Purpose
from indexer.publish.moderation import Decision
from indexer.publish.reading import Step
from indexer.publish.states import State
from tests.support.publications import CAMILLE, IMMERSION, NOE, OTHER_COMPANY, WORKSHOP, PublishWorld

WHY = "Dites plutôt ce que la personne découvrira."


def test_the_second_of_two_moderators_is_told_and_changes_nothing(world: PublishWorld) -> None:
    publication, _ = world.confirmed()
    world.decide(publication, Decision.ACCEPT, by=CAMILLE)
    with pytest.raises(AlreadyDecidedError, match="Camille R"):
        world.decide(publication, Decision.REFUSE, WHY, by=NOE)
    assert world.again(publication).state is State.PUBLISHED
    assert world.total_found() == 1


def test_a_text_that_changed_under_the_moderator_s_eyes_must_be_read_again(world: PublishWorld) -> None:
    publication, token = world.confirmed()
    world.all.save(token, Step.WHO, {**IMMERSION[Step.WHO], "nom": ["Autre nom"]})
    with pytest.raises(AlreadyDecidedError):
        world.decide(publication, Decision.ACCEPT)
    assert world.total_found() == 0


def test_a_refusal_needs_a_reason_and_mails_it(world: PublishWorld) -> None:
    publication, _ = world.confirmed()
    with pytest.raises(PublicationError):
        world.decide(publication, Decision.REFUSE, "non")
    world.decide(publication, Decision.REFUSE, WHY)
    mail = world.outbox.recent(1)[0].mail
    assert mail is not None
    assert WHY in mail.text
    assert world.again(publication).reason == WHY


def test_a_refused_change_takes_the_old_offer_out_too(world: PublishWorld) -> None:
    _, token = world.published()
    world.all.save(
        token, Step.WHAT, {**IMMERSION[Step.WHAT], "taches": ["Renfort pour la saison, non rémunéré bien sûr."]}
    )
    world.decide(world.all.submit(token), Decision.REFUSE, WHY)
    assert world.total_found() == 0


def test_a_correction_comes_back_to_the_queue(world: PublishWorld) -> None:
    publication, token = world.confirmed()
    world.decide(publication, Decision.CHANGE, WHY)
    assert world.moderation.queue() == []
    world.all.save(token, Step.WHO, {**IMMERSION[Step.WHO], "nom": ["Nom corrigé"]})
    world.all.submit(token)
    assert [p.id for p in world.moderation.queue()] == [publication.id]


def test_nobody_reads_what_was_not_sent(world: PublishWorld) -> None:
    draft = world.all.open(world.written())
    sent = world.all.peek(world.sent(courriel="b@exemple.fr"), Purpose.CONFIRM)
    assert world.moderation.queue() == []
    for hidden in (draft, sent):
        with pytest.raises(NotFoundError):
            world.moderation.case(hidden.id)


def test_a_trusted_publisher_passes_at_once(world: PublishWorld) -> None:
    publication, _ = world.published()
    world.moderation.trust(CAMILLE, publication.id, trusted=True)
    second, _ = world.confirmed()
    assert second.state is State.PUBLISHED
    assert world.total_found() == 2


def test_trust_is_not_given_to_whoever_types_the_siret(world: PublishWorld) -> None:
    publication, _ = world.published()
    world.moderation.trust(CAMILLE, publication.id, trusted=True)
    other, _ = world.confirmed(courriel="inconnu@exemple.fr")
    assert other.state is State.TO_MODERATE
    elsewhere, _ = world.confirmed(siret=OTHER_COMPANY)
    assert elsewhere.state is State.TO_MODERATE


def test_trust_can_be_taken_back(world: PublishWorld) -> None:
    publication, _ = world.published()
    world.moderation.trust(CAMILLE, publication.id, trusted=True)
    world.moderation.trust(CAMILLE, publication.id, trusted=False)
    assert world.confirmed()[0].state is State.TO_MODERATE


def test_a_workshop_without_siret_cannot_be_trusted(world: PublishWorld) -> None:
    publication, _ = world.published(WORKSHOP)
    with pytest.raises(PublicationError):
        world.moderation.trust(CAMILLE, publication.id, trusted=True)


def test_doubles_are_told(world: PublishWorld) -> None:
    world.published()
    second, _ = world.confirmed()
    told = {check.code: check for check in world.moderation.case(second.id).checks}
    assert told["doublons"].level == "a-voir"
    assert "Boulangerie du Lion" in told["doublons"].detail
