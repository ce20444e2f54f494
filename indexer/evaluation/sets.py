"""Where the judged sets are, and how a TOML file of them is read. They live with the tests and are never shipped."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import indexer
from indexer.errors import EvaluationError

SETS = Path("tests", "relevance")


def find_sets(folder: Path | None, name: str) -> Path:
    """The folder given, else that of the checkout in which this code runs. EvaluationError when it is absent."""
    found = folder or Path(indexer.__file__).parent.parent / SETS / name
    if not found.is_dir():
        raise EvaluationError(
            f"Les jeux jugés ne sont pas dans {found}. Ils vivent avec les tests, dans {SETS / name} : "
            "lancez la commande depuis une copie du dépôt, ou donnez leur dossier avec « --jeux »."
        )
    return found


def iter_toml(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The TOML files of a folder, by name. EvaluationError naming the one that cannot be read, or if there is none."""
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise EvaluationError(f"Aucun fichier .toml dans {folder} : rien à mesurer.")
    for path in paths:
        try:
            yield path, tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise EvaluationError(f"{path.name} n'est pas un fichier TOML lisible : {error}.") from error
