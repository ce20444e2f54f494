"""What stands above every page of one file: whose it is, and the way to its other pages."""

from dataclasses import dataclass
from typing import Final

from indexer.dossiers import Statut, Summary
from ui.dossiers import urls

_TABS: Final = (
    ("dossier", "Dossier", urls.dossier),
    ("situation", "Situation", urls.situation),
    ("plan", "Plan", urls.plan),
    ("suivi", "Suivi", urls.follow_up),
)


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class DossierFrame:
    """A page of a file holds it as its field `dossier`; `dossiers/frame.html` shows it."""

    nom: str
    closed: bool
    tabs: tuple[Tab, ...]


def build_frame(dossier: Summary, current: str) -> DossierFrame:
    """`current` is the tab of the page: « dossier », « situation », « plan » or « suivi »."""
    tabs = tuple(Tab(label, url(dossier.id), name == current) for name, label, url in _TABS)
    return DossierFrame(dossier.nom, dossier.statut is Statut.CLOS, tabs)
