"""Who publishes, who asks, and what each does with the mails received. Drawn from a seed: the same month each time."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from random import Random
from typing import Any, Final

from stdnum import luhn

MONTHLY: Final = (1, 2, 4, 8, 15, 30, 50)
"""Requests a month that companies say they take."""

USERS: Final = 40
ALONE: Final = 0.2
"""Share of those who ask on their own, by a mail to confirm."""

FORGETS: Final = 0.1
"""Of them, those who never confirm."""

DEAD: Final = 33
"""One company in so many has an address that stops working once it is published: the eighth is the first."""

ANSWERS: Final = (("accepter", 0.45), ("autre-date", 0.15), ("decliner", 0.15), ("", 0.25))
"""What a company does; nothing, for the last."""

_TOKEN = re.compile(r"/(?:demande|publier/confirmer)/([\w-]+)")
_OFFICE = re.compile(r"/espace/orientations/([\w-]+)")
_PERSON = re.compile(r"Pour : (P\. \d+)")


@dataclass(frozen=True, slots=True)
class Letter:
    """What is kept of a mail that the server took. `token` is that of its first link; `person` is named in it."""

    to: str
    subject: str
    message_id: str
    written: datetime
    token: str
    office: str
    person: str


def read_letter(message: EmailMessage) -> Letter:
    body = message.get_body(("plain",))
    assert body is not None
    text = body.get_content()
    found = [pattern.search(text) for pattern in (_TOKEN, _OFFICE, _PERSON)]
    token, office, person = ("" if match is None else match[1] for match in found)
    written = message["Date"].datetime
    return Letter(
        str(message["To"]), str(message["Subject"]), str(message["Message-ID"]), written, token, office, person
    )


@dataclass
class Company:
    """`offer` is empty until a moderator accepts."""

    number: int
    monthly: int
    dead: bool
    offer: str = ""

    @property
    def address(self) -> str:
        return f"e{self.number}@entreprise.exemple.fr"

    @property
    def answers(self) -> dict[str, str]:
        """What it writes in the form."""
        base = f"{self.number + 1:08d}"
        siren = base + luhn.calc_check_digit(base)
        siret = f"{siren}0001"
        siret += luhn.calc_check_digit(siret)
        name = f"Fournil numéro {self.number}"
        return {"siret": siret, "nom": name, "courriel": self.address, "par_mois": str(self.monthly)}


@dataclass
class Wish:
    """One request. `id` is empty when the process died before it could say it; `user` is None for who is alone."""

    number: int
    user: str | None
    forgets: bool
    company: int = -1
    id: str = ""
    written: bool = False
    refusals: int = 0

    @property
    def person(self) -> str:
        return f"P. {self.number}"

    @property
    def address(self) -> str:
        return f"p{self.number}@personne.exemple.fr" if self.user is None else f"{self.user}@ml.exemple.fr"

    @property
    def leaves(self) -> bool:
        """Whether it is to reach the company."""
        return self.written and not self.forgets


class People:
    """All of them, and what they will do when."""

    def __init__(self, publishers: int, requests: int, seed: int = 7) -> None:
        self._draw = Random(seed)
        self.companies = [Company(n, self._draw.choice(MONTHLY), n % DEAD == 7) for n in range(publishers)]
        self.wishes = [self._wish(number) for number in range(requests)]
        self.letters: list[Letter] = []
        self._later: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)

    def _wish(self, number: int) -> Wish:
        alone = self._draw.random() < ALONE
        user = None if alone else f"ref{number % USERS}"
        return Wish(number, user, alone and self._draw.random() < FORGETS)

    def choose(self, wish: Wish) -> dict[str, Any]:
        """The order that asks a company, another one after each refusal."""
        company = self._draw.choice(self.companies)
        wish.company = company.number
        who = {"person": wish.person, "address": wish.address, "user": wish.user}
        return {"do": "ask", "offer": company.offer, "company": f"Fournil numéro {company.number}", **who}

    def due(self, tick: int) -> list[dict[str, Any]]:
        """What people decided to do at this moment."""
        return self._later.pop(tick, [])

    def receive(self, messages: Iterable[EmailMessage], tick: int) -> None:
        """Reads the mails, and decides."""
        for letter in map(read_letter, messages):
            self.letters.append(letter)
            self._decide(letter, tick)

    def _decide(self, letter: Letter, tick: int) -> None:
        subject = letter.subject
        if subject.startswith(("Une demande pour", "Rappel : ")):
            self._answer(letter, tick)
        elif subject == "Confirmez votre demande":
            wish = self.wishes[int(letter.to[1:].partition("@")[0])]
            if not wish.forgets:
                self._plan(tick, 2, {"do": "confirm", "token": letter.token})
        elif subject == "Une autre date est proposée" and self._draw.random() < 0.7:
            user = letter.to.partition("@")[0] if letter.office else None
            self._plan(tick, 12, {"do": "agree", "user": user, "key": letter.office or letter.token})

    def _answer(self, letter: Letter, tick: int) -> None:
        answers, shares = zip(*ANSWERS, strict=True)
        said = self._draw.choices(answers, shares)[0]
        if said:
            told = {"answer": said, "date": "lundi prochain"} if said == "autre-date" else {"answer": said}
            self._plan(tick, 40, {"do": "answer", "token": letter.token, **told})

    def _plan(self, tick: int, within: int, order: dict[str, Any]) -> None:
        self._later[tick + 1 + int(self._draw.random() ** 2 * within)].append(order)


@dataclass(frozen=True)
class Calendar:
    """`hours` of each of the `days` from `start`, the first of which is the night's; nights alone afterwards."""

    start: datetime
    days: int
    hours: tuple[int, ...] = (2, 9, 15)

    @property
    def ticks(self) -> int:
        """Moments of the month itself."""
        return self.days * len(self.hours)

    def moment(self, tick: int) -> datetime:
        if tick >= self.ticks:
            return self.start + timedelta(days=self.days + tick - self.ticks, hours=self.hours[0])
        day, rank = divmod(tick, len(self.hours))
        return self.start + timedelta(days=day, hours=self.hours[rank])

    def is_night(self, tick: int) -> bool:
        return tick >= self.ticks or tick % len(self.hours) == 0
