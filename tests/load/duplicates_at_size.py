"""How long the search for duplicates takes when a hundred thousand offers are all new.

    python -m tests.load.duplicates_at_size [--data ../shared/data] [--copies 9]

Imports the eleven fluxes of the shared data, as `tests.load.imports` does, into a catalogue in a temporary folder, then
copies every record into made-up countries: other communes, telephones, SIRETs, sites and addresses of mail, ten degrees
apart, the same names and words. Duplicates are so as many in each country; nine make 96,642 offers and 131,598
structures. Goal for 100,000 offers: 180 s and 1.5 GB.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Table, insert, select

from indexer.catalogue import Catalogue, open_catalogue
from indexer.catalogue.tables import RECORD_TABLES, listings
from indexer.dedupe.run import run_dedupe
from indexer.sources.sync import Syncing, SyncState
from tests.load.imports import declare, sync

DEGREES_APART = 10.0

Move = Callable[[dict[str, Any], int], dict[str, Any]]
"""A row, and the number of a country → the row there."""


def copy_records(catalogue: Catalogue, countries: int) -> None:
    """Each record once more in each country, listed as it was."""
    with catalogue.database.writing() as connection:
        for table in RECORD_TABLES.values():
            _copy(connection, table, countries, _moved)
        _copy(connection, listings, countries, lambda row, c: row | {"record_id": f"{row['record_id']}~{c}"})


def _copy(connection: Connection, table: Table, countries: int, moved: Move) -> None:
    rows = [dict(row) for row in connection.execute(select(table)).mappings()]
    for country in range(1, countries):
        connection.execute(insert(table), [moved(row, country) for row in rows])


def _moved(row: dict[str, Any], country: int) -> dict[str, Any]:
    body: dict[str, Any] = orjson.loads(row["body"])
    letter = chr(ord("A") + country)
    for name in ("id", "structure_id"):
        if body.get(name):
            body[name] = f"{body[name]}~{country}"
    for name in ("code_insee", "code_postal"):
        if body.get(name):
            body[name] = letter + body[name][1:]
    if body.get("longitude") is not None:
        body["longitude"] = (body["longitude"] + DEGREES_APART * country + 180) % 360 - 180
    for name, mark in (("telephone", f"{country:02}"), ("siret", f"{country:02}")):
        if body.get(name):
            body[name] = body[name][:-2] + mark
    if body.get("courriel"):
        body["courriel"] = body["courriel"].replace("@", f"@{letter.lower()}-")
    if body.get("site_web"):
        body["site_web"] = body["site_web"].replace("://", f"://{letter.lower()}-")
    changed = {"id": body["id"], "body": orjson.dumps(body).decode()}
    return row | changed | ({"structure_id": body.get("structure_id")} if "structure_id" in row else {})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the shared data")
    parser.add_argument("--copies", type=int, default=9, help="countries, the real one included")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"{options.data} : dossier absent. Donnez celui des données avec --data.")
    with tempfile.TemporaryDirectory(prefix="maillage-doublons-") as made:
        folder = Path(made)
        catalogue = open_catalogue(f"sqlite:///{folder / 'catalogue.sqlite'}")
        syncing = Syncing(catalogue, folder / "sync", accept_loss=True)
        sync(syncing, declare(options.data, folder), SyncState.IMPORTED)
        copy_records(catalogue, options.copies)
        for name in ("tout est nouveau", "rien n'a changé"):
            clock, processor = time.perf_counter(), time.process_time()
            report = run_dedupe(catalogue)
            told = f"{time.perf_counter() - clock:6.1f} s, processeur {time.process_time() - processor:5.1f} s"
            print(f"{name:18} {told} : {report.as_dict()}", flush=True)
        catalogue.close()
    print(f"mémoire : {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} Mo")


if __name__ == "__main__":
    main()
