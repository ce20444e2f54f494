"""OpenAgenda: its API (v2), its open-data exports (flat columns), and flat JSON by lines with French names."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, iter_objects, paragraphs, stable_id, text_of
from indexer.feeds.events import Event, iter_event_rows
from indexer.feeds.french_dates import parse_french_days
from indexer.normalise.dates import parse_date

SOURCE: Final = "openagenda"

# Our name of a field → where each layout keeps it; a dot goes into an object.
_PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "titre", "title_fr"),
    "summary": ("description", "description_fr"),
    "detail": ("longDescription", "description_longue", "longdescription_fr"),
    "keywords": ("keywords", "mots_cles", "keywords_fr"),
    "timings": ("timings", "horaires"),
    "dates": ("dateRange", "dates", "daterange_fr"),
    "venue": ("location.name", "lieu", "location_name"),
    "address": ("location.address", "adresse", "location_address"),
    "city": ("location.city", "commune", "location_city"),
    "insee": ("location.insee", "code_insee", "location_insee"),
    "postcode": ("location.postalCode", "code_postal", "location_postalcode"),
    "latitude": ("location.latitude", "lat", "location_coordinates.lat"),
    "longitude": ("location.longitude", "lon", "location_coordinates.lon"),
    "conditions": ("conditions", "conditions_fr"),
    "agenda": ("originAgenda.title", "agenda", "originagenda_title"),
    "link": ("canonicalUrl", "canonicalurl", "url"),
    "online": ("onlineAccessLink", "onlineaccesslink"),
    "changed": ("updatedAt", "updatedat"),
    "youngest": ("age.min", "age_min"),
    "oldest": ("age.max", "age_max"),
}


def iter_open_agenda(file: FeedFile) -> Iterator[Row]:
    """Offers (and the agendas that hold them); what is no offer of insertion is refused and counted."""
    refused: list[Row] = []

    def events() -> Iterator[tuple[int, Event]]:
        for row in iter_objects(file):
            if row.refusal is None:
                yield row.number, parse_event(row.fields)
            else:
                refused.append(row)

    yield from iter_event_rows(events(), file.options, SOURCE)
    yield from refused


def parse_event(fields: Mapping[str, Any]) -> Event:
    """One event of any of the layouts."""
    read = {name: _first(fields, places) for name, places in _PLACES.items()}
    sessions = tuple(_sessions(read["timings"]))
    title = text_of(read["title"])
    uid = text_of(fields.get("uid")) or stable_id(title, text_of(read["dates"]), text_of(read["address"]))
    return Event(
        id=uid,
        title=title,
        description=paragraphs(read["summary"], read["detail"]),
        keywords=tuple(_words(read["keywords"])),
        sessions=sessions,
        last_day=_last_day(sessions, text_of(read["dates"])),
        organiser=text_of(read["agenda"]),
        place=_place(read),
        extra=_extra(read),
        cancelled=fields.get("status") in (6, "6"),
    )


def _first(fields: Mapping[str, Any], places: tuple[str, ...]) -> Any:
    for place in places:
        value: Any = fields
        for name in place.split("."):
            value = value.get(name) if isinstance(value, dict) else None
        if value not in (None, "", [], {}):
            return value
    return None


def _sessions(timings: Any) -> Iterator[dict[str, str]]:
    """`timings` is a list of {begin, end}, or that list as JSON text."""
    if isinstance(timings, str):
        try:
            timings = json.loads(timings)
        except (ValueError, RecursionError):
            return
    for timing in timings if isinstance(timings, list) else ():
        if isinstance(timing, dict) and timing.get("begin"):
            yield given({"debut": str(timing["begin"]), "fin": timing.get("end")})


def _last_day(sessions: tuple[dict[str, str], ...], said: str) -> date | None:
    days = [day for s in sessions if (day := parse_date(s.get("fin") or s["debut"])) is not None]
    if days:
        return max(days)
    spoken = parse_french_days(said)
    return None if spoken is None else spoken[1]


def _words(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = value.get("fr")
    if isinstance(value, str):
        value = value.replace(",", ";").split(";")
    return [text_of(word) for word in value] if isinstance(value, list) else []


def _place(read: Mapping[str, Any]) -> dict[str, Any]:
    return given(
        {
            "complement_adresse": text_of(read["venue"]),
            "adresse": text_of(read["address"]),
            "commune": text_of(read["city"]),
            "code_insee": text_of(read["insee"]),
            "code_postal": text_of(read["postcode"]),
            "latitude": read["latitude"],
            "longitude": read["longitude"],
        }
    )


def _extra(read: Mapping[str, Any]) -> dict[str, Any]:
    conditions = text_of(read["conditions"])
    extra = {
        "frais_precisions": conditions,
        "frais": "gratuit"
        if conditions.lower().strip(" .!") in ("gratuit", "entrée libre", "entrée gratuite")
        else None,
        "lien_source": text_of(read["link"]),
        "lien_mobilisation": text_of(read["online"]),
        "date_maj": read["changed"],
        "age_min": read["youngest"],
        "age_max": read["oldest"],
    }
    if read["online"]:
        extra["modes_accueil"] = ["a-distance", "en-presentiel"] if read["city"] else ["a-distance"]
    return given(extra)
