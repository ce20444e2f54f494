"""Afterwards: what was acknowledged against what the pages and the database hold, and what the servers complain of."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from sqlalchemy import func, select, text

from indexer.dossiers.tables import dossiers
from indexer.mail.outbox import MailState
from indexer.mail.tables import mails
from indexer.plans.tables import plan_changes
from indexer.relay.tables import relay_requests
from tests.load.hour.ledger import Fact, Ledger
from tests.load.hour.referent import Referent
from tests.load.hour.site import Site

MAIL_PATIENCE_S: Final = 180.0
_TROUBLE: Final = ("database is locked", "deadlock", "lock timeout", "Traceback", "erreur-interne", "QueuePool")


@dataclass
class Reckoning:
    """`lost` names each change that is nowhere; `held` counts rows of the database, `said` what answers told."""

    checked: int = 0
    lost: list[str] = field(default_factory=list)
    held: dict[str, int] = field(default_factory=dict)
    said: dict[str, int] = field(default_factory=dict)
    deadlocks: int = 0
    complaints: Counter[str] = field(default_factory=Counter)
    mails_received: int = 0
    mails_twice: int = 0

    def faults(self) -> list[str]:
        """Empty when all is well."""
        wrong = [f"{what} : {self.held[what]} dans la base, {count} dits" for what, count in self.said.items()
                 if self.held[what] != count]  # fmt: skip
        wrong += [f"{count} × {words} dans les journaux" for words, count in self.complaints.items()]
        wrong += [f"{self.deadlocks} interblocages"] if self.deadlocks else []
        wrong += [f"{self.mails_twice} courriels en double"] if self.mails_twice else []
        return wrong + self.lost


def reckon(site: Site, crowd: Sequence[Referent], ledger: Ledger) -> Reckoning:
    """Each file is read by its export, through the pages, once the mails have left."""
    found = Reckoning()
    _wait_for_mails(site)
    _count_rows(site, ledger, found)
    for one in crowd:
        if one.file:
            page = one.tools.browser.get("export", f"/espace/personnes/{one.file}/export?format=json")
            compare(page.text, one.file, ledger, found)
    for log in site.logs:
        said = log.read_text("utf-8", "replace")
        found.complaints.update({words: said.count(words) for words in _TROUBLE if words in said})
    return found


def _wait_for_mails(site: Site) -> None:
    """The servers send what waits every ten seconds."""
    unsent = select(func.count()).select_from(mails).where(mails.c.state.in_([MailState.WAITING, MailState.SENDING]))
    deadline = time.monotonic() + MAIL_PATIENCE_S
    while time.monotonic() < deadline:
        with site.workspace.catalogue.database.reading() as connection:
            if not connection.scalar(unsent):
                return
        time.sleep(1)


def _count_rows(site: Site, ledger: Ledger, found: Reckoning) -> None:
    told = [fact for facts in ledger.facts.values() for fact in facts]
    asked = sum(fact.what == "demande" for fact in told)
    found.said = {"dossiers": len(ledger.facts), "demandes": asked, "courriels": asked, "courriels partis": asked}
    with site.workspace.catalogue.database.reading() as connection:
        for name, query in (
            ("dossiers", select(func.count()).select_from(dossiers)),
            ("demandes", select(func.count()).select_from(relay_requests)),
            ("courriels", select(func.count()).select_from(mails)),
            ("courriels partis", select(func.count()).select_from(mails).where(mails.c.state == MailState.SENT)),
            ("changements de plans", select(func.count()).select_from(plan_changes)),
        ):
            found.held[name] = connection.scalar(query) or 0
        if not site.workspace.catalogue.database.is_sqlite:
            counted = text("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
            found.deadlocks = connection.scalar(counted) or 0
    ids = [str(message["Message-ID"]) for message in site.mailboxes.messages]
    found.mails_received, found.mails_twice = len(ids), len(ids) - len(set(ids))
    found.held["courriels reçus"], found.said["courriels reçus"] = len(set(ids)), asked


def compare(exported: str, file_id: str, ledger: Ledger, found: Reckoning) -> None:
    """Counts what is looked for in a file's export, and names what is not there."""
    held = orjson.loads(exported)
    now, traces = set(_iter_now(held)), set(_iter_traces(held))
    for fact in ledger.facts[file_id]:
        found.checked += 1
        if fact not in (traces if fact.what == "ordre" else now):
            found.lost.append(f"{file_id} : {fact}")
    for fact in ledger.contested[file_id]:
        found.checked += 1
        if fact not in now | traces:
            found.lost.append(f"{file_id}, à deux : {fact}")


def _iter_now(held: dict[str, Any]) -> Iterator[Fact]:
    yield Fact("nom", "nom", held["nom"])
    yield from (Fact("reponse", name, value) for name, value in held["reponses"].items())
    for request in held["orientations"]:
        yield Fact("demande", request["offre"], request.get("message", ""))
    for part in held["plan"]:
        if part["sorte"] == "étape":
            yield Fact("etape", part["titre"])
            yield Fact("offre", part.get("offre_id") or "")
            yield from (Fact(name, part["titre"], str(value)) for name, value in part.items() if value is not None)
        elif part["sorte"] != "changement":
            yield Fact(part["sorte"], part["note"] if part["sorte"] == "point" else part["objet"])


def _iter_traces(held: dict[str, Any]) -> Iterator[Fact]:
    """What was written once and replaced since: in the histories of the answers and of the plan."""
    yield from (Fact("reponse", one["champ"], one["avant"]) for one in held["historique"])
    for part in held["plan"]:
        if part["sorte"] == "changement":
            yield Fact("ordre", part["titre"])
            yield from (Fact(part["champ"], part["titre"], str(part[when])) for when in ("avant", "apres"))
