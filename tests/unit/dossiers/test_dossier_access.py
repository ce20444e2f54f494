"""Who may open a file: its organisation's référents, those it is shared with, nobody else."""

import pytest
from sqlalchemy import text

from indexer.accounts import Actor, Role
from indexer.dossiers import Dossiers, NotFound, RefusedAnswers
from indexer.dossiers.model import Statut
from tests.support.clocks import MovedClock
from tests.support.dossiers import CLAIRE, KARIM, LEA, open_file, somebody

NOBODYS = [
    LEA,
    somebody("admin", "mission-locale", Role.ADMINISTRATEUR),
    somebody("coord", "ccas", Role.COORDINATEUR),
    somebody("sans", ""),
]


def test_a_colleague_opens_the_file_that_a_referent_opened(dossiers: Dossiers) -> None:
    made = open_file(dossiers, age="31", code_commune="90010")
    assert dossiers.get(KARIM, made.id).answers == {"age": "31", "code_commune": "90010"}


@pytest.mark.parametrize("actor", NOBODYS, ids=lambda actor: actor.user_id)
def test_others_are_told_that_no_such_file_exists(dossiers: Dossiers, actor: Actor) -> None:
    made = open_file(dossiers)
    with pytest.raises(NotFound):
        dossiers.get(actor, made.id)
    assert list(dossiers.iter_for(actor)) == []


@pytest.mark.parametrize("actor", [NOBODYS[1], NOBODYS[3]], ids=lambda actor: actor.user_id)
def test_only_a_referent_of_an_organisation_opens_a_new_file(dossiers: Dossiers, actor: Actor) -> None:
    with pytest.raises(NotFound):
        open_file(dossiers, actor)


def test_the_list_has_the_last_changed_first_and_leaves_closed_ones_out(dossiers: Dossiers, clock: MovedClock) -> None:
    first = open_file(dossiers, nom="A.")
    clock.move(hours=1)
    second = open_file(dossiers, nom="B.")
    closed = open_file(dossiers, nom="C.")
    dossiers.set_statut(KARIM, closed.id, Statut.CLOS)
    assert [dossier.id for dossier in dossiers.iter_for(CLAIRE)] == [second.id, first.id]
    assert [dossier.nom for dossier in dossiers.iter_for(CLAIRE, Statut.CLOS)] == ["C."]


def test_nothing_that_was_said_can_be_read_in_the_database(dossiers: Dossiers) -> None:
    open_file(dossiers, nom="Zoé", note="retard de loyer", age="31")
    with dossiers.database.reading() as connection:
        (row,) = connection.execute(text("SELECT nom, reponses FROM dossiers"))
    assert not any(word in value for value in row for word in ("Zoé", "loyer", "31"))


def test_deleting_takes_what_hangs_on_the_file_and_calls_the_other_packages(dossiers: Dossiers) -> None:
    told: list[str] = []
    dossiers.also_forget(lambda connection, dossier_id: told.append(dossier_id))
    made = open_file(dossiers)
    dossiers.delete(CLAIRE, made.id)
    assert told == [made.id]
    with pytest.raises(NotFound):
        dossiers.get(CLAIRE, made.id)


def test_another_organisation_deletes_nothing(dossiers: Dossiers) -> None:
    made = open_file(dossiers)
    with pytest.raises(NotFound):
        dossiers.delete(LEA, made.id)
    assert dossiers.get(CLAIRE, made.id) == made


def test_a_file_without_a_name_is_refused(dossiers: Dossiers) -> None:
    with pytest.raises(RefusedAnswers, match="initiales"):
        open_file(dossiers, nom="  ")
