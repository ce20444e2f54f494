"""One look at one page, over loopback, and what is refused to be looked at."""

from datetime import timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.links import LinkState
from indexer.links.check import AGENT, APART, MAX_REDIRECTS, Seen, build_client, look_at, next_state
from indexer.links.guarded import GuardedTransport, is_public
from tests.support.linked_site import Site
from tests.support.small_feeds import NOON


def look(site: Site, url: str) -> Seen:
    with build_client(site.transport()) as client:
        return look_at(client, url)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (200, Seen.THERE),
        (401, Seen.THERE),
        (403, Seen.THERE),
        (429, Seen.THERE),
        (404, Seen.GONE),
        (410, Seen.GONE),
        (500, Seen.BROKEN),
        (503, Seen.BROKEN),
    ],
)
def test_what_a_status_says_of_a_page(site: Site, status: int, seen: Seen) -> None:
    site.status["/page"] = status
    assert look(site, site.url("/page")) is seen


def test_the_head_is_enough_when_the_page_is_there(site: Site) -> None:
    look(site, site.url("/page"))
    assert site.seen == {"HEAD /page": 1}
    assert site.agents == {AGENT}
    assert site.hosts == {f"site.example:{site.port}"}


def test_a_site_that_does_not_know_head_is_asked_by_get(site: Site) -> None:
    assert look(site, site.url("/sans-head")) is Seen.THERE
    assert site.seen == {"HEAD /sans-head": 1, "GET /sans-head": 1}


def test_a_page_that_moved_is_there(site: Site) -> None:
    assert look(site, site.url("/ancien")) is Seen.THERE


def test_a_page_that_sends_back_for_ever_is_left(site: Site) -> None:
    assert look(site, site.url("/boucle")) is Seen.LOOP
    assert site.seen["GET /boucle"] == MAX_REDIRECTS + 1


def test_a_host_that_does_not_exist_is_said(site: Site) -> None:
    assert look(site, "http://absent.test/") is Seen.NO_HOST


@pytest.mark.parametrize("path", ["/vers-interne", "/vers-fichier"])
def test_a_redirection_to_a_private_machine_or_out_of_the_web_is_refused(site: Site, path: str) -> None:
    assert look(site, site.url(path)) is Seen.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://192.168.1.1/",
        "http://0.0.0.0/",
        "http://8.8.8.8:6379/",
    ],
)
def test_no_private_address_nor_odd_port_is_ever_called(url: str) -> None:
    with httpx.Client(transport=GuardedTransport(), trust_env=False) as client:
        assert look_at(client, url) is Seen.REFUSED


@given(st.ip_addresses(), st.integers(1, 65_535))
def test_only_global_addresses_are_public(address: object, port: int) -> None:
    allowed = is_public(str(address), port)
    assert not allowed or (port in (80, 443, 8080, 8443) and address.is_global)  # type: ignore[attr-defined]


def test_two_failures_days_apart_are_needed() -> None:
    first = next_state(None, "u", Seen.GONE, NOON)
    soon = next_state(first, "u", Seen.GONE, NOON + APART - timedelta(seconds=1))
    late = next_state(soon, "u", Seen.SILENT, NOON + APART)
    assert (first.dead_since, soon.dead_since, late.dead_since) == (None, None, NOON + APART)
    assert (late.failing_since, late.reason) == (NOON, Seen.SILENT.value)


@given(st.lists(st.sampled_from(Seen), min_size=1))
def test_a_page_that_is_there_again_wipes_everything(looks: list[Seen]) -> None:
    state: LinkState | None = None
    for day, seen in enumerate([*looks, Seen.THERE]):
        state = next_state(state, "u", seen, NOON + timedelta(days=day))
    assert state == LinkState("u", NOON + timedelta(days=len(looks)))
