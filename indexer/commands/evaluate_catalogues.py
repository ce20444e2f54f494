"""The catalogues on which needs are judged: ours, and a real one that stays outside of the project."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from indexer.commands.demonstration import prepare_demonstration
from indexer.commands.import_ import ImportOptions, import_files
from indexer.errors import EvaluationError
from indexer.evaluation.catalogue import JUDGED_ON
from indexer.rebuild import Indexing
from indexer.report import ImportReport

Catalogue = Literal["demonstration", "lille"]

LILLE = ("lille_2026_structures.json", "lille_2026_services.json")
"""In the layout of data·inclusion v1, as published."""


def fill_from(catalogue: Catalogue, data: Path | None) -> Callable[[Indexing], None]:
    """What imports a catalogue into an empty one. EvaluationError when its files are not where they should be."""
    if catalogue == "demonstration":
        return _fill_demonstration
    return partial(_import, paths=tuple(str(path) for path in find_lille(data)))


def find_lille(data: Path | None) -> tuple[Path, ...]:
    """The files of the Lille feed in a folder. EvaluationError when they are not there, or no folder was given."""
    if data is None:
        raise EvaluationError("Le flux de Lille n'est pas livré avec le projet : dites son dossier avec « --donnees ».")
    paths = tuple(data / name for name in LILLE)
    absent = [path.name for path in paths if not path.is_file()]
    if absent:
        raise EvaluationError(f"{', '.join(absent)} : absent de {data}. Donnez le dossier qui tient le flux de Lille.")
    return paths


def _fill_demonstration(work: Indexing) -> None:
    prepare_demonstration(work)


def _import(work: Indexing, paths: tuple[str, ...]) -> None:
    options = ImportOptions(paths, "lille")
    import_files(work.catalogue, options, ImportReport("lille", paths, None, JUDGED_ON))
