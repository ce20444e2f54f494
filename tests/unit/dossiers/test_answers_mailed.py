"""Who asked partners for ideas is told by mail that one answered."""

import pytest

from indexer.accounts import Accounts, Actor, Role
from indexer.accounts.users import NewUser
from indexer.dossiers import Dossiers, NotFound
from indexer.dossiers.letters import AnswerLetters
from indexer.dossiers.situations import Situations
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.dossiers import open_file

SITUATION, IDEA = "Un jeune père, sans logement.", "Un foyer a une place."


class Partners:
    """Claire asks about a file of hers; Léa is of a partner."""

    def __init__(self, dossiers: Dossiers, clock: MovedClock) -> None:
        assert isinstance(dossiers.sealer, Sealer)
        self.accounts = Accounts(dossiers.database, dossiers.sealer, clock)
        self.outbox = Outbox(dossiers.database, dossiers.sealer, clock, "https://m.example")
        dossiers.also_tell_answers(AnswerLetters(self.outbox).tell)
        self.claire, self.lea = self._add("claire", "ML"), self._add("lea", "CCAS")
        self.file_id = open_file(dossiers, self.claire, nom="Mimosa").id
        self.situations = Situations(dossiers)
        self.asked = self.situations.ask(self.claire, self.file_id, SITUATION)

    def _add(self, name: str, organisation: str) -> Actor:
        home = self.accounts.add_organisation(organisation, partner=True)
        user = self.accounts.add_user(NewUser(f"{name}@exemple.fr", name.title(), Role.REFERENT, home.id))
        return Actor(user.id, user.name, user.role, home.id, home.name)

    def mails(self) -> list[Mail]:
        return [entry.mail for entry in reversed(self.outbox.recent()) if entry.mail is not None]


@pytest.fixture
def partners(dossiers: Dossiers, clock: MovedClock) -> Partners:
    return Partners(dossiers, clock)


def test_each_answer_is_one_mail_to_who_asked_that_says_nothing_of_it(partners: Partners) -> None:
    for _ in range(2):
        partners.situations.answer(partners.lea, partners.asked, IDEA)
    mails = partners.mails()
    assert [mail.to for mail in mails] == ["claire@exemple.fr"] * 2
    assert f"https://m.example/espace/personnes/{partners.file_id}/partenaires" in mails[0].text
    told = mails[0].subject + mails[0].text + (mails[0].html or "")
    assert [secret for secret in ("Mimosa", SITUATION, IDEA, "Léa", "CCAS") if secret in told] == []


def test_an_answer_that_is_refused_is_told_to_nobody(partners: Partners) -> None:
    stranger = Actor("inconnu", "Noé", Role.REFERENT, "ailleurs", "Ailleurs")
    with pytest.raises(NotFound):
        partners.situations.answer(stranger, partners.asked, IDEA)
    assert partners.mails() == []


def test_once_the_asker_left_an_answer_goes_to_nobody_rather_than_to_a_closed_account(partners: Partners) -> None:
    partners.accounts.disable_user(partners.claire.user_id)
    partners.situations.answer(partners.lea, partners.asked, IDEA)
    assert partners.mails() == []
    told = partners.situations.open_to(partners.lea)
    assert [one.texte for one in told[0].answers] == [IDEA]
