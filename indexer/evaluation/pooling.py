"""What is still to be judged: the first answers of several ways of searching, that nobody has read for a need yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from indexer.errors import EvaluationError
from indexer.evaluation.families import Families, fold
from indexer.evaluation.judged import JudgedNeed
from indexer.evaluation.measures import DEPTH
from indexer.evaluation.search import Ranking

READ: Final = "lus.json"
"""Beside the judged needs: for each, the answers that were read and found worth 0."""


@dataclass(frozen=True)
class Unread:
    """A need and the answers, best first, that have no judgement for it."""

    need: JudgedNeed
    offers: tuple[str, ...]


def iter_unread(
    needs: Iterable[JudgedNeed], rankings: Sequence[Ranking], families: Families, read: Mapping[str, Sequence[str]]
) -> Iterator[Unread]:
    """Needs whose pool (the first answers of each ranking, in turn) is judged throughout are left out."""
    for need in needs:
        tops = [fold(families, rank(need))[:DEPTH] for rank in rankings]
        known = {*need.grades, *read.get(key_of(need), ())}
        pool = dict.fromkeys(one for place in range(DEPTH) for top in tops for one in top[place : place + 1])
        unread = tuple(one for one in pool if one not in known)
        if unread:
            yield Unread(need, unread)


def key_of(need: JudgedNeed) -> str:
    """How a need is named in the list of what was read."""
    return f"{need.said} @ {need.place or 'partout'}"


def load_read(folder: Path) -> dict[str, list[str]]:
    """Nothing when the list is absent. EvaluationError when it cannot be read."""
    path = folder / READ
    if not path.is_file():
        return {}
    try:
        read: dict[str, list[str]] = orjson.loads(path.read_bytes())
    except ValueError as error:
        raise EvaluationError(f"{path} n'est pas un fichier JSON lisible : {error}.") from error
    return read


def write_read(folder: Path, read: Mapping[str, Iterable[str]]) -> None:
    """One line a need, in alphabetical order: a change is easily read."""
    lines = [f"{orjson.dumps(key).decode()}: {orjson.dumps(sorted(own)).decode()}" for key, own in sorted(read.items())]
    (folder / READ).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
