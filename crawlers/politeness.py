"""How every crawl behaves, whatever the site: one place, so that no spider can be rude."""

from typing import Any, Final

from crawlers.site import Site

USER_AGENT: Final = "Maillage/0.1 (catalogue public d'insertion; contact : {contact})"
MAX_PAGE_BYTES: Final = 3_000_000
"""A page of a site is some 100 kB; above this it is a file or a trap."""

MAX_HOURS: Final = 4


def build_settings(site: Site, contact: str, cache: str | None = None) -> dict[str, Any]:
    """Settings of Scrapy: robots.txt obeyed, honest name, throttled, bounded in pages, depth, size and time."""
    return {
        "USER_AGENT": USER_AGENT.format(contact=contact),
        "ROBOTSTXT_OBEY": True,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": site.delay,
        "AUTOTHROTTLE_MAX_DELAY": 60.0,
        "DOWNLOAD_DELAY": site.delay,
        "RANDOMIZE_DOWNLOAD_DELAY": False,
        "CONCURRENT_REQUESTS": 2,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_TIMEOUT": 30,
        "DOWNLOAD_MAXSIZE": MAX_PAGE_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DEPTH_LIMIT": 0
        if site.kind == "api"
        else site.depth,  # the pages of a list follow one another: they are counted
        "CLOSESPIDER_PAGECOUNT": site.max_pages,
        "CLOSESPIDER_TIMEOUT": MAX_HOURS * 3600,
        "REDIRECT_MAX_TIMES": 5,
        "RETRY_TIMES": 2,
        "URLLENGTH_LIMIT": 1_000,
        "COOKIES_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "HTTPCACHE_ENABLED": cache is not None,
        "HTTPCACHE_DIR": cache or "",
        "HTTPCACHE_POLICY": "scrapy.extensions.httpcache.RFC2616Policy",
        "DOWNLOADER_MIDDLEWARES": {"crawlers.patience.ObeyRetryAfter": 560},
        "ITEM_PIPELINES": {"crawlers.handover.HandOver": 300},
    }
