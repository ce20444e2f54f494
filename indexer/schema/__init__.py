"""What an offer, a structure, a session and their provenance are. A leaf: no I/O, none of our other packages."""

from indexer.schema.issues import Issue, Severity
from indexer.schema.offer import Immersion, Offer, Statut, TypeOffre, Validity
from indexer.schema.provenance import Provenance
from indexer.schema.raw import Kind, RawRecord
from indexer.schema.session import Session
from indexer.schema.structure import Structure

__all__ = [
    "Immersion",
    "Issue",
    "Kind",
    "Offer",
    "Provenance",
    "RawRecord",
    "Session",
    "Severity",
    "Statut",
    "Structure",
    "TypeOffre",
    "Validity",
]
