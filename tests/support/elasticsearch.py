"""A real Elasticsearch server for tests: the one that MAILLAGE_ELASTICSEARCH_URL names, else one of our own.

Ours comes from Maven Central, without Docker: own folder, free loopback ports, small heap, a user that is not root,
stopped by its pid at the end. Workers of one run share it: the first starts it, the last stops it.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
from elasticsearch import Elasticsearch
from filelock import FileLock

from indexer.engines.elasticsearch import Access
from tests.support.encoder import default_cache_root

VERSION = "9.3.2"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
OLDEST_JAVA = 21
GIVEN = os.environ.get("MAILLAGE_ELASTICSEARCH_URL")
"""Read here: no test sees the settings of the person who runs it."""

ADVICE = (
    f"un JDK {OLDEST_JAVA} ou plus récent (JAVA_HOME ou ES_JAVA_HOME) et Maven, puis python -m tests.prepare ; "
    "ou MAILLAGE_ELASTICSEARCH_URL=http://… pour un serveur qui tourne"
)
MISSING = f"Elasticsearch absent : {ADVICE}"
_STOP_S = 60


def find_java() -> Path | None:
    """The home of a JDK that is recent enough, None where there is none."""
    named = [Path(os.environ[name]) for name in ("ES_JAVA_HOME", "JAVA_HOME") if os.environ.get(name)]
    usual = sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    return next((home for home in (*named, *usual) if _java_version(home) >= OLDEST_JAVA), None)


def find_archive() -> Path | None:
    """The server's archive, where it was fetched before."""
    archive = default_cache_root() / f"elasticsearch-{VERSION}.zip"
    return archive if archive.is_file() else None


def fetch_archive() -> Path | None:
    """The archive, fetched by Maven (100 MB) when it is not there; None where Maven is absent or fails."""
    found = find_archive()
    maven = shutil.which("mvn")
    if found is not None or maven is None or find_java() is None:
        return found
    folder = default_cache_root()
    folder.mkdir(parents=True, exist_ok=True)
    goal = ("dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}")
    subprocess.run((maven, "-B", "-q", *goal), check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return find_archive()


def find_server() -> str | None:
    """A server that runs or can be started."""
    if GIVEN:
        return GIVEN
    archive, java = find_archive(), find_java()
    return None if archive is None or java is None else f"{archive}, {java}"


@contextmanager
def shared_server(folder: Path) -> Iterator[str | None]:
    """The address of a server that all processes with the same `folder` share; None where none can be had."""
    if GIVEN or find_server() is None:
        yield GIVEN
        return
    lock, state = FileLock(folder / "elasticsearch.lock"), folder / "elasticsearch.json"
    with lock:
        server: dict[str, Any] = orjson.loads(state.read_bytes()) if state.exists() else start_server({})
        state.write_bytes(orjson.dumps(server | {"users": server.get("users", 0) + 1}))
    try:
        yield server["url"]
    finally:
        with lock:
            server = orjson.loads(state.read_bytes())
            server["users"] -= 1
            state.write_bytes(orjson.dumps(server))
            if not server["users"]:
                state.unlink()
                stop_server(server)


def start_server(
    settings: dict[str, str], files: Mapping[str, bytes] | None = None, heap: str = "512m"
) -> dict[str, Any]:
    """Starts one node; gives its `url`, `pid` and `folder`. RuntimeError with the end of its log if it does not start.

    `settings` are added to those of a node alone, without security; `files` to its folder of settings.
    """
    folder = unpack_server(files or {})
    try:
        return launch_server(folder, settings, heap)
    except RuntimeError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def unpack_server(files: Mapping[str, bytes]) -> Path:
    """A folder with a server in it that never ran."""
    archive = find_archive()
    assert archive is not None
    folder = Path(tempfile.mkdtemp(prefix="es-"))
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    home = _home(folder)
    for program in (home / "bin").iterdir():
        program.chmod(0o755)
    for name, content in files.items():
        (home / "config" / name).write_bytes(content)
    _hand_over(folder)
    return folder


def launch_server(folder: Path, settings: Mapping[str, str], heap: str = "512m") -> dict[str, Any]:
    """Starts what a folder holds, for the first time or again."""
    home, java = _home(folder), find_java()
    assert java is not None
    command = [home / "bin" / "elasticsearch", "-d", "-p", folder / "pid", *_options(settings)]
    environment = os.environ | {"ES_JAVA_HOME": str(java), "ES_JAVA_OPTS": f"-Xms{heap} -Xmx{heap}"}
    with (folder / "start.log").open("wb") as log:
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            env=environment,
            **_user(),
        )
    if done.returncode:
        told = (folder / "start.log").read_text(errors="replace")[-3000:]
        raise RuntimeError(f"Elasticsearch does not start: {told}")
    address = (home / "logs" / "http.ports").read_text().split()[0]
    scheme = "https" if settings.get("xpack.security.http.ssl.enabled") == "true" else "http"
    return {"url": f"{scheme}://{address}", "pid": int((folder / "pid").read_text()), "folder": str(folder)}


def stop_server(server: dict[str, Any]) -> None:
    """Stops a server that we started, and removes its folder."""
    os.kill(server["pid"], signal.SIGTERM)
    deadline = time.monotonic() + _STOP_S
    while Path(f"/proc/{server['pid']}").exists():
        if time.monotonic() > deadline:
            os.kill(server["pid"], signal.SIGKILL)
            break
        time.sleep(0.1)
    shutil.rmtree(server["folder"], ignore_errors=True)


def _home(folder: Path) -> Path:
    return folder / f"elasticsearch-{VERSION}"


def transport_of(server: Mapping[str, Any]) -> str:
    """Where the other nodes of its cluster reach it."""
    return (_home(Path(server["folder"])) / "logs" / "transport.ports").read_text().split()[0]


def _options(settings: Mapping[str, str]) -> list[str]:
    # Port 0: the system picks a free one, and the server writes which.
    own = {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": "0",
        "transport.port": "0",
        "node.portsfile": "true",
        "xpack.security.enabled": "false",
        "node.processors": "2",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
    }
    return [f"-E{name}={value}" for name, value in (own | dict(settings)).items()]


def _user() -> dict[str, Any]:
    """Somebody else when we are root: the server refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _hand_over(folder: Path) -> None:
    user = _user()
    for path in (folder, *folder.rglob("*")) if user else ():
        os.chown(path, user["user"], user["group"])


def _java_version(home: Path) -> int:
    """The major version that a JDK says of itself, 0 for what is none."""
    try:
        lines = (home / "release").read_text().splitlines()
    except OSError:
        return 0
    told = next((line.partition("=")[2].strip('"') for line in lines if line.startswith("JAVA_VERSION=")), "0")
    return int(told.split(".")[0])


def remove_all(access: Access) -> None:
    """Removes every index of a prefix."""
    client = Elasticsearch(list(access.urls))
    try:
        for index in client.indices.get(index=f"{access.prefix}-*", features="aliases").body:
            client.indices.delete(index=index, ignore_unavailable=True)
    finally:
        client.close()
