"""The store of structures and offers: SQLite by default, PostgreSQL by setting."""

from indexer.catalogue.store import Catalogue, open_catalogue
from indexer.catalogue.stored import (
    Change,
    Counts,
    ImportSummary,
    RetiredSummary,
    Revision,
    SourceSummary,
    StoredOffer,
    StoredStructure,
)

__all__ = [
    "Catalogue",
    "Change",
    "Counts",
    "ImportSummary",
    "RetiredSummary",
    "Revision",
    "SourceSummary",
    "StoredOffer",
    "StoredStructure",
    "open_catalogue",
]
