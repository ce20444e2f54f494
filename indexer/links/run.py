"""A round of the checker: the links that are due, site by site, slowly."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from indexer.catalogue import Catalogue
from indexer.catalogue.links import (
    LinkState,
    forget_links,
    iter_offer_links,
    keep_link_states,
    read_link_states,
)
from indexer.errors import LinkCheckError
from indexer.links.check import Seen, build_client, is_due, look_at, next_state
from indexer.links.guarded import GuardedTransport

DELAY: Final = 2.0
"""Seconds between two looks at one site."""

MOST_OF_A_SITE: Final = 200
"""Links of one site in a round: seven minutes of it. The others wait for the next round, the oldest looked at first."""

SITES_AT_ONCE: Final = 8
ENOUGH_TO_DOUBT: Final = 10
"""So many failures and not one page there: it is our network that is down."""


@dataclass
class LinkReport:
    """Figures of a round, and the links that are dead after it."""

    liens: int = 0
    vus: int = 0
    presents: int = 0
    en_echec: int = 0
    refuses: int = 0
    reportes: int = 0
    morts: list[dict[str, Any]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def check_links(
    catalogue: Catalogue,
    transport: httpx.BaseTransport | None = None,
    sleep: Callable[[float], None] = time.sleep,
    everything: bool = False,
) -> LinkReport:
    """Looks at the links of published offers that are due (`everything`: at all) and keeps what was seen.

    BusyError when a round runs already; LinkCheckError, and nothing is kept, when our own network seems down.
    """
    with catalogue.doing("links", "liens") as work:
        now = catalogue.clock()
        states, held = read_link_states(catalogue.database), _held_links(catalogue)
        due, left = _choose(held, {} if everything else states, now)
        report = LinkReport(liens=len(held), reportes=left)
        with build_client(transport or GuardedTransport()) as client:
            seen = _look(client, due, sleep, lambda done: work.beat(f"{done} liens vus"))
        _count(report, seen)
        _refuse_own_failure(report)
        keep_link_states(catalogue.database, [next_state(states.get(url), url, s, now) for url, s in seen.items()])
        forget_links(catalogue.database, states, held)
        report.morts = list_dead_links(catalogue)
    return report


def list_dead_links(catalogue: Catalogue, flux: str | None = None) -> list[dict[str, Any]]:
    """The dead links, with the offers that hold each, in the order of addresses; of one flux when given."""
    dead = {url: state for url, state in read_link_states(catalogue.database).items() if state.dead_since is not None}
    if not dead:
        return []
    holders: dict[str, list[str]] = defaultdict(list)
    for offer_id, url in iter_offer_links(catalogue.database, flux):
        if url in dead and offer_id not in holders[url]:
            holders[url].append(offer_id)
    return [_told(dead[url], offers) for url, offers in sorted(holders.items()) if offers]


def _told(state: LinkState, offers: list[str]) -> dict[str, Any]:
    since = None if state.failing_since is None else state.failing_since.isoformat()
    return {"url": state.url, "raison": state.reason, "depuis": since, "offres": offers}


def _held_links(catalogue: Catalogue) -> set[str]:
    return {url for _, url in iter_offer_links(catalogue.database)}


def _choose(held: Iterable[str], states: dict[str, LinkState], now: datetime) -> tuple[dict[str, list[str]], int]:
    """The links to look at by site, those never seen first, then the oldest; and how many must wait."""
    due: dict[str, list[str]] = defaultdict(list)
    for url in held:
        if is_due(states.get(url), now):
            due[_site_of(url)].append(url)
    left = 0
    for site, urls in due.items():
        urls.sort(key=lambda url: (states[url].checked_at.timestamp() if url in states else 0.0, url))
        left += max(0, len(urls) - MOST_OF_A_SITE)
        due[site] = urls[:MOST_OF_A_SITE]
    return due, left


def _site_of(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _look(
    client: httpx.Client, due: dict[str, list[str]], sleep: Callable[[float], None], advance: Callable[[int], None]
) -> dict[str, Seen]:
    """Several sites at once, each by one worker: one look at a time, DELAY apart."""

    def visit(urls: list[str]) -> dict[str, Seen]:
        seen: dict[str, Seen] = {}
        for url in urls:
            if seen:
                sleep(DELAY)
            seen[url] = look_at(client, url)
        return seen

    found: dict[str, Seen] = {}
    with ThreadPoolExecutor(SITES_AT_ONCE) as pool:
        for part in pool.map(visit, due.values()):
            found |= part
            advance(len(found))
    return found


def _count(report: LinkReport, seen: dict[str, Seen]) -> None:
    report.vus = len(seen)
    report.presents = sum(s is Seen.THERE for s in seen.values())
    report.refuses = sum(s is Seen.REFUSED for s in seen.values())
    report.en_echec = report.vus - report.presents - report.refuses


def _refuse_own_failure(report: LinkReport) -> None:
    if report.presents == 0 and report.en_echec >= ENOUGH_TO_DOUBT:
        raise LinkCheckError(
            f"Aucune des {report.en_echec} pages essayées ne répond : c'est sans doute votre réseau. "
            "Rien n'a été noté. Vérifiez que cette machine atteint les sites (sans mandataire), puis relancez."
        )
