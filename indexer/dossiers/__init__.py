"""Files of people followed: what they said, who may read it, for how long. Nothing here names a person."""

from indexer.dossiers.errors import NotFound, RefusedAnswers
from indexer.dossiers.model import Dossier, NewDossier, Statut, Summary
from indexer.dossiers.store import Dossiers

__all__ = ["Dossier", "Dossiers", "NewDossier", "NotFound", "RefusedAnswers", "Statut", "Summary"]
