"""Who changed what in a plan, the latest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from indexer.dossiers import Dossier
from indexer.geocode.clocks import MAINLAND
from indexer.plans.model import Change
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.words import say_change
from ui.wording import say_day, say_hour, sentence


@dataclass(frozen=True, slots=True)
class Told:
    """`by_person`: the person did it, by their own link."""

    hour: str
    author: str
    by_person: bool
    text: str


@dataclass(frozen=True, slots=True)
class ToldDay:
    day: str
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    days: tuple[ToldDay, ...]
    back: str


def build_history_page(frame: Frame, dossier: Dossier, changes: Sequence[Change], today: date) -> HistoryPage:
    return HistoryPage(
        title=f"Historique du plan de {dossier.nom}",
        description="Qui a changé quoi, et quand.",
        espace=frame,
        dossier=build_frame(dossier, "plan"),
        days=tuple(iter_days(changes, today)),
        back=urls.plan(dossier.id),
    )


def iter_days(changes: Iterable[Change], today: date) -> Iterable[ToldDay]:
    """Changes in the order given, by day of France."""
    for day, some in groupby(changes, key=lambda change: change.at.astimezone(MAINLAND).date()):
        yield ToldDay(sentence(say_day(day, today)), tuple(_told(change, today) for change in some))


def _told(change: Change, today: date) -> Told:
    at = change.at.astimezone(MAINLAND)
    by_person = change.author.kind == "personne"
    return Told(say_hour(at.hour, at.minute), change.author.name, by_person, say_change(change, today))
