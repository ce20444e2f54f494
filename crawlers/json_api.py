"""Sites that answer JSON: pages of a list, each record read by the paths of its fields."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import scrapy
from scrapy.http import Response

from crawlers.site import Site

Found = Iterator[dict[str, Any] | scrapy.Request]
MOST_RECORDS: Final = 5_000
"""Of one page: beyond, it is a whole base in one answer, and the rest of it is left."""


class JsonApiSpider(scrapy.Spider):
    """Follows the next page that an answer names, or counts pages until one is empty or the same as the one before."""

    name = "api"

    def __init__(self, site: Site, **kwargs: Any) -> None:
        super().__init__(name=site.name, **kwargs)
        self.site = site
        self.allowed_domains = list(site.domains)
        self.start_urls = list(site.start)

    def parse(self, response: Response, **kwargs: Any) -> Found:
        """The records of a page, then the page after it."""
        answer = _read(response)
        items = value_at(answer, self.site.record)
        if not isinstance(items, list):
            self._count("reponse-illisible")
            return
        before = kwargs.get("before")
        if not items or items == before:
            return
        for item in items[:MOST_RECORDS]:
            yield self._record(response.url, item)
        address = self._next(response, answer)
        if address is not None:
            yield response.follow(address, callback=self.parse, cb_kwargs={"before": items})

    def _record(self, page: str, item: Any) -> dict[str, Any]:
        read = {name: _text(value_at(item, path)) for name, path in self.site.fields.items()}
        told = {name: value for name, value in read.items() if value not in (None, "", [])}
        return {"format": "fiche", "page": page, "champs": {"lien_source": page, **self.site.constants, **told}}

    def _next(self, response: Response, answer: Any) -> str | None:
        if self.site.next_page:
            address = value_at(answer, self.site.next_page)
            return address if isinstance(address, str) and address else None
        return page_after(response.url, self.site.page_parameter) if self.site.page_parameter else None

    def _count(self, reason: str) -> None:
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value(f"handover/refusees/{reason}")


def page_after(address: str, parameter: str) -> str:
    """The same address, one page further; the first page is 1 when the address does not say."""
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = query.get(parameter, "1")
    query[parameter] = str(int(number) + 1) if number.isdecimal() and number.isascii() else "2"
    return parts._replace(query=urlencode(query)).geturl()


def value_at(value: Any, path: str) -> Any:
    """What a dotted path leads to (`adresse.ville`, `contacts.0.telephone`), None where it leads nowhere.

    "" is the value itself.
    """
    for step in path.split(".") if path else ():
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and step.isascii() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _read(response: Response) -> Any:
    """None for what is no JSON: a page of error with the code 200 is one of those."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        return None


def _text(value: Any) -> Any:
    """Texts and lists of texts as they are, numbers as text; anything deeper is nothing that a field could hold."""
    if isinstance(value, list):
        return [item for item in map(_text, value) if isinstance(item, str) and item]
    if isinstance(value, bool) or value is None or isinstance(value, dict):
        return None
    return str(value).strip()
