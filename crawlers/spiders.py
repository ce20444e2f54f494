"""One spider for each way in which sites publish; what differs from site to site is data."""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.sitemap import Sitemap
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

from crawlers.json_api import JsonApiSpider
from crawlers.site import Site

Found = Iterator[dict[str, Any] | scrapy.Request]
_FEEDS: Final = {"text/calendar": "ical", "application/rss+xml": "rss", "application/atom+xml": "rss"}


class SiteSpider(scrapy.Spider):
    """Visits the pages of a site, within its domains; `records` says what a page gives."""

    name = "site"

    def __init__(self, site: Site, **kwargs: Any) -> None:
        super().__init__(name=site.name, **kwargs)
        self.site = site
        self.allowed_domains = list(site.domains)
        self.start_urls = [*site.sitemaps, *site.start]
        self._links = LinkExtractor(allow=site.follow or (), unique=True)  # the offsite rule counts the rest
        self._details = [re.compile(pattern) for pattern in site.details]

    def parse(self, response: Response, **kwargs: Any) -> Found:  # noqa: ARG002 (the signature is Scrapy's)
        """Records of a page, then the pages it leads to."""
        if not isinstance(response, TextResponse):
            return
        response = response.replace(encoding=encoding_of(response))
        if response.url in self.site.sitemaps or _is_sitemap(response):
            yield from self._sitemap(response)
            return
        if not self._details or any(pattern.search(response.url) for pattern in self._details):
            yield from self.records(response)
        for link in self._links.extract_links(response):
            yield response.follow(link, callback=self.parse)

    def records(self, page: TextResponse) -> Found:
        """What one page hands over."""
        raise NotImplementedError

    def _sitemap(self, response: TextResponse) -> Found:
        wanted = [re.compile(pattern) for pattern in (*self.site.follow, *self.site.details)]
        for entry in Sitemap(response.body):
            address = str(entry.get("loc", "")).strip()
            nested = urlsplit(address).path.endswith(".xml")
            if address and (nested or not wanted or any(pattern.search(address) for pattern in wanted)):
                yield response.follow(address, callback=self.parse)


class SchemaOrgSpider(SiteSpider):
    """Pages that hide events, courses or services for search engines: the page is handed over whole."""

    def records(self, page: TextResponse) -> Found:
        if "schema.org" in page.text:
            yield {"format": "schema-org", "page": page.url, "contenu": page.text}


class AgendaSpider(SiteSpider):
    """Calendars and feeds that pages announce (`link rel=alternate`) or link to (`.ics`)."""

    def records(self, page: TextResponse) -> Found:
        for link in page.css("link[rel=alternate][href], a[href$='.ics']"):
            address, kind = link.attrib["href"], link.attrib.get("type", "")
            name = "ical" if urlsplit(address).path.endswith(".ics") else _FEEDS.get(kind)
            if name is not None:
                yield page.follow(address, callback=self.hand_over, cb_kwargs={"name": name})

    def hand_over(self, response: Response, name: str) -> Found:
        """The calendar as it is; calendars are rarely said to be text, so they are decoded here."""
        text = response.text if isinstance(response, TextResponse) else response.body.decode("utf-8", "replace")
        yield {"format": name, "page": response.url, "contenu": text}


class RecordSpider(SiteSpider):
    """Pages of records, read by CSS selectors; `record` selects one record of several on a page."""

    def records(self, page: TextResponse) -> Found:
        parts = page.css(self.site.record) if self.site.record else [page]
        for rank, part in enumerate(parts):
            address = page.url if len(parts) == 1 else f"{page.url}#{rank + 1}"
            fields = {"id": urlsplit(address)._replace(scheme="", netloc="").geturl(), "lien_source": page.url}
            yield {"format": "fiche", "page": page.url, "champs": {**fields, **self._fields(part)}}

    def _fields(self, part: Any) -> dict[str, Any]:
        read = {name: "\n".join(part.css(css).getall()).strip() for name, css in self.site.fields.items()}
        for name, pattern in self.site.patterns.items():
            found = re.search(pattern, read.get(name, ""), re.DOTALL)
            read[name] = found[found.re.groups and 1].strip() if found else ""
        return {**self.site.constants, **{name: value for name, value in read.items() if value}}


SPIDERS: Final[dict[str, type[scrapy.Spider]]] = {
    "schema-org": SchemaOrgSpider,
    "agenda": AgendaSpider,
    "fiches": RecordSpider,
    "api": JsonApiSpider,
}


def encoding_of(page: TextResponse) -> str:
    """UTF-8 when the bytes are, else what the page declares, else Windows-1252: a guess by letters goes wrong."""
    try:
        page.body.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        header = (page.headers.get("Content-Type") or b"").decode("latin-1")
        return http_content_type_encoding(header) or html_body_declared_encoding(page.body) or "cp1252"


def _is_sitemap(response: TextResponse) -> bool:
    return response.text[:2_000].lstrip().startswith("<?xml") and "sitemaps.org" in response.text[:2_000]
