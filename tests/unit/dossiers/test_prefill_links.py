"""A person answers by a link; the référent accepts field by field."""

import pytest
from sqlalchemy import text

from indexer.dossiers import Dossiers, NotFound, RefusedAnswers
from indexer.dossiers.prefills import LIVES, Prefills
from indexer.errors import ExpiredLinkError
from tests.support.clocks import MovedClock
from tests.support.dossiers import CLAIRE, LEA, open_file

RENT = "besoin:logement-hebergement--reduire-les-impayes-de-loyer"


def test_what_the_person_says_is_proposed_beside_the_file_and_accepted_field_by_field(dossiers: Dossiers) -> None:
    made, prefills = open_file(dossiers, age="31", permis="oui"), Prefills(dossiers)
    token = prefills.make(CLAIRE, made.id)
    prefills.answer(token, {"age": "32", "permis": "oui", RENT: "besoin", "envies": "le bois"})
    (prefill,) = prefills.of(CLAIRE, made.id)
    assert prefill.proposals == {"age": "32", RENT: "besoin", "envies": "le bois"}
    assert dossiers.get(CLAIRE, made.id).answers == made.answers
    saved = prefills.settle(CLAIRE, made.id, prefill.key, {"envies", RENT}, made.version)
    assert saved.dossier.answers == {"age": "31", "permis": "oui", RENT: "besoin", "envies": "le bois"}
    assert prefills.of(CLAIRE, made.id) == []


def test_the_link_shows_only_what_was_answered_by_it(dossiers: Dossiers) -> None:
    made, prefills = open_file(dossiers, note="ce que dit le référent"), Prefills(dossiers)
    token = prefills.make(CLAIRE, made.id)
    assert prefills.read(token) == {}
    prefills.answer(token, {"age": "32", "nom": "quelqu’un"})
    assert prefills.read(token) == {"age": "32"}


@pytest.mark.parametrize("end", ["old", "revoked", "replaced", "settled", "altered", "file deleted"])
def test_a_link_that_ended_serves_no_more(dossiers: Dossiers, clock: MovedClock, end: str) -> None:
    made, prefills = open_file(dossiers), Prefills(dossiers)
    token = prefills.make(CLAIRE, made.id)
    prefills.answer(token, {"age": "32"})
    match end:
        case "old":
            clock.move(days=LIVES.days)
        case "revoked":
            prefills.revoke(CLAIRE, made.id)
        case "replaced":
            prefills.make(CLAIRE, made.id)
        case "settled":
            prefills.settle(CLAIRE, made.id, prefills.of(CLAIRE, made.id)[0].key, (), 1)
        case "altered":
            token = token[:-1] + ("a" if token[-1] != "a" else "b")
        case "file deleted":
            dossiers.delete(CLAIRE, made.id)
    with pytest.raises(ExpiredLinkError):
        prefills.read(token)
    with pytest.raises(ExpiredLinkError):
        prefills.answer(token, {"age": "33"})


def test_another_organisation_neither_makes_nor_reads_nor_settles(dossiers: Dossiers) -> None:
    made, prefills = open_file(dossiers), Prefills(dossiers)
    prefills.answer(prefills.make(CLAIRE, made.id), {"age": "32"})
    key = prefills.of(CLAIRE, made.id)[0].key
    other = open_file(dossiers, LEA)
    for forbidden in (
        lambda: prefills.make(LEA, made.id),
        lambda: prefills.of(LEA, made.id),
        lambda: prefills.revoke(LEA, made.id),
        lambda: prefills.settle(LEA, made.id, key, {"age"}, 1),
        lambda: prefills.settle(LEA, other.id, key, {"age"}, 1),
    ):
        with pytest.raises(NotFound):
            forbidden()


def test_the_token_and_the_answers_are_not_in_the_database(dossiers: Dossiers) -> None:
    made, prefills = open_file(dossiers), Prefills(dossiers)
    token = prefills.make(CLAIRE, made.id)
    prefills.answer(token, {"note": "du retard de loyer"})
    with dossiers.database.reading() as connection:
        (row,) = connection.execute(text("SELECT token_hash, reponses FROM dossier_links"))
    assert token not in row.token_hash
    assert "loyer" not in row.reponses


def test_a_national_number_is_refused_from_the_person_too(dossiers: Dossiers) -> None:
    made, prefills = open_file(dossiers), Prefills(dossiers)
    token = prefills.make(CLAIRE, made.id)
    with pytest.raises(RefusedAnswers, match="sécurité sociale"):
        prefills.answer(token, {"note": "2 84 05 75 056 123 74"})
