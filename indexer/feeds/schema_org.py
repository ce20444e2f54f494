"""schema.org: events, courses and public services told in JSON-LD or microdata, in a page or in a file of nodes."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, FeedOptions, Row
from indexer.feeds.building import given, iter_objects, stable_id, text_of
from indexer.feeds.events import Event, iter_event_rows
from indexer.feeds.postal_line import split_address
from indexer.normalise.dates import parse_date
from indexer.schema import Kind

SOURCE: Final = "schema-org"
MAX_BYTES: Final = 5_000_000
_EVENTS: Final = frozenset({"Event", "Hackathon", "Festival", "EventSeries"})
_COURSES: Final = frozenset({"Course", "CourseInstance", "EducationalOccupationalProgram"})
_SERVICES: Final = frozenset({"GovernmentService", "Service"})
_BLOCK: Final = re.compile(r"<script\b[^>]*application/ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_PAGE: Final = "@page"
"""Key under which a crawl says on which page a node was found."""


def iter_schema_org(file: FeedFile) -> Iterator[Row]:
    """The rows of a page, or of a file of JSON-LD nodes. FeedError for a page that is too large."""
    nodes: Iterator[tuple[int, dict[str, Any]]]
    if file.head.lstrip().startswith("<"):
        content = file.utf8().read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise FeedError(f"{file.name} : page de plus de {MAX_BYTES // 1_000_000} Mo.")
        nodes = enumerate(extract_nodes(content.decode("utf-8", "replace")), start=1)
    else:
        nodes = ((row.number, node) for row in iter_objects(file) for node in flatten(row.fields))
    yield from iter_node_rows(nodes, file.options)


def extract_nodes(page: str) -> Iterator[dict[str, Any]]:
    """The nodes of a page: JSON-LD (a broken block is passed over, the others stay), then microdata."""
    from extruct.w3cmicrodata import MicrodataExtractor  # slow to import, and most imports never meet a page

    if not page.strip():
        return
    for block in _BLOCK.findall(page):
        yield from flatten(_parse_block(block))
    for item in MicrodataExtractor(nested=True).extract(page):
        yield from flatten(_unnest(item))


def _parse_block(block: str) -> Any:
    from extruct.jsonld import JsonLdExtractor  # forgives comments and the like

    try:
        return JsonLdExtractor().extract(f"<html>{block}</html>")
    except (ValueError, RecursionError):
        return []  # one broken block does not silence the others


def flatten(item: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The typed nodes of a document: lists and `@graph` opened, six levels deep at most."""
    if depth > 6:
        return
    if isinstance(item, list):
        for part in item:
            yield from flatten(part, depth + 1)
    elif isinstance(item, dict):
        if "@graph" in item:
            yield from flatten(item["@graph"], depth + 1)
        elif "itemListElement" in item:
            yield from flatten([_listed(part) for part in _as_list(item["itemListElement"])], depth + 1)
        elif types_of(item):
            yield item


def types_of(node: Mapping[str, Any]) -> frozenset[str]:
    """The types of a node, without their address."""
    return frozenset(str(t).rstrip("/").rpartition("/")[2] for t in _as_list(node.get("@type")) if t)


def iter_node_rows(nodes: Iterator[tuple[int, dict[str, Any]]], options: FeedOptions) -> Iterator[Row]:
    """Events pass the filter of agendas; courses and services are offers by what they are; the rest is not told."""
    others: list[tuple[int, dict[str, Any]]] = []

    def events() -> Iterator[tuple[int, Event]]:
        for number, node in nodes:
            kinds = types_of(node)
            if kinds & _EVENTS or any(kind.endswith("Event") for kind in kinds):
                yield number, parse_event_node(node)
            elif kinds & (_COURSES | _SERVICES):
                others.append((number, node))

    yield from iter_event_rows(events(), options, SOURCE)
    yield from iter_service_rows(others, options)


def iter_service_rows(nodes: list[tuple[int, dict[str, Any]]], options: FeedOptions) -> Iterator[Row]:
    """A structure (once each) and an offer a course or service."""
    producer = options.producer or SOURCE
    known: set[str] = set()
    for number, node in nodes:
        provider = _first(node.get("provider") or node.get("serviceOperator") or node.get("organizer"))
        name = text_of(provider.get("name")) or producer
        structure = f"org-{stable_id(name)}"
        if structure not in known:
            known.add(structure)
            yield Row(
                number,
                given({"id": structure, "nom": name, "source": producer, **_contact(provider)}),
                kind=Kind.STRUCTURE,
            )
        fields = {**build_service(node), "structure_id": structure, "source": producer}
        yield Row(number, given(fields), kind=Kind.OFFER)


