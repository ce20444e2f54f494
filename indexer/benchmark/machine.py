"""Facts of the machine, of processes and of folders, read where Linux says them."""

import os
import platform
import subprocess
from pathlib import Path

from indexer.benchmark.results import Machine, Memory

_PROC = Path("/proc")
_MB = 1e6
_KB = 1024  # the unit of /proc, whatever it is called there


def read_machine(proc: Path = _PROC) -> Machine:
    """What cannot be read is said to be unknown, never guessed."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return Machine(
        processeur=_field(proc / "cpuinfo", "model name") or platform.processor() or "inconnu",
        coeurs=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        memoire_go=round(_kilobytes(proc / "meminfo", "MemTotal") * _KB / 1e9, 1),
        systeme=_system(),
        python=platform.python_version(),
        commit=read_commit(Path(__file__).parent),
        charge_1min=round(load, 2),
    )


def read_commit(folder: Path) -> str | None:
    """The commit of the program, with a `+` when files were changed since; None for an installed package."""
    described = _git(folder, "describe", "--always", "--abbrev=10", "--exclude=*", "--dirty=+")
    return described or None


def read_memory(name: str, pid: int, proc: Path = _PROC) -> Memory | None:
    """None where the system does not say it, or when the process has ended."""
    path = proc / str(pid) / "smaps_rollup"
    try:
        rss, pss = _kilobytes(path, "Rss"), _kilobytes(path, "Pss")
    except OSError:
        return None
    return Memory(processus=name, rss_mo=round(rss * _KB / _MB, 1), pss_mo=round(pss * _KB / _MB, 1))


def children_of(pid: int, proc: Path = _PROC) -> list[int]:
    """The processes that a process started, and those that they started."""
    found: list[int] = []
    for path in (proc / str(pid) / "task").glob("*/children"):
        try:
            own = [int(word) for word in path.read_text().split()]
        except OSError:  # a thread that ended since it was listed
            continue
        for child in own:
            found += [child, *children_of(child, proc)]
    return found


def size_of(folder: Path) -> int:
    """Bytes of the files of a folder, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _system() -> str:
    try:
        name = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    except OSError:
        name = platform.system()
    return f"{name}, {platform.release()}"


def _kilobytes(path: Path, name: str) -> int:
    """0 when the field is absent; OSError when the file is."""
    value = _field(path, name)
    return int(value.split()[0]) if value else 0


def _field(path: Path, name: str) -> str:
    for line in path.read_text().splitlines():
        label, _, value = line.partition(":")
        if label.strip() == name:
            return value.strip()
    return ""


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *words],  # noqa: S607 — the one of the developer's machine
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
