"""The relay over an empty catalogue: who asks, the mails that leave, and the links that they hold."""

import re
from dataclasses import dataclass, field
from typing import Any

from indexer.accounts import Actor, Role
from indexer.catalogue import Catalogue
from indexer.mail.letter import Mail
from indexer.mail.outbox import Outbox
from indexer.relay.model import Asker, ContactBy, NewRequest, Target, Words
from indexer.relay.relay import Relay
from indexer.relay.states import Kind
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock

CAMILLE = Actor("camille", "Camille R.", Role.REFERENT, "ccas", "CCAS de Belfort")
DRISS = Actor("driss", "Driss B.", Role.COORDINATEUR, "ccas", "CCAS de Belfort")
STRANGER = Actor("lou", "Lou P.", Role.REFERENT, "autre", "Mission locale")
KEEPER = Actor("root", "Anne T.", Role.ADMINISTRATEUR, "ccas", "CCAS de Belfort")

STRUCTURE = "accueil@garage.example"
REFERENT = "camille@ccas.example"
KEY = "une-cle-de-trente-deux-caracteres-ou-plus"


@dataclass
class RelayWorld:
    catalogue: Catalogue
    clock: MovedClock = field(default_factory=MovedClock)
    hooks: dict[Kind, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sealer = Sealer([KEY], self.clock)
        self.outbox = Outbox(self.catalogue.database, self.sealer, self.clock, "https://m.example")
        self.relay = Relay(self.catalogue.database, self.sealer, self.outbox, self.clock, self.hooks)

    def mails(self, to: str) -> list[Mail]:
        """Those to one address, oldest first."""
        entries = reversed(self.outbox.recent(500))
        return [entry.mail for entry in entries if entry.mail is not None and entry.mail.to == to]

    def token(self, to: str) -> str:
        """That of the first link to a request in the latest mail."""
        found = re.search(r"/demande/([\w-]+)", self.mails(to)[-1].text)
        assert found is not None
        return found[1]


def new_request(**changes: Any) -> NewRequest:
    """An orientation by Camille of a person without a file; `changes` are fields of the request or of its words."""
    words = {"person": "A. B.", "availability": "le matin", "message": "Cherche un garage.", "criteria": ("RSA",)}
    words |= {name: changes.pop(name) for name in tuple(changes) if name in Words.__dataclass_fields__}
    given: dict[str, Any] = {
        "kind": Kind.ORIENTATION,
        "target": Target("s--1", "Réparer sa voiture", "s--g", "Garage solidaire", STRUCTURE, "+33384000000"),
        "asker": Asker("Camille R.", REFERENT, "camille", "ccas", "CCAS de Belfort", "03 84 11 22 33"),
        "words": Words(**words),
        "consent": True,
    }
    return NewRequest(**given | changes)


def by_person(**changes: Any) -> NewRequest:
    """The same by the person alone, without an account."""
    asker = Asker("A. B.", changes.pop("address", "ab@personne.example"))
    words = {"contact_by": ContactBy.PERSON, "person_contact": "06 11 22 33 44"}
    return new_request(asker=asker, kind=Kind.IMMERSION, **words, **changes)
