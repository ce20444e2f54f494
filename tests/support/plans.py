"""Plans over an empty catalogue, with two professionals of one organisation and a stranger."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from indexer.accounts import Actor, Role
from indexer.catalogue import Catalogue
from indexer.dossiers import Dossiers, NewDossier
from indexer.dossiers.model import Consent
from indexer.plans.service import Plans
from indexer.sealing import Sealer

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **units: float) -> None:
        self.now += timedelta(**units)


CAMILLE = Actor("camille", "Camille R.", Role.REFERENT, "ccas", "CCAS")
DRISS = Actor("driss", "Driss B.", Role.REFERENT, "ccas", "CCAS")
STRANGER = Actor("lou", "Lou P.", Role.REFERENT, "autre", "Mission locale")


def _note_nothing(*_: object) -> None:
    """The log of accesses is tested where it is written."""


@dataclass
class PlansWorld:
    catalogue: Catalogue
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.sealer = Sealer(["une clé pour les tests, assez longue"], self.clock)
        self.dossiers = Dossiers(self.catalogue.database, self.sealer, self.clock, _note_nothing)
        self.plans = Plans(self.dossiers, self.sealer, self.clock)
        self.dossier_id = self.open_dossier()

    def open_dossier(self) -> str:
        new = NewDossier("A. B.", Consent.ORAL, {"code_commune": "90010"})
        return self.dossiers.create(CAMILLE, new).id
