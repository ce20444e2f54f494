"""Partners are asked for ideas without being told whose situation it is."""

import pytest

from indexer.accounts import Accounts, Actor, Role
from indexer.accounts.users import NewUser
from indexer.dossiers import Dossiers, NotFound, RefusedAnswers
from indexer.dossiers.situations import LIVES, Situations, build_draft
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.dossiers import open_file

RENT = "besoin:logement-hebergement--reduire-les-impayes-de-loyer"


class People:
    """Claire asks; Léa is of a partner, Noé of an organisation that is none."""

    def __init__(self, dossiers: Dossiers, clock: MovedClock) -> None:
        assert isinstance(dossiers.sealer, Sealer)
        self._accounts = Accounts(dossiers.database, dossiers.sealer, clock)
        self.claire, self.lea, self.max = self._add("Claire", True), self._add("Léa", True), self._add("Max", True)
        self.noe = self._add("Noé", False)

    def _add(self, name: str, partner: bool) -> Actor:
        home = self._accounts.add_organisation(f"Maison de {name}", partner=partner)
        user = self._accounts.add_user(NewUser(f"{len(name)}{name[0]}@exemple.fr", name, Role.REFERENT, home.id))
        return Actor(user.id, user.name, user.role, home.id, home.name)


@pytest.fixture
def people(dossiers: Dossiers, clock: MovedClock) -> People:
    return People(dossiers, clock)


def test_partners_read_the_situation_and_answer_and_the_asker_alone_reads_all_answers(
    dossiers: Dossiers, people: People
) -> None:
    made, situations = open_file(dossiers, people.claire), Situations(dossiers)
    asked = situations.ask(people.claire, made.id, "Un jeune père, sans logement, veut cuisiner.")
    situations.answer(people.lea, asked, "Une cuisine-école l’accueille.", "dora--12")
    situations.answer(people.max, asked, "Un foyer a une place.")
    (seen,) = situations.open_to(people.lea)
    assert [one.texte for one in seen.answers] == ["Une cuisine-école l’accueille."]
    told = situations.of(people.claire, made.id)
    assert told is not None
    assert [(one.texte, one.offer_id) for one in told.answers] == [
        ("Une cuisine-école l’accueille.", "dora--12"),
        ("Un foyer a une place.", None),
    ]


def test_only_partners_read_and_answer(dossiers: Dossiers, people: People) -> None:
    made, situations = open_file(dossiers, people.claire), Situations(dossiers)
    asked = situations.ask(people.claire, made.id, "Un jeune père.")
    assert situations.open_to(people.noe) == []
    with pytest.raises(NotFound):
        situations.answer(people.noe, asked, "Bonjour")
    with pytest.raises(NotFound):
        situations.of(people.lea, made.id)


@pytest.mark.parametrize("text", ["M. B. cherche", "appelez m. b.", "06 12 34 56 78", "a@b.fr", "284057505612374", " "])
def test_a_text_that_says_whose_it_is_is_refused(dossiers: Dossiers, people: People, text: str) -> None:
    made = open_file(dossiers, people.claire)
    with pytest.raises(RefusedAnswers):
        Situations(dossiers).ask(people.claire, made.id, text)


def test_the_draft_says_no_exact_age_no_commune_and_no_name(dossiers: Dossiers, people: People) -> None:
    made = open_file(dossiers, people.claire, age="34", code_commune="90010", note="secret", **{RENT: "besoin"})
    draft = build_draft(made)
    assert draft.splitlines() == ["Âge : de 30 à 39 ans", "Département : 90", "Besoins : Payer son loyer"]


def test_a_situation_closes_after_a_month_and_one_file_has_one(
    dossiers: Dossiers, people: People, clock: MovedClock
) -> None:
    made, situations = open_file(dossiers, people.claire), Situations(dossiers)
    situations.ask(people.claire, made.id, "Première")
    asked = situations.ask(people.claire, made.id, "Seconde")
    assert [one.texte for one in situations.open_to(people.lea)] == ["Seconde"]
    clock.move(days=LIVES.days)
    assert situations.open_to(people.lea) == []
    with pytest.raises(NotFound):
        situations.answer(people.lea, asked, "Trop tard")


def test_a_situation_taken_back_or_whose_file_is_deleted_is_gone(dossiers: Dossiers, people: People) -> None:
    made, situations = open_file(dossiers, people.claire), Situations(dossiers)
    situations.ask(people.claire, made.id, "Une")
    situations.end(people.claire, made.id)
    assert situations.open_to(people.lea) == []
    situations.ask(people.claire, made.id, "Deux")
    dossiers.delete(people.claire, made.id)
    assert situations.open_to(people.lea) == []
