"""How long from « accepter » to the search of every process, without a rebuild.

    python -m tests.load.publication_live [--engine embedded|elasticsearch] [--count 12] [--data FOLDER]

Two served processes on one data folder: an immersion is published by the API, confirmed by its mail's link, accepted on
`/moderation` of the first, and looked for in the search of both until it is there. Medians and worst, in ms from the
click. `--data` copies a folder that already has the demonstration and its encoder; else both are made, in minutes.
Elasticsearch is the tests' own server. Ends with 1 when one took more than a second.
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import httpx

from indexer.catalogue import open_catalogue
from indexer.catalogue.store import utc_now
from indexer.settings import Settings
from indexer.workspace import open_workspace
from search_api.schemas.publications import example_immersion
from tests.support.elasticsearch import MISSING, find_server, start_server, stop_server

MOST_MS: Final = 1000
_READY_S: Final = 600
_PROGRAM: Final = (sys.executable, "-c", "from indexer.cli import main; main()")
_CONFIRM: Final = re.compile(r"/publier/confirmer/([\w-]+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--count", type=int, default=12, help="publications, 20 au plus : la limite d'un jour")
    parser.add_argument("--data", type=Path)
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.data is not None:
            shutil.copytree(options.data, folder, dirs_exist_ok=True)
        settings = {"MAILLAGE_DATA_DIR": str(folder)} | stack.enter_context(engine_settings(options.engine))
        one = stack.enter_context(served(settings, "--demo"))
        other = stack.enter_context(served(settings))
        times = [measure(folder, one, other) for _ in range(options.count)]
    worst = max(max(row) for row in times)
    for name, values in zip(("réponse", "trouvée ici", "trouvée dans l'autre"), zip(*times, strict=True), strict=True):
        print(f"{name:>22} : médiane {statistics.median(values):.0f} ms, la plus longue {max(values):.0f} ms")
    sys.exit(1 if worst > MOST_MS else 0)


@contextmanager
def engine_settings(engine: str) -> Iterator[dict[str, str]]:
    """The settings of the engine; for Elasticsearch, a server for the occasion."""
    if engine == "embedded":
        yield {}
        return
    if find_server() is None:
        raise SystemExit(MISSING)
    server = start_server({})
    try:
        yield {"MAILLAGE_ENGINE": engine, "MAILLAGE_ELASTICSEARCH_URL": server["url"]}
    finally:
        stop_server(server)


@contextmanager
def served(settings: dict[str, str], *options: str) -> Iterator[httpx.Client]:
    """A process that is ready, and a client of it; stopped by its pid."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = str(found.getsockname()[1])
    command = [*_PROGRAM, "serve", "--port", port, *options]
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_until_ready(client, process)
            yield client
    finally:
        process.terminate()
        process.wait()


def wait_until_ready(client: httpx.Client, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("le serveur ne démarre pas")


def measure(folder: Path, one: httpx.Client, other: httpx.Client) -> tuple[float, float, float]:
    """ms from the click on « accepter »: its answer, found by the process that took it, found by the other."""
    case, form = publish(folder, one)
    known = found(one)
    started = time.perf_counter()
    answer = one.post(case, data=form)
    times = [(time.perf_counter() - started) * 1000]
    if answer.status_code != 303:
        raise SystemExit(f"{case} : {answer.status_code}")
    for client in (one, other):
        while found(client) <= known:
            pass
        times.append((time.perf_counter() - started) * 1000)
    return times[0], times[1], times[2]


def publish(folder: Path, client: httpx.Client) -> tuple[str, dict[str, str]]:
    """Publishes and confirms; gives the page of moderation and the form that accepts."""
    client.post("/v1/immersions", json=example_immersion()).raise_for_status()
    client.post("/v1/publications/confirmation", json={"jeton": read_token(folder)}).raise_for_status()
    entering = client.get("/connexion").text
    account = re.findall(r'name="compte" value="([^"]+)"', entering)
    if account:  # the last of them coordinates
        client.post("/connexion/demonstration", data={"compte": account[-1]})
    case = re.findall(r'href="(/moderation/[\w-]+)"', client.get("/moderation").text)
    pages = {address: client.get(address).text for address in case}
    waiting = [address for address in case if 'value="accepter"' in pages[address]]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', pages[waiting[-1]]))
    return waiting[-1], fields | {"decision": "accepter"}


def read_token(folder: Path) -> str:
    """That of the newest mail, read where a person would read it: the outbox is sealed."""
    settings = Settings(data_dir=folder)
    catalogue = open_catalogue(settings.catalogue_url)
    try:
        (newest,) = open_workspace(catalogue, settings, utc_now).outbox.recent(1)
    finally:
        catalogue.close()
    match = None if newest.mail is None else _CONFIRM.search(newest.mail.text)
    if match is None:
        raise SystemExit("le courriel de confirmation n'est pas là")
    return match[1]


def found(client: httpx.Client) -> int:
    """Publications that the search finds."""
    answer = client.get("/v1/offers", params={"sources": "publications", "size": "1"})
    answer.raise_for_status()
    return int(answer.json()["total"])


if __name__ == "__main__":
    main()
