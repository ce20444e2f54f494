"""Texts and the thématiques that are right for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import EvaluationError
from indexer.evaluation.parts import PARTS
from indexer.evaluation.sets import iter_toml
from indexer.schema.vocabulary import thematiques

FRENCH = "fr"


@dataclass(frozen=True)
class Text:
    """`right` holds every thématique that a reader may choose; none where silence is right (`hors-sujet`)."""

    ensemble: str
    said: str
    right: tuple[str, ...]
    part: str
    langue: str
    registre: str | None


def load_texts(folder: Path) -> tuple[Text, ...]:
    """EvaluationError naming the file and the text at fault."""
    return tuple(text for path, read in iter_toml(folder) for text in _iter_texts(path, read))


def _iter_texts(path: Path, read: dict[str, Any]) -> Iterator[Text]:
    known = thematiques()
    for number, one in enumerate(read.get("textes", ()), start=1):
        try:
            text = Text(
                read["ensemble"],
                one["dit"],
                tuple(one["attendus"]),
                one["part"],
                one.get("langue", FRENCH),
                one.get("registre"),
            )
        except (KeyError, TypeError) as error:
            raise EvaluationError(f"{path.name}, texte {number} : il manque {error}.") from error
        unknown = [value for value in text.right if value not in known]
        if unknown or text.part not in PARTS:
            wrong = f"thématique inconnue : {', '.join(unknown)}" if unknown else f"part inconnue : {text.part}"
            raise EvaluationError(f"{path.name}, texte {number} (« {text.said} ») : {wrong}.")
        yield text
