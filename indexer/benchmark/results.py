"""What a measure found: written as JSON, read again to be compared."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from indexer.errors import BenchmarkError

FORMAT: Final = 1
"""Raised when the fields below change their meaning: older files are then refused."""

Level = Literal["en-processus", "http"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Machine(_Value):
    """Where it was measured. `charge_1min` is the load average when the measure began: above 0.5, others worked too."""

    processeur: str
    coeurs: int
    memoire_go: float
    systeme: str
    python: str
    commit: str | None
    charge_1min: float


class Build(_Value):
    """Seconds. `preparation_s` is the making of documents, `ecriture_s` what the engine takes, vectors given."""

    preparation_s: float
    ecriture_s: float
    disque_mo: float | None


class Memory(_Value):
    """One process, MB. `pss_mo` counts a page shared by n processes as 1/n of it."""

    processus: str
    rss_mo: float
    pss_mo: float


class Timing(_Value):
    """One kind of request. Milliseconds as who asks waits; `moteur_…` is the engine's share, when it is said.

    `processeur_…` is what the asking thread used of a processor, in process: other programs do not slow that.
    """

    niveau: Level
    processus: int
    scenario: str
    clients: int
    requetes: int
    erreurs: int
    p50_ms: float
    p95_ms: float
    p99_ms: float
    processeur_p50_ms: float | None
    processeur_p95_ms: float | None
    moteur_p50_ms: float | None
    moteur_p95_ms: float | None
    par_seconde: float

    @property
    def key(self) -> tuple[str, int, str, int]:
        """What makes it the same row of another measure."""
        return self.niveau, self.processus, self.scenario, self.clients


class Seen(_Value):
    """Live changes: milliseconds from the end of the write until another process answers with it."""

    niveau: Level
    processus: int
    changements: int
    p50_ms: float
    p95_ms: float
    max_ms: float


class Result(_Value):
    """A whole measure."""

    format: int = FORMAT
    commande: str
    moteur: str
    encodeur: str
    offres: int
    graine: int
    le: str
    machine: Machine
    construction: Build
    memoire: tuple[Memory, ...]
    mesures: tuple[Timing, ...]
    vus: tuple[Seen, ...]


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which a share (0–1) of the values are, between neighbours in proportion; at least one value."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))


def write_result(result: Result) -> str:
    return result.model_dump_json(indent=1) + "\n"


def read_result(path: Path) -> Result:
    """BenchmarkError when the file is absent, or is no measure."""
    try:
        return _checked(Result.model_validate_json(path.read_bytes()), path)
    except OSError as error:
        raise BenchmarkError(f"Le fichier {path} ne peut pas être lu : {error.strerror}.") from error
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"])) or "tout le fichier"
        message = f"{path} n'est pas une mesure de « maillage bench » (à voir : {where})."
        raise BenchmarkError(f"{message} Donnez un fichier .json écrit par --out.") from error


def _checked(result: Result, path: Path) -> Result:
    if result.format != FORMAT:
        raise BenchmarkError(
            f"{path} est au format {result.format}, et cette version lit le format {FORMAT} : mesurez à nouveau."
        )
    return result
