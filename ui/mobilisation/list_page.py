"""What a list of companies brought, and the rows that are to be mended."""

from dataclasses import dataclass
from typing import Final

from indexer.mobilise.model import Brought
from indexer.mobilise.reading import Fault, write_faults
from ui.espace.navigation import Frame
from ui.mobilisation import urls
from ui.wording import say_count

SHOWN: Final = 20
HANDED_BACK: Final = 1_000
"""Rows at fault that one page hands back: 150 kB; the others come with the next reading."""

_LONGEST: Final = 250_000
"""Characters of them, below what a form may send back (`ui.espace.forms`)."""


@dataclass(frozen=True)
class ListPage:
    """`lines` is the CSV of the rows at fault, "" when there are none."""

    title: str
    description: str
    espace: Frame
    summary: str
    faults: tuple[Fault, ...]
    counted: str
    left_out: str
    lines: str
    faults_url: str = urls.FAULTS
    back: str = urls.OVERVIEW


def build_list_page(frame: Frame, brought: Brought, faults: tuple[Fault, ...]) -> ListPage:
    kept, lines = _fitting(faults)
    missing = len(faults) - len(kept)
    return ListPage(
        title="Votre liste est lue",
        description="Ce que la liste apporte, et ce qui reste à corriger.",
        espace=frame,
        summary=_summary(brought),
        faults=faults[:SHOWN],
        counted=say_count(len(faults), "ligne est à corriger", "lignes sont à corriger") if faults else "",
        left_out=f"Ce fichier contient les {len(kept)} premières." if missing else "",
        lines=lines,
    )


def _summary(brought: Brought) -> str:
    new = say_count(brought.new, "entreprise ajoutée", "entreprises ajoutées")
    return f"{new}, {say_count(brought.known, 'mise à jour', 'mises à jour')}."


def _fitting(faults: tuple[Fault, ...]) -> tuple[tuple[Fault, ...], str]:
    kept = faults[:HANDED_BACK]
    lines = write_faults(kept) if kept else ""
    while len(lines) > _LONGEST:
        kept = kept[: len(kept) // 2]
        lines = write_faults(kept)
    return kept, lines
