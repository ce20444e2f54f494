"""The month itself: publish, ask, answer, keep up, with deaths in the middle."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

from indexer.catalogue import open_catalogue
from indexer.embeddings.vector_cache import VectorCache
from indexer.engines.embedded import EmbeddedEngine
from indexer.rebuild import Indexing, reindex
from tests.support.clocks import MovedClock
from tests.support.counting_encoder import CountingEncoder
from tests.support.mail_server import YES, Mailboxes, running_mail_server
from tests.support.month.crew import Crew, Site
from tests.support.month.people import Calendar, Company, People, Wish

START: Final = datetime(2026, 3, 16, tzinfo=UTC)
"""The month goes over two calendar months, one change of hour and Easter."""

ASKING_DAYS: Final = 30
AFTER_DAYS: Final = 62
"""Nights that follow: 30 days until a request is given up, 30 more for a date that nobody takes up."""

MOST_REFUSALS: Final = 100
"""Companies that one person asks before giving up."""

Say = Callable[[str], None]


class Month:
    """Runs once. `deaths` lists where a process is killed in the middle of the month, one moment apart."""

    def __init__(self, people: People, crew: Crew, boxes: Mailboxes, say: Say) -> None:
        self.people, self.crew, self._boxes, self._say = people, crew, boxes, say
        self.calendar = Calendar(START, ASKING_DAYS)
        self.full = 0
        self._by_person: dict[str, Wish] = {wish.person: wish for wish in people.wishes}
        self._tick = 0
        self._again: list[dict[str, Any]] = []
        self._fuses: list[int] = []

    def run(self) -> None:
        self._publish()
        self._boxes.on_rcpt = self._refuse_dead
        ticks = self.calendar.ticks
        wishes = self.people.wishes
        deaths = {
            ticks // 2 + rank: die for rank, die in enumerate((self._die_asking, self._die_sending, self._die_at_night))
        }
        for rank in range(ticks):
            asked = wishes[len(wishes) * rank // ticks : len(wishes) * (rank + 1) // ticks]
            self._step([self.people.choose(wish) for wish in asked], deaths.get(rank))
            if rank % 25 == 0:
                self._say(f"jour {rank // len(self.calendar.hours) + 1}, {len(self.people.letters)} courriels")
        for _ in range(AFTER_DAYS):
            self._step([], None)

    def _publish(self) -> None:
        """Each company by its four steps, its mail, its link and a moderator."""
        orders = [
            {"do": "publish", "answers": c.answers, "sender": f"192.0.2.{c.number}"} for c in self.people.companies
        ]
        now = self.calendar.moment(0)
        self.crew.run(orders, now, _ignore)
        by_address = {company.address: company for company in self.people.companies}
        taken = self._take()
        self.people.receive(taken, 0)
        links = {letter.to: letter.token for letter in self.people.letters}

        def accepted(order: dict[str, Any], answer: dict[str, Any]) -> None:
            company: Company = by_address[order["address"]]
            company.offer = answer["done"]

        confirming = [{"do": "accept", "address": to, "token": token} for to, token in links.items()]
        self.crew.run(confirming, now, accepted)
        self.people.receive(self._take(), 0)
        self._say(f"{sum(bool(company.offer) for company in self.people.companies)} publications en ligne")

    def _step(self, orders: list[dict[str, Any]], die: Callable[[], None] | None) -> None:
        self._tick += 1
        orders += self.people.due(self._tick)
        if die is not None:
            die()
        for order in orders:
            if order["do"] == "ask" and self._fuses:
                order["die"] = self._fuses.pop(0)
        now = self.calendar.moment(self._tick)
        if self.calendar.is_night(self._tick):
            self.crew.each({"do": "upkeep"}, now)
        while orders:
            self.crew.run(orders, now, self._note)
            orders, self._again = self._again, []
        self.people.receive(self._take(), self._tick)

    def _note(self, order: dict[str, Any], answer: dict[str, Any]) -> None:
        if order["do"] != "ask":
            return
        wish, refusal = self._by_person[order["person"]], answer.get("refused", "")
        if "done" in answer:
            wish.written, wish.id = True, answer["done"]
        elif "La même demande est partie" in refusal and order.get("again"):
            wish.written = True  # it was written by the process that died before it could say so
        else:
            self.full += "ce mois est complet" in refusal
            wish.refusals += 1
            if wish.refusals > MOST_REFUSALS:
                return  # all of them are full: asked no more, and not counted as written
            death = {"die": order["die"]} if "die" in order else {}
            self._again.append(self.people.choose(wish) | death)  # a company after the other, as a référent would

    # Deaths

    def _die_asking(self) -> None:
        """Before a request is committed, and after it, before anybody is told: reading its address is commit 1."""
        self._fuses = [2, 3]

    def _die_sending(self) -> None:
        """While the mail server has read a whole mail and has not said yes."""
        victim = self.crew.workers[0]

        def kill_once(recipient: str) -> str:
            if not self._boxes.sender.endswith(f"@{victim.name}.exemple.fr"):
                return YES
            self._boxes.on_data = _take_all
            victim.kill()
            return "451 the client went away"

        self._boxes.on_data = kill_once

    def _die_at_night(self) -> None:
        """In the middle of an upkeep, which another process ends."""
        self.crew.each({"do": "upkeep", "die": 12}, self.calendar.moment(self._tick))

    def _refuse_dead(self, recipient: str) -> str:
        number = recipient[1:].partition("@")[0]
        dead = "@entreprise" in recipient and self.people.companies[int(number)].dead
        return "550 no such mailbox" if dead else YES

    def _take(self) -> list[EmailMessage]:
        """Empties the mailboxes: a month of parsed mails would not fit in memory."""
        taken = list(self._boxes.messages)
        self._boxes.messages.clear()
        return taken


def _take_all(recipient: str) -> str:
    return YES


def _ignore(order: dict[str, Any], answer: dict[str, Any]) -> None: ...


@contextmanager
def lived_month(folder: Path, database_url: str, people: People, say: Say) -> Iterator[Month]:
    """A month that was lived, its database still there."""
    _build_empty_index(folder, database_url)
    with running_mail_server() as boxes:
        crew = Crew(Site(folder, database_url, boxes.url))
        try:
            month = Month(people, crew, boxes, say)
            month.run()
            yield month
        finally:
            crew.stop()


def _build_empty_index(folder: Path, database_url: str) -> None:
    clock, encoder = MovedClock(START), CountingEncoder()
    catalogue = open_catalogue(database_url, clock)
    engine = EmbeddedEngine(folder / "index", dimensions=encoder.dimensions, now=clock)
    with VectorCache(folder / "vectors.sqlite") as cache:
        reindex(Indexing(catalogue, engine, encoder, cache, START.date()), accept_loss=True)
    catalogue.close()
