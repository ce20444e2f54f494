"""Who reads and writes the files of people in tests, and files over a database."""

from indexer.accounts import Accounts, Actor, Role
from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.dossiers import Dossier, Dossiers, NewDossier
from indexer.dossiers.model import Consent
from indexer.sealing import Sealer

KEY = "une clé de test assez longue pour servir"


def somebody(user_id: str, organisation_id: str, role: Role = Role.REFERENT) -> Actor:
    return Actor(user_id, user_id.title(), role, organisation_id, organisation_id.title())


CLAIRE = somebody("claire", "mission-locale")
KARIM = somebody("karim", "mission-locale")
LEA = somebody("lea", "ccas")


def build_dossiers(database: Database, clock: Clock) -> Dossiers:
    sealer = Sealer([KEY], clock)
    return Dossiers(database, sealer, clock, Accounts(database, sealer, clock).note_access)


def open_file(dossiers: Dossiers, actor: Actor = CLAIRE, **answers: str) -> Dossier:
    """A new file, called « M. B. » unless a name is given."""
    nom = answers.pop("nom", "M. B.")
    return dossiers.create(actor, NewDossier(nom, Consent.ORAL, answers))
