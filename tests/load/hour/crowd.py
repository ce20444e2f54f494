"""All the référents at once: each does one step, then waits for its turn while the others do theirs."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import perf_counter, sleep

import httpx

from tests.load.hour.browser import Browser
from tests.load.hour.ledger import Ledger
from tests.load.hour.referent import STEPS, Referent, Tools, is_too_early
from tests.load.hour.site import Site

CONNECTIONS = 40
_PAUSE_S = 0.01
KEPT_S = 30.0
"""How long an idle connection serves again: less than the servers keep it, else both may close and use it at once."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Seconds of signing in, and of work."""

    signing_in: float
    working: float


def gather(site: Site, ledger: Ledger, transport: httpx.BaseTransport) -> list[Referent]:
    """Two by two in one organisation; each with an address, and their person with another."""
    crowd = [
        Referent(number, email, _tools(site, ledger, transport, number)) for number, email in enumerate(site.emails)
    ]
    for one, other in zip(crowd[::2], crowd[1::2], strict=False):
        one.colleague, other.colleague = other, one
    return crowd


def work(crowd: Sequence[Referent], ledger: Ledger, clients: int) -> Worked:
    """Everyone signs in, then everyone works; `clients` requests are under way at any time."""
    started = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda one: _do(ledger, Referent.sign_in, one), crowd))
    signed_in = perf_counter()
    turns: SimpleQueue[Referent] = SimpleQueue()
    for one in crowd:
        turns.put(one)
    with ThreadPoolExecutor(clients) as pool:
        for working in [pool.submit(_take_turns, ledger, turns) for _ in range(clients)]:
            working.result()
    return Worked(signed_in - started, perf_counter() - signed_in)


def _take_turns(ledger: Ledger, turns: "SimpleQueue[Referent]") -> None:
    """Until nobody has a step left. Who holds a turn gives it back, so an empty queue only means that others work."""
    while True:
        try:
            one = turns.get_nowait()
        except Empty:
            return
        if one.done == len(STEPS):
            continue
        if is_too_early(one):
            sleep(_PAUSE_S)
        else:
            _do(ledger, STEPS[one.done], one)
            one.done += 1
        turns.put(one)


def _do(ledger: Ledger, step: Callable[[Referent], None], one: Referent) -> None:
    with ledger.noticing(step.__name__):
        step(one)


def _tools(site: Site, ledger: Ledger, transport: httpx.BaseTransport, number: int) -> Tools:
    sits = f"10.{number // 250}.0.{number % 250 + 1}"
    walks = f"10.{number // 250}.1.{number % 250 + 1}"
    browser, telephone = (Browser(site.bases, transport, address, ledger) for address in (sits, walks))
    return Tools(browser, telephone, ledger, site.offers)
