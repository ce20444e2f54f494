"""A saved search."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import orjson

from indexer.search import SearchRequest


class AlertState(StrEnum):
    TO_CONFIRM = "a-confirmer"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """What is looked for, its words for people, and the page that shows it (`/offres?…`)."""

    request: SearchRequest
    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Alert:
    """`token` is that of its page, where one stops it."""

    id: str
    state: AlertState
    address: str
    search: SavedSearch
    token: str
    user_id: str | None
    dossier_id: str | None
    created_at: datetime
    since: datetime
    next_at: datetime
    expires_at: datetime


def dump_content(address: str, search: SavedSearch, token: str) -> str:
    """The sealed part. Dates and pages of a search do not outlive the day: they are left out."""
    asked = asdict(search.request)
    kept = {name: asked[name] for name in _KEPT}
    told = {"address": address, "label": search.label, "path": search.path, "token": token, "request": kept}
    return orjson.dumps(told).decode()


def load_request(kept: dict[str, Any]) -> SearchRequest:
    lists = {name: tuple(kept[name]) for name in ("sans_besoin", "sans_souhait")}
    filters = {name: tuple(values) for name, values in kept["filtres"].items()}
    return SearchRequest(**{**kept, **lists, "filtres": filters})


_KEPT = (
    "q",
    "code_commune",
    "lat",
    "lon",
    "rayon_km",
    "filtres",
    "sans_besoin",
    "sans_souhait",
    "sans_lieu",
    "tel_quel",
)
