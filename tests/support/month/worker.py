"""One process of the month: obeys orders, a JSON line each, at the moment that they carry, and answers each.

    python -m tests.support.month.worker FOLDER DATABASE_URL SMTP_URL NAME

`NAME` is how it presents itself to the mail server. An order may hold `die`: before that commit, counted from its
start (reading counts too), the process kills itself with SIGKILL.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson
from pydantic import SecretStr
from sqlalchemy import event

from indexer.accounts import Actor, Role
from indexer.catalogue import open_catalogue
from indexer.engines.embedded import EmbeddedEngine
from indexer.errors import BusyError, MaillageError, RequestError
from indexer.publish.live import Shared
from indexer.publish.moderation import Decision, Moderation, Moderator
from indexer.publish.states import PublicationKind
from indexer.relay.model import Asker, ContactBy, NewRequest, Reply, Target, Words
from indexer.relay.states import Answer, Kind
from indexer.settings import Settings
from indexer.upkeep.run import run_upkeep
from indexer.workspace import Workspace, open_workspace
from tests.support.clocks import MovedClock
from tests.support.counting_encoder import CountingEncoder
from tests.support.publications import IMMERSION, KEY

SITE: Final = "https://site.exemple.fr"
Order = Mapping[str, Any]


def publish(space: Workspace, order: Order) -> str:
    """Writes the four steps and sends them; `answers` replace single fields."""
    all_, answers = space.publications, order["answers"]
    token = all_.start(PublicationKind.IMMERSION, order["sender"])
    for step, sent in IMMERSION.items():
        all_.save(token, step, {**sent, **{name: [answers[name]] for name in answers if name in sent}})
    return all_.submit(token).id


def accept(space: Workspace, order: Order) -> str:
    """Confirms by the mail's link, then accepts as a moderator would; gives the offer's id."""
    publication, _ = space.publications.confirm(order["token"])
    moderator = Moderator("noe", "Noé T.")
    Moderation(space.publications).decide(moderator, publication.id, publication.version, Decision.ACCEPT, "")
    found = Moderation(space.publications).case(publication.id).publication.offer_id
    assert found is not None
    return found


def ask(space: Workspace, order: Order) -> str:
    """By a référent, or (`user` absent) by a person on their own."""
    relay, offer_id, user = space.relay, order["offer"], order.get("user")
    target = Target(offer_id, "Immersion", None, order["company"], relay.hooks_of(Kind.IMMERSION).address(offer_id))
    if user is None:
        words = Words(order["person"], ContactBy.PERSON, "06 11 22 33 44")
        asker = Asker(order["person"], order["address"])
    else:
        words, asker = Words(order["person"]), Asker(user, order["address"], user, "ml", "Mission locale")
    return relay.ask(NewRequest(Kind.IMMERSION, target, asker, words, consent=True))


def answer(space: Workspace, order: Order) -> str:
    reply = Reply(date=order.get("date", ""))
    return space.relay.answer(order["token"], Answer(order["answer"]), reply).state


def agree(space: Workspace, order: Order) -> str:
    user = order.get("user")
    actor = None if user is None else Actor(user, user, Role.REFERENT, "ml", "Mission locale")
    return space.relay.agree(actor, order["key"]).state


def deliver(space: Workspace, _: Order) -> int:
    """How many mails left."""
    assert space.delivery is not None
    return space.delivery.run().sent


def upkeep(space: Workspace, _: Order) -> list[str]:
    """What went wrong in the daily duties."""
    return [done.error for done in run_upkeep(space, space.clock()) if done.error is not None]


VERBS: Final[Mapping[str, Callable[[Workspace, Order], Any]]] = {
    "publish": publish,
    "accept": accept,
    "ask": ask,
    "confirm": lambda space, order: space.relay.confirm(order["token"]).state,
    "answer": answer,
    "agree": agree,
    "deliver": deliver,
    "upkeep": upkeep,
}


def obey(space: Workspace, order: Order) -> dict[str, Any]:
    """`done`, or `refused` with the words that a person would read."""
    try:
        return {"done": VERBS[order["do"]](space, order)}
    except (RequestError, BusyError) as error:
        return {"refused": str(error)}
    except MaillageError as error:
        return {"failed": f"{order['do']} : {type(error).__name__} : {error}"}


class Fuse:
    """Kills this process before a commit that an order names."""

    def __init__(self) -> None:
        self.left: int | None = None

    def burn(self, *_: Any) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def opened(folder: Path, database_url: str, smtp_url: str, name: str) -> Iterator[tuple[Workspace, MovedClock, Fuse]]:
    """The workspace of this process, over the index that all share."""
    clock, fuse, encoder = MovedClock(), Fuse(), CountingEncoder()
    catalogue = open_catalogue(database_url, clock)
    event.listen(catalogue.database.engine, "commit", fuse.burn)
    mail = {"smtp_url": SecretStr(smtp_url), "base_url": SITE, "mail_from": f"site@{name}.exemple.fr"}
    settings = Settings(data_dir=folder, database_url=SecretStr(database_url), secret_key=SecretStr(KEY), **mail)
    space = open_workspace(catalogue, settings, clock)
    engine = EmbeddedEngine(folder / "index", dimensions=encoder.dimensions, now=clock)
    space.publications.parts.live.share(Shared(engine, encoder, None))
    try:
        yield space, clock, fuse
    finally:
        catalogue.close()


def main() -> None:
    folder, database_url, smtp_url, name = sys.argv[1:]
    with opened(Path(folder), database_url, smtp_url, name) as (space, clock, fuse):
        for line in sys.stdin.buffer:
            order = orjson.loads(line)
            clock.now, fuse.left = datetime.fromisoformat(order["now"]), order.get("die")
            sys.stdout.buffer.write(orjson.dumps(obey(space, order)) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
