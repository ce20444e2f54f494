"""In the first months of work, the référent is told by mail: once a reminder, once a week, nothing of the person."""

from datetime import timedelta

import pytest

from indexer.accounts import Accounts, Actor, Role
from indexer.accounts.users import NewUser
from indexer.dossiers import NewDossier, Statut
from indexer.dossiers.model import Consent
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.plans.reminding import mail_reminders
from tests.support.plans import NOON, PlansWorld


class Reminded:
    """A référent whose person found a job on the first of February: the first reminder is of the first of March."""

    def __init__(self, world: PlansWorld) -> None:
        self.world, database = world, world.catalogue.database
        self.accounts = Accounts(database, world.sealer, world.clock)
        self.outbox = Outbox(database, world.sealer, world.clock, "https://m.example")
        home = self.accounts.add_organisation("CCAS")
        user = self.accounts.add_user(NewUser("camille@ccas.example", "Camille", Role.REFERENT, home.id))
        self.actor = Actor(user.id, user.name, user.role, home.id, home.name)

    def open(self, nom: str = "Mimosa") -> str:
        made = self.world.dossiers.create(self.actor, NewDossier(nom, Consent.ORAL, {}))
        self.world.plans.found_job(self.actor, made.id, NOON - timedelta(days=32))
        return made.id

    def run(self) -> int:
        return mail_reminders(self.world.catalogue.database, self.outbox, self.world.sealer, self.world.clock())

    def mails(self) -> list[Mail]:
        return [entry.mail for entry in reversed(self.outbox.recent()) if entry.mail is not None]


@pytest.fixture
def reminded(world: PlansWorld) -> Reminded:
    return Reminded(world)


def test_the_mail_links_to_the_follow_up_and_names_nobody(reminded: Reminded) -> None:
    dossier_id = reminded.open()
    assert reminded.run() == 1
    (mail,) = reminded.mails()
    assert mail.to == "camille@ccas.example"
    assert f"https://m.example/espace/personnes/{dossier_id}/suivi" in mail.text
    assert "Mimosa" not in mail.subject + mail.text + (mail.html or "")


def test_a_reminder_is_mailed_once_and_the_next_one_on_its_own_day(reminded: Reminded) -> None:
    reminded.open()
    told = []
    for days in (0, 1, 7, 30, 30, 60, 60):
        reminded.world.clock.forward(days=days)
        told.append(reminded.run())
    assert told == [1, 0, 0, 0, 1, 0, 1]


def test_a_week_has_one_mail_and_what_came_since_waits_for_the_next_week(reminded: Reminded) -> None:
    reminded.open()
    assert reminded.run() == 1
    late = reminded.open("Tilleul")
    assert reminded.run() == 0
    reminded.world.clock.forward(days=7)
    assert reminded.run() == 1
    assert late in reminded.mails()[-1].text
    assert "une personne qui a trouvé" in reminded.mails()[-1].text


def test_all_the_people_of_a_week_are_in_one_mail(reminded: Reminded) -> None:
    files = [reminded.open(nom) for nom in ("Mimosa", "Tilleul", "Saule")]
    assert reminded.run() == 1
    (mail,) = reminded.mails()
    assert "3 personnes qui ont trouvé" in mail.text
    assert [one for one in files if one not in mail.text] == []


def test_what_is_done_closed_or_to_come_is_not_mailed(reminded: Reminded) -> None:
    done, closed = reminded.open(), reminded.open("Tilleul")
    first = reminded.world.plans.of(reminded.actor, done).meetings[0]
    reminded.world.plans.finish_meeting(reminded.actor, done, first.id, "Ça va.")
    reminded.world.dossiers.set_statut(reminded.actor, closed, Statut.CLOS)
    assert reminded.run() == 0


def test_a_closed_account_gets_nothing(reminded: Reminded) -> None:
    reminded.open()
    reminded.accounts.disable_user(reminded.actor.user_id)
    assert (reminded.run(), reminded.mails()) == (0, [])


def test_a_mailed_reminder_is_told_in_the_history_and_is_no_news_of_the_person(reminded: Reminded) -> None:
    dossier_id = reminded.open()
    before = reminded.world.plans.followed([dossier_id])[dossier_id].last
    reminded.world.clock.forward(days=3)
    reminded.run()
    assert reminded.world.plans.history(reminded.actor, dossier_id)[0].champ == "rappel-envoye"
    assert reminded.world.plans.followed([dossier_id])[dossier_id].last == before
