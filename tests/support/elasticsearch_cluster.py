"""Three real nodes on loopback that a test kills and starts again."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from tests.support.elasticsearch import launch_server, stop_server, transport_of, unpack_server

NAMES = ("n1", "n2", "n3")
HEAP = "512m"
_PAUSE_S = 0.1


class Nodes:
    """Nodes by name: `n1` begins the cluster, the others join it."""

    def __init__(self) -> None:
        self._running: dict[str, dict[str, Any]] = {}
        self._folders: dict[str, Path] = {}
        self.addresses: dict[str, str] = {}

    def start(self, name: str) -> None:
        """A node for the first time, or again on its own data, at the address it had."""
        others = [transport_of(server) for server in self._running.values()]
        settings = {"discovery.type": "multi-node", "cluster.name": "trois", "node.name": name}
        if others:
            settings["discovery.seed_hosts"] = ",".join(others)
        else:
            settings["cluster.initial_master_nodes"] = name
        if name in self.addresses:  # clients know it by this address
            settings["http.port"] = self.addresses[name].rpartition(":")[2]
        if name not in self._folders:
            self._folders[name] = unpack_server({})
        self._running[name] = launch_server(self._folders[name], settings, HEAP)
        self.addresses[name] = self._running[name]["url"]

    def kill(self, name: str) -> None:
        """Without a word: what a power cut does to its process."""
        pid = self._running.pop(name)["pid"]
        os.kill(pid, signal.SIGKILL)
        while Path(f"/proc/{pid}").exists():
            threading.Event().wait(_PAUSE_S)

    def client(self) -> Elasticsearch:
        """To ask the nodes that live; the caller closes it."""
        return Elasticsearch([server["url"] for server in self._running.values()], request_timeout=180)

    def wait_until_green(self) -> None:
        """All nodes are there and every copy is in its place."""
        client = self.client()
        try:
            health = client.cluster.health(
                wait_for_status="green",
                wait_for_nodes=str(len(self._running)),
                wait_for_no_initializing_shards=True,
                timeout="170s",
            )
        finally:
            client.close()
        assert not health["timed_out"], health

    def stop(self) -> None:
        """Ends what runs and removes all folders."""
        for server in self._running.values():
            stop_server(server)
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def three_nodes() -> Iterator[Nodes]:
    """A cluster that has just become green."""
    nodes = Nodes()
    try:
        for name in NAMES:
            nodes.start(name)
        nodes.wait_until_green()
        yield nodes
    finally:
        nodes.stop()
