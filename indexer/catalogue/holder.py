"""Which process holds a piece of long work, and whether it still lives."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

STALE_AFTER = timedelta(minutes=15)
"""Silence after which a holder counts as dead wherever it runs: far above the 5 s between two heartbeats, and above
the longest single write (100,000 records: 20 s)."""

_ENDED = ("Z", "X")  # killed, but not yet collected by its parent: its pid still answers


@dataclass(frozen=True, slots=True)
class Holder:
    """A process (`started` is its start in kernel ticks: a pid alone is used again) and, by `token`, one work of it."""

    host: str
    pid: int
    started: str
    token: str

    def __str__(self) -> str:
        return "/".join((self.host, str(self.pid), self.started, self.token))

    @property
    def shown(self) -> str:
        return f"processus {self.pid} sur {self.host}"


def build_holder() -> Holder:
    """This process, for one piece of work."""
    return Holder(socket.gethostname(), os.getpid(), _kernel_facts(os.getpid())[1], uuid4().hex)


def parse_holder(text: str) -> Holder:
    host, pid, started, token = text.split("/")
    return Holder(host, int(pid), started, token)


def is_dead(holder: Holder, heartbeat: datetime, now: datetime) -> bool:
    """Gone from this host, or silent for too long (the only sign there is from another host)."""
    return now - heartbeat > STALE_AFTER or (holder.host == socket.gethostname() and _is_gone(holder))


def _is_gone(holder: Holder) -> bool:
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    state, started = _kernel_facts(holder.pid)
    return state in _ENDED or (holder.started != "" and started not in (holder.started, ""))


def _kernel_facts(pid: int) -> tuple[str, str]:
    """State and start of a process: fields 3 and 22 of /proc/PID/stat (proc(5)); empty where there is no /proc."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "", ""
    # The second field, a name in brackets, may hold spaces and brackets: the rest is counted after the last one.
    fields = stat.rpartition(")")[2].split()
    return fields[0], fields[19]
