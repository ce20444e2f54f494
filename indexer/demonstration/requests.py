"""The demonstration's requests: one in each state, sent in the weeks before by the référent who follows Mme K."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from indexer.accounts import Actor
from indexer.catalogue import StoredOffer
from indexer.mail.build import build_outbox
from indexer.relay.daily import remind_and_close
from indexer.relay.model import Asker, ContactBy, NewRequest, Reply, Target, Words
from indexer.relay.relay import Relay
from indexer.relay.states import Answer, Kind
from indexer.relay.tables import relay_requests
from indexer.workspace import Workspace

_LINK: Final = re.compile(r"/demande/([\w-]+)")
_ANSWERED_AFTER: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Example:
    """Asked `days` ago; `answer` two days later, None for no answer. `alone`: by a person who has yet to confirm."""

    offer: str
    days: int
    answer: Answer | None = None
    reply: Reply = field(default_factory=Reply)
    alone: bool = False


EXAMPLES: Final = (
    Example("immersion-hotel-etages", 45),
    Example("immersion-restaurant", 14, Answer.ACCEPT, Reply("Avec plaisir. Venez lundi à 9 h, en cuisine.")),
    Example("immersion-usinage-comete", 13, Answer.OTHER_DATE, Reply("L’atelier ferme.", "le premier lundi du mois")),
    Example("immersion-clinique-soin", 12, Answer.DECLINE, Reply("Nous accueillons déjà deux personnes.")),
    Example("immersion-soudure-forge", 9),
    Example("immersion-hotel-reception", 1),
    Example("immersion-creche-renards", 0, alone=True),
)
"""In the order in which they were asked. The first stays without an answer, the fifth was reminded, the sixth waits."""


def prepare_requests(workspace: Workspace, referent: Actor, address: str, person: str) -> int:
    """Makes them once; how many were made. None where mails really leave: theirs are addresses of nobody.

    `address` is the référent's, `person` whom the requests are for.
    """
    with workspace.catalogue.database.reading() as connection:
        known = connection.scalar(select(func.count()).select_from(relay_requests))
    offers = workspace.catalogue.get_offers([f"exemple--{each.offer}" for each in EXAMPLES])
    if workspace.delivery is not None or known:
        return 0
    asker = Asker(referent.name, address, referent.user_id, referent.organisation_id, referent.organisation_name)
    played = [(each, offers[f"exemple--{each.offer}"]) for each in EXAMPLES if f"exemple--{each.offer}" in offers]
    for example, stored in played:
        _play(workspace, example, stored, asker, person)
    return len(played)


def _play(workspace: Workspace, example: Example, stored: StoredOffer, asker: Asker, person: str) -> None:
    """Asks on the day, then lives each night until now."""
    now = workspace.clock()
    relay = _PastRelay(workspace, now - timedelta(days=example.days))
    relay.relay.ask(_build_request(example, stored, asker, person))
    if example.answer is not None:
        token = relay.newest_link()
        relay.at += _ANSWERED_AFTER
        relay.relay.answer(token, example.answer, example.reply)
    while relay.at + timedelta(days=1) <= now:
        relay.at += timedelta(days=1)
        remind_and_close(relay.relay, relay.at)


def _build_request(example: Example, stored: StoredOffer, asker: Asker, person: str) -> NewRequest:
    offer, structure = stored.offer, stored.structure
    name = structure.nom if structure else ""
    target = Target(offer.id, offer.nom, offer.structure_id, name, offer.courriel, offer.telephone)
    words = Words(person, availability="Tous les jours, de 9 h à 16 h", message="Voudrait découvrir ce métier.")
    if example.alone:
        asker = Asker("Lou", "lou@personne.example")
        words = Words("Lou", ContactBy.PERSON, "lou@personne.example", "En semaine")
    return NewRequest(Kind.IMMERSION, target, asker, words, consent=True)


class _PastRelay:
    """The relay of a day that is gone: what it writes bears that day."""

    def __init__(self, workspace: Workspace, at: datetime) -> None:
        self.at = at
        database, sealer = workspace.catalogue.database, workspace.sealer
        self._outbox = build_outbox(database, workspace.settings, sealer, self._now)
        self.relay = Relay(database, sealer, self._outbox, self._now)

    def _now(self) -> datetime:
        return self.at

    def newest_link(self) -> str:
        """Of the mail that a request has just written to the structure."""
        (newest,) = self._outbox.recent(1)
        found = None if newest.mail is None else _LINK.search(newest.mail.text)
        assert found is not None  # every such mail leads to the answer's page
        return found[1]
