"""The state of the whole, for `maillage status` and `/statusz`."""

from dataclasses import asdict
from typing import Any

from indexer.catalogue import Catalogue
from indexer.engines.base import SearchEngine


def read_status(catalogue: Catalogue, engine: SearchEngine) -> dict[str, Any]:
    """`{catalogue, index: {version, documents, encoder, construit_le, retard, message}, travaux}`, JSON values."""
    health = engine.health()
    live = health.version
    index: dict[str, Any] = {"version": None, "documents": 0, "encoder": None, "construit_le": None}
    if live is not None:
        built_at = live.built_at.isoformat()
        index = {"version": live.name, "documents": live.documents, "encoder": live.encoder, "construit_le": built_at}
    return {
        "catalogue": asdict(catalogue.counts()),
        "index": index | {"retard": late_offers(catalogue, engine), "message": health.message},
        "travaux": [job.as_dict() for job in catalogue.jobs()],
    }


def late_offers(catalogue: Catalogue, engine: SearchEngine) -> int | None:
    """Offers that the live index does not yet hold as the catalogue does; 0 without an index.

    None when that cannot be known: the index was built from another catalogue, or this one was restored since.
    """
    version = engine.health().version
    if version is None:
        return 0
    position = catalogue.index_position(version.name)
    if position is None or position > catalogue.latest_revision_id():
        return None
    return len(catalogue.offers_touched_since(position))
