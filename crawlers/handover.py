"""What a crawl hands over: JSON by lines, each with its provenance, stamped here and nowhere else.

A line is `{format, page, recupere_le, licence, producteur, contenu | champs}`: `contenu` is text for the parser of
`format`, `champs` are fields already told apart. `indexer.feeds.crawl_lines` reads them.
"""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

_MAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SPACES: Final = re.compile(r"[ \t\r\f\v]+")


def clean_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """Texts on tidy lines, without any e-mail address: a page's contact may be a person."""
    cleaned = {}
    for name, value in fields.items():
        if isinstance(value, str):
            lines = (_SPACES.sub(" ", line).strip() for line in _MAIL.sub("", value).splitlines())
            value = "\n".join(line for line in lines if line)
        if value not in (None, "", [], {}):
            cleaned[name] = value
    return cleaned


class HandOver:
    """Writes the lines, counts the fields, and refuses what has no name."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._path = Path(crawler.settings["HANDOVER_PATH"])
        self._site = crawler.settings["HANDOVER_SITE"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HandOver":
        return cls(crawler)

    def open_spider(self) -> None:
        self._file = self._path.open("w", encoding="utf-8")

    def close_spider(self) -> None:
        self._file.close()

    def process_item(self, item: dict[str, Any]) -> dict[str, Any]:
        stats = self._crawler.stats
        if "champs" in item:
            item["champs"] = clean_fields(item["champs"])
            if not item["champs"].get("nom"):
                if stats is not None:
                    stats.inc_value("handover/refusees/sans-nom")
                raise DropItem("sans nom")
            for name in item["champs"]:
                if stats is not None:
                    stats.inc_value(f"handover/champs/{name}")
        if stats is not None:
            stats.inc_value("handover/lignes")
        self._file.write(json.dumps({**self._provenance(), **item}, ensure_ascii=False) + "\n")
        return item

    def _provenance(self) -> dict[str, str]:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return {"recupere_le": now, "licence": self._site.licence, "producteur": self._site.producer}