def build_service(node: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a course (a training) or of a public service."""
    course = bool(types_of(node) & _COURSES)
    dates = [node, *(_first(i) for i in _as_list(node.get("hasCourseInstance")))]
    sessions = [session for date in dates if (session := _session(date))]
    place = next((p for p in (_place(_first(date.get("location"))) for date in dates) if p), {})
    ends = [day for s in sessions if (day := parse_date(s.get("fin") or s["debut"])) is not None]
    return {
        "id": _identity(node),
        "nom": text_of(node.get("name")),
        "description": text_of(node.get("description")),
        "type_offre": "formation" if course else "service",
        "sessions": sessions,
        "validite": {"fin": max(ends).isoformat()} if ends else None,
        "lien_source": text_of(node.get("url")) or text_of(node.get(_PAGE)),
        "publics_precisions": text_of(_first(node.get("audience")).get("audienceType")),
        "frais": _cost(node),
        "date_maj": text_of(node.get("dateModified")),
        **place,
        **_contact(node),
    }


def parse_event_node(node: Mapping[str, Any]) -> Event:
    """An Event, with the page on which it was found."""
    session = _session(node)
    url = text_of(node.get("url")) or text_of(node.get(_PAGE))
    keywords = node.get("keywords")
    return Event(
        id=_identity(node),
        title=text_of(node.get("name")),
        description=text_of(node.get("description")),
        keywords=tuple(text_of(keywords).split(",")),
        sessions=(session,) if session else (),
        last_day=parse_date(session.get("fin") or session["debut"]) if session else None,
        organiser=text_of(_first(node.get("organizer")).get("name")),
        place=_place(_first(node.get("location"))),
        extra=given({"lien_source": url, "frais": _cost(node)}),
        cancelled="EventCancelled" in text_of(node.get("eventStatus")),
    )


def _identity(node: Mapping[str, Any]) -> str:
    """What the page says is its id, else a stable one of its name, date and page."""
    stated = text_of(node.get("identifier")) or text_of(node.get("@id"))
    return stated or stable_id(
        text_of(node.get("name")), node.get("startDate"), text_of(node.get("url")) or node.get(_PAGE)
    )


def _session(node: Mapping[str, Any]) -> dict[str, str]:
    start = text_of(node.get("startDate"))
    return given({"debut": start, "fin": text_of(node.get("endDate"))}) if start else {}


def _place(place: Mapping[str, Any]) -> dict[str, Any]:
    address = place.get("address")
    geo = _first(place.get("geo"))
    fields: dict[str, Any] = {"latitude": geo.get("latitude"), "longitude": geo.get("longitude")}
    if isinstance(address, str):
        fields |= split_address(address)
    else:
        parts = _first(address)
        fields |= {
            "adresse": text_of(parts.get("streetAddress")),
            "code_postal": text_of(parts.get("postalCode")),
            "commune": text_of(parts.get("addressLocality")),
        }
    return given({**fields, "complement_adresse": text_of(place.get("name"))})


def _contact(node: Mapping[str, Any]) -> dict[str, Any]:
    """Telephone and e-mail of an organisation: those of a person (a `contactPoint` with a name) are left out."""
    return given({"telephone": text_of(node.get("telephone")), "courriel": text_of(node.get("email"))})


def _cost(node: Mapping[str, Any]) -> str | None:
    free = node.get("isAccessibleForFree")
    price = text_of(_first(node.get("offers")).get("price"))
    if free is True or str(free).lower().endswith("true") or price in ("0", "0.0", "0.00"):
        return "gratuit"
    return "payant" if price or free is False else None


def _listed(part: Any) -> Any:
    return part.get("item", part) if isinstance(part, dict) else part


def _as_list(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _first(value: Any) -> dict[str, Any]:
    """The first object of a value; {} when it has none."""
    return next((item for item in _as_list(value) if isinstance(item, dict)), {})


def _unnest(item: Any) -> Any:
    """Microdata ({type, properties}) in the shape of JSON-LD."""
    if isinstance(item, list):
        return [_unnest(part) for part in item]
    if not isinstance(item, dict) or "properties" not in item:
        return item
    kinds = [str(kind) for kind in _as_list(item.get("type"))]
    return {"@type": kinds, **{name: _unnest(value) for name, value in item["properties"].items()}}
