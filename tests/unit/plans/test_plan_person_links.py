"""The person's own link: what it opens, what it lets them do, and how it ends."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from indexer.errors import ExpiredLinkError
from indexer.plans.errors import PlanError, StaleLine
from indexer.plans.model import Fields, Line
from tests.support.plans import CAMILLE, PlansWorld


@pytest.fixture
def token(world: PlansWorld) -> str:
    return world.plans.make_link(CAMILLE, world.dossier_id)


@pytest.fixture
def line(world: PlansWorld) -> Line:
    return world.plans.add(CAMILLE, world.dossier_id, [Fields("Refaire le CV")])[0]


def test_a_link_opens_its_own_plan(world: PlansWorld, token: str, line: Line) -> None:
    assert world.plans.person.open(token).lines == (line,)


def test_a_link_has_256_bits_of_which_only_the_hash_is_kept(world: PlansWorld, token: str) -> None:
    assert len(token) == 43
    with world.catalogue.database.reading() as connection:
        assert token not in str(connection.execute(text("SELECT * FROM plan_links")).all())


@pytest.mark.parametrize("altered", ["", "x", "x" * 43, "x" * 5_000, "é\0"])
def test_a_guessed_link_opens_nothing(world: PlansWorld, token: str, altered: str) -> None:
    with pytest.raises(ExpiredLinkError, match="plus valable"):
        world.plans.person.open(altered)


def test_a_link_ends_after_90_days(world: PlansWorld, token: str) -> None:
    state = world.plans.link_of(CAMILLE, world.dossier_id)
    assert state is not None
    assert state.expires_at - state.made_at == timedelta(days=90)
    world.clock.forward(days=90)
    assert world.plans.link_of(CAMILLE, world.dossier_id) is None
    with pytest.raises(ExpiredLinkError):
        world.plans.person.open(token)


def test_a_new_link_takes_the_place_of_the_old_one(world: PlansWorld, token: str) -> None:
    fresh = world.plans.make_link(CAMILLE, world.dossier_id)
    assert world.plans.person.open(fresh).dossier_id == world.dossier_id
    with pytest.raises(ExpiredLinkError):
        world.plans.person.open(token)


def test_a_link_taken_back_opens_nothing(world: PlansWorld, token: str) -> None:
    world.plans.revoke_link(CAMILLE, world.dossier_id)
    with pytest.raises(ExpiredLinkError):
        world.plans.person.open(token)


def test_what_the_person_does_is_told_as_theirs(world: PlansWorld, token: str, line: Line) -> None:
    person = world.plans.person
    person.set_state(token, line.id, 1, "fait")
    person.comment(token, line.id, 2, "C’était long.")
    person.say_how_it_was(token, line.id, 3, "moyen", "Loin de chez moi.")
    person.propose(token, "Aller à la piscine", "Le mardi")
    done, proposed = world.plans.of(CAMILLE, world.dossier_id).lines
    assert (done.fields.etat, done.fields.commentaire, done.fields.avis) == ("fait", "C’était long.", "moyen")
    assert proposed.fields.commentaire == "Le mardi"
    told = [one for one in world.plans.history(CAMILLE, world.dossier_id) if one.author.kind == "personne"]
    assert {one.author.name for one in told} == {"La personne"}
    assert [one.champ for one in told] == ["ajout", "avis_mots", "avis", "commentaire", "etat"]


def test_a_refusal_says_why(world: PlansWorld, token: str, line: Line) -> None:
    refused = world.plans.person.set_state(token, line.id, 1, "abandonne", "C’est trop loin.")
    assert (refused.fields.etat, refused.fields.raison) == ("abandonne", "C’est trop loin.")


def test_a_tick_goes_beside_what_a_professional_changed_meanwhile(world: PlansWorld, token: str, line: Line) -> None:
    world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, note="Avec une photo"))
    done = world.plans.person.set_state(token, line.id, 1, "fait")
    assert (done.fields.etat, done.fields.note) == ("fait", "Avec une photo")


def test_a_tick_against_another_state_given_meanwhile_is_told(world: PlansWorld, token: str, line: Line) -> None:
    world.plans.change(CAMILLE, world.dossier_id, line.id, 1, replace(line.fields, etat="abandonne", raison="Fermé"))
    with pytest.raises(StaleLine):
        world.plans.person.set_state(token, line.id, 1, "fait")


def test_a_link_in_wrong_hands_does_not_fill_a_plan(world: PlansWorld, token: str) -> None:
    for number in range(10):
        world.plans.person.propose(token, f"Étape {number}")
    with pytest.raises(PlanError, match="référent"):
        world.plans.person.propose(token, "Une de trop")
