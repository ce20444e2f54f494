"""`/sitemap.xml`: every page worth finding, with the last change of its content; several files beyond 50,000."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final
from xml.sax.saxutils import escape

from indexer.catalogue import Catalogue
from indexer.schema import Kind
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE
from ui.site import Site

MAX_ADDRESSES: Final = 50_000
"""What the protocol of sitemaps allows in one file."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_PAGES: Final[dict[Kind, Callable[[str], str]]] = {Kind.OFFER: urls.offer, Kind.STRUCTURE: urls.structure}
_CHUNK: Final = 500


class Sitemap:
    """The files of one catalogue. `limit` is how many addresses a file holds."""

    def __init__(self, catalogue: Catalogue, base_url: str, limit: int = MAX_ADDRESSES) -> None:
        self._catalogue, self._base, self._limit = catalogue, base_url, limit

    def iter_root(self) -> Iterator[str]:
        """All addresses, or the list of the files that hold them."""
        counts = {kind: self._catalogue.count_addresses(kind, EXAMPLE_SOURCE) for kind in _PAGES}
        if sum(counts.values()) + len(urls.LISTED) <= self._limit:
            return _in_chunks(self._iter_all())
        return _in_chunks(self._iter_files(counts))

    def iter_file(self, name: str) -> Iterator[str] | None:
        """« pages », « offre-1 », « structure-2 »; None for a file that does not exist."""
        if name == "pages":
            return _in_chunks(_urlset(self._iter_own()))
        kind, _, number = name.partition("-")
        if kind not in set(Kind) or not number.isascii() or not number.isdigit() or len(number) > 6:
            return None
        records = self._iter_records(Kind(kind), (int(number) - 1) * self._limit, self._limit)
        first = None if int(number) == 0 else next(records, None)
        return None if first is None else _in_chunks(_urlset(chain([first], records)))

    def _iter_all(self) -> Iterator[str]:
        def entries() -> Iterator[str]:
            yield from self._iter_own()
            for kind in _PAGES:
                yield from self._iter_records(kind, 0, self._limit)

        return _urlset(entries())

    def _iter_files(self, counts: dict[Kind, int]) -> Iterator[str]:
        yield f"{_HEAD}<sitemapindex {_SPACE}>\n"
        names = ["pages"]
        names += [f"{kind}-{n + 1}" for kind, count in counts.items() for n in range(-(-count // self._limit))]
        for name in names:
            yield f"<sitemap><loc>{escape(self._base + urls.sitemap_file(name))}</loc></sitemap>\n"
        yield "</sitemapindex>\n"

    def _iter_own(self) -> Iterator[str]:
        return (f"<url><loc>{escape(self._base + path)}</loc></url>\n" for path in urls.LISTED)

    def _iter_records(self, kind: Kind, start: int, count: int) -> Iterator[str]:
        for record in self._catalogue.iter_addresses(kind, EXAMPLE_SOURCE, start, count):
            address = escape(self._base + _PAGES[kind](record.id))
            changed = record.changed_at.isoformat(timespec="seconds")
            yield f"<url><loc>{address}</loc><lastmod>{changed}</lastmod></url>\n"


def build_robots(site: Site) -> str:
    """What robots may read. Searches have no end, and the API is for programs; pages say themselves who is listed."""
    lines = ["User-agent: *", f"Disallow: {urls.OFFERS}?", "Disallow: /v1/", "Disallow: /api/"]
    address = site.absolute(urls.SITEMAP)
    if address is not None:
        lines += ["", f"Sitemap: {address}"]
    return "\n".join(lines) + "\n"


def _urlset(entries: Iterator[str]) -> Iterator[str]:
    yield f"{_HEAD}<urlset {_SPACE}>\n"
    yield from entries
    yield "</urlset>\n"


def _in_chunks(parts: Iterator[str]) -> Iterator[str]:
    """Fewer, larger pieces: each costs a turn of the server."""
    kept: list[str] = []
    for part in parts:
        kept.append(part)
        if len(kept) >= _CHUNK:
            yield "".join(kept)
            kept.clear()
    yield "".join(kept)
