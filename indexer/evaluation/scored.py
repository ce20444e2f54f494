"""One text judged: what was hoped for, what came, and what that is worth. Every kind of evaluation gives these."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from indexer.errors import EvaluationError

FORMAT = 1
"""Of the written run; another is refused and not guessed at."""


@dataclass(frozen=True)
class Scored:
    """`labels` are what figures are grouped by (part, langue, registre…); a text is in no group of a label it lacks.

    `values` maps a measure to its value in 0–1. `expected` and `found` are for people who read the misses.
    """

    text: str
    labels: Mapping[str, str]
    values: Mapping[str, float]
    expected: tuple[str, ...] = ()
    found: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Equal in two runs for the same text of the same set, searched from the same place."""
        return self.text, self.labels.get("lieu", self.labels.get("ensemble", ""))


@dataclass(frozen=True)
class Run:
    """All texts of one evaluation: `kind` is `understanding`, `search` or `match`, `about` says what was measured."""

    kind: str
    about: Mapping[str, str]
    scored: tuple[Scored, ...] = field(repr=False)

    def only(self, part: str | None) -> "Run":
        """The texts of one part; all of them when None."""
        kept = tuple(one for one in self.scored if part is None or one.labels["part"] == part)
        return Run(self.kind, self.about, kept)


def write_run(run: Run, *, brief: bool = False) -> bytes:
    """JSON, one line a text, to be compared with later. `brief` leaves out what was hoped for and what came."""
    head = orjson.dumps({"format": FORMAT, "genre": run.kind, "sur": dict(run.about)})[1:-1]
    lines = b",\n".join(orjson.dumps(_write_scored(one, brief)) for one in run.scored)
    return b"{" + head + b',"textes":[\n' + lines + b"\n]}\n"


def read_run(path: Path, kind: str) -> Run:
    """EvaluationError when the file is absent, is no run, or is a run of the other kind."""
    try:
        read = orjson.loads(path.read_bytes())
        if read["format"] != FORMAT:
            raise EvaluationError(
                f"{path} est d'un autre format ({read['format']}) : mesurez de nouveau, puis comparez."
            )
        run = Run(read["genre"], read["sur"], tuple(_read_scored(read["textes"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"{path} n'est pas une mesure écrite par « maillage evaluate … --json » : {error}."
        raise EvaluationError(message) from error
    if run.kind != kind:
        raise EvaluationError(f"{path} est une mesure de « {run.kind} », pas de « {kind} ».")
    return run


def _write_scored(one: Scored, brief: bool) -> dict[str, Any]:
    values = {name: round(value, 4) for name, value in one.values.items()}
    written = {"texte": one.text, "etiquettes": dict(one.labels), "valeurs": values}
    return written if brief else written | {"attendus": one.expected, "obtenus": one.found}


def _read_scored(texts: Iterable[Mapping[str, Any]]) -> Iterable[Scored]:
    for one in texts:
        values = {name: float(value) for name, value in one["valeurs"].items()}
        yield Scored(
            one["texte"], one["etiquettes"], values, tuple(one.get("attendus", ())), tuple(one.get("obtenus", ()))
        )
