"""Is the page there? One link asked, and what its state becomes."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import httpx

from indexer.catalogue.links import LinkState
from indexer.links.guarded import RefusedAddressError, UnknownHostError

AGENT: Final = "Maillage/0.1 (catalogue de l-insertion, verification des liens)"
TIMEOUT: Final = httpx.Timeout(15, connect=10)
MAX_REDIRECTS: Final = 5

APART: Final = timedelta(days=2)
"""Between the first failure and the one that confirms it: a site down for a week-end comes back."""

OFTEN: Final = timedelta(days=7)
"""A page that was there is looked at again after this."""

_GONE: Final = (404, 410)


class Seen(StrEnum):
    THERE = "la page répond"
    GONE = "la page n'existe plus"
    BROKEN = "le site est en panne"
    SILENT = "le site ne répond pas"
    NO_HOST = "le site n'existe plus"
    LOOP = "la page renvoie sans fin vers une autre"
    REFUSED = "l'adresse n'est pas publique"

    @property
    def is_failure(self) -> bool:
        """A refused address says nothing of the page: nobody went to see."""
        return self not in (Seen.THERE, Seen.REFUSED)


def build_client(transport: httpx.BaseTransport) -> httpx.Client:
    return httpx.Client(
        transport=transport,
        timeout=TIMEOUT,
        follow_redirects=True,
        max_redirects=MAX_REDIRECTS,
        headers={"User-Agent": AGENT, "Accept": "text/html,*/*;q=0.5"},
        trust_env=False,
    )


def look_at(client: httpx.Client, url: str) -> Seen:
    """HEAD; then GET, of which nothing but the status is read, when HEAD does not say that the page is there."""
    seen = _ask(client, "HEAD", url)
    return seen if seen in (Seen.THERE, Seen.REFUSED, Seen.NO_HOST) else _ask(client, "GET", url)


def _ask(client: httpx.Client, method: str, url: str) -> Seen:
    try:
        with client.stream(method, url) as response:
            status = response.status_code
    except RefusedAddressError:
        return Seen.REFUSED
    except UnknownHostError:
        return Seen.NO_HOST
    except httpx.TooManyRedirects:
        return Seen.LOOP
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return Seen.SILENT
    if status in _GONE:
        return Seen.GONE
    # A login, a refusal of robots, a « come back later »: someone answers.
    return Seen.BROKEN if status >= 500 else Seen.THERE


def next_state(former: LinkState | None, url: str, seen: Seen, now: datetime) -> LinkState:
    """What is known of a link after a look. A page that is there again wipes everything: nothing is for ever."""
    if not seen.is_failure:
        return LinkState(url, now)
    since = now if former is None or former.failing_since is None else former.failing_since
    dead = None if former is None else former.dead_since
    if dead is None and now - since >= APART:
        dead = now
    return LinkState(url, now, seen.value, since, dead)


def is_due(state: LinkState | None, now: datetime) -> bool:
    """Whether it is time to look: a failure is looked at again once it can be confirmed, a good page now and then."""
    if state is None:
        return True
    wait = OFTEN if state.failing_since is None or state.dead_since is not None else APART
    return now - state.checked_at >= wait
