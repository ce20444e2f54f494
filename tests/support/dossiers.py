"""Who reads and writes the files of people in tests, a clock that they turn, and files over a database."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from indexer.catalogue.database import Database
from indexer.dossiers import Dossier, Dossiers, NewDossier
from indexer.dossiers.model import Consent
from indexer.sealing import Sealer

KEY = "une clé de test assez longue pour servir"


@dataclass(frozen=True)
class Someone:
    """A reader of files."""

    user_id: str
    organisation_id: str
    role: str = "referent"


CLAIRE = Someone("claire", "mission-locale")
KARIM = Someone("karim", "mission-locale")
LEA = Someone("lea", "ccas")


class TurnedClock:
    """Says the time that a test set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **spans: float) -> None:
        self.now += timedelta(**spans)


def build_dossiers(database: Database, clock: TurnedClock) -> Dossiers:
    return Dossiers(database, Sealer([KEY], clock), clock)


def open_file(dossiers: Dossiers, actor: Someone = CLAIRE, **answers: str) -> Dossier:
    """A new file, called « M. B. » unless a name is given."""
    nom = answers.pop("nom", "M. B.")
    return dossiers.create(actor, NewDossier(nom, Consent.ORAL, answers))
