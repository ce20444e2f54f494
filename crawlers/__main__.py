"""`python -m crawlers SITE --output FILE`: one crawl in a process of its own (a reactor runs once)."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from scrapy.crawler import CrawlerProcess

from crawlers.politeness import build_settings
from crawlers.site import SHIPPED, Site, SiteError, find_site, load_site
from crawlers.spiders import SPIDERS


def main() -> int:
    """0 when the crawl ended by itself or by its limits; 1 when it brought nothing; 2 for a site that is not known."""
    parser = argparse.ArgumentParser(prog="crawlers")
    parser.add_argument("site")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--contact", default="coordination du territoire")
    parser.add_argument("--cache")
    parser.add_argument("--folder", type=Path, action="append", default=[])
    options = parser.parse_args()
    try:
        site = load_site(find_site(options.site, (SHIPPED, *options.folder)))
    except SiteError as error:
        print(error, file=sys.stderr)
        return 2
    report = run_crawl(site, options.output, options.contact, options.cache)
    if options.report is not None:
        options.report.write_text(json.dumps(report, ensure_ascii=False, indent=2, default=str), encoding="utf-8")
    return 0 if report["lignes"] else 1


def run_crawl(
    site: Site, output: Path, contact: str, cache: str | None = None, overrides: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Crawls the site into `output`, and says how it went. Once a process."""
    settings = {**build_settings(site, contact, cache), "HANDOVER_PATH": str(output), "HANDOVER_SITE": site}
    process = CrawlerProcess({**settings, **(overrides or {})})
    crawler = process.create_crawler(SPIDERS[site.kind])
    process.crawl(crawler, site=site)
    process.start()
    stats = {} if crawler.stats is None else crawler.stats.get_stats()
    return build_report(site, stats)


def build_report(site: Site, stats: dict[str, Any]) -> dict[str, Any]:
    """The figures that people need, from those of Scrapy."""

    def under(prefix: str) -> dict[str, int]:
        return {name.removeprefix(prefix): count for name, count in sorted(stats.items()) if name.startswith(prefix)}

    return {
        "site": site.name,
        "fin": stats.get("finish_reason"),
        "pages": stats.get("response_received_count", 0),
        "lignes": stats.get("handover/lignes", 0),
        "reponses": under("downloader/response_status_count/"),
        "erreurs": under("downloader/exception_type_count/"),
        "interdites_par_robots": stats.get("robotstxt/forbidden", 0),
        "hors_domaine": stats.get("offsite/filtered", 0),
        "refusees": under("handover/refusees/"),
        "champs": under("handover/champs/"),
    }


if __name__ == "__main__":
    sys.exit(main())
