"""RSS and Atom agendas: dates from the `ev:` module, from `date_from`/`date_to`, else from the French of the text.

The date of publication is never taken for that of the event.
"""

from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any, Final

from indexer.errors import FeedError
from indexer.feeds.base import FeedFile, FeedOptions, Row
from indexer.feeds.building import given, paragraphs, stable_id
from indexer.feeds.events import Event, iter_event_rows
from indexer.feeds.french_dates import parse_french_days
from indexer.feeds.safe_xml import Element, local_name, parse_whole
from indexer.normalise.dates import parse_date
from indexer.normalise.markup import html_to_text

SOURCE: Final = "agenda"
MAX_BYTES: Final = 20_000_000
_ITEMS: Final = ("item", "entry")
_STARTS: Final = (("startdate", ""), ("date_from", "hour_from"))
_ENDS: Final = (("enddate", ""), ("date_to", "hour_to"))


def iter_rss(file: FeedFile) -> Iterator[Row]:
    """Offers of a feed. FeedError when it is no XML, holds no item, or is too large."""
    content = file.utf8().read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise FeedError(f"{file.name} : plus de {MAX_BYTES // 1_000_000} Mo pour un flux. Demandez un flux plus court.")
    yield from iter_feed_rows(content, file.name, file.options)


def iter_feed_rows(content: bytes, name: str, options: FeedOptions) -> Iterator[Row]:
    """The rows of one feed in memory."""
    root = parse_whole(content, name)
    items = [element for element in root.iter() if local_name(element) in _ITEMS]
    if not items and local_name(root) not in ("rss", "feed", "RDF"):
        raise FeedError(f"{name} : ce n'est pas un flux RSS ou Atom. Vérifiez l'adresse : une page web, peut-être.")
    channel = next((_text(e, "title") for e in root.iter() if local_name(e) in ("channel", "feed")), "")
    organiser = channel.split(" : ")[0].split(" - ")[0]
    yield from iter_event_rows(((n, parse_item(i, organiser)) for n, i in enumerate(items, 1)), options, SOURCE)


def parse_item(item: Element, organiser: str) -> Event:
    """One item. An hour of the feed is kept with its offset; a day alone stays a day."""
    title = _text(item, "title")
    text = paragraphs(
        html_to_text(_text(item, "description", "summary")), html_to_text(_text(item, "encoded", "content"))
    )
    link = _link(item)
    session = _session(item)
    spoken = None if session else parse_french_days(f"{title} {text[:600]}")
    return Event(
        id=_text(item, "guid", "id") or link or stable_id(title, text[:200]),
        title=title,
        description=text,
        keywords=tuple(_text_of(e) or str(e.get("term", "")) for e in item if local_name(e) == "category"),
        sessions=(session,) if session else (),
        last_day=parse_date(session.get("fin") or session["debut"]) if session else _last(spoken),
        organiser=organiser,
        extra=given({"lien_source": link, "date_maj": _changed(item)}),
    )


def _last(spoken: tuple[date, date] | None) -> date | None:
    return None if spoken is None else spoken[1]


def _session(item: Element) -> dict[str, str]:
    start, end = (_moment(item, names) for names in (_STARTS, _ENDS))
    return given({"debut": start, "fin": end}) if start else {}


def _moment(item: Element, names: tuple[tuple[str, str], ...]) -> str:
    for day_name, hour_name in names:
        day = _text(item, day_name)
        if day:
            hour = _text(item, hour_name) if hour_name else ""
            return f"{day} {hour}".strip()
    return ""


def _text(item: Element, *names: str) -> str:
    """The text of the first child that has one of the names and says something."""
    for name in names:
        found = next((t for e in item if local_name(e) == name and (t := _text_of(e))), "")
        if found:
            return found
    return ""


def _text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split()) if len(element) == 0 else "".join(element.itertext()).strip()


def _link(item: Element) -> str:
    links = [e for e in item if local_name(e) == "link"]
    return next((t for e in links if (t := _text_of(e) or str(e.get("href", "")).strip())), "")


def _changed(item: Element) -> Any:
    """RFC 822 in RSS, ISO in Atom; None for anything else."""
    said = _text(item, "updated", "published", "pubDate")
    try:
        return parsedate_to_datetime(said).isoformat() if said and not said[:1].isdigit() else said or None
    except (ValueError, TypeError):
        return None
