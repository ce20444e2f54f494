"""What a first visit costs, on the demonstration catalogue, in a real browser over a real server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Response
from starlette.middleware.gzip import GZipMiddleware

from tests.support.chromium import opened
from tests.support.demonstration_site import demonstration_world
from tests.support.pages import serving
from tests.support.scripts import require_scripts
from tests.support.weight import Received, weigh

pytestmark = pytest.mark.browser

PHONE = 390
BUDGET = 60_000
"""Bytes over the wire for a page, its style, font, scripts and icons; the map is not asked for."""

NEXT_PAGE_BUDGET = 15_000
PAGES = {
    "home": "/",
    "results": "/offres?q=logement&lieu=Belfort&types_offre=service",
    "whole list": "/offres",
    "offer": "/offres/exemple--accompagnement-emploi-handicap",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_scripts()
    world = demonstration_world(tmp_path_factory.mktemp("weight"))
    world.app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)  # as the program does
    with serving(world.app) as address:
        yield address


def told(received: list[Received]) -> str:
    return "\n".join(f"{one.bytes:7} {one.path}" for one in sorted(received, key=lambda one: -one.bytes))


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_first_visit_weighs_less_than_its_budget(browser: Browser, site: str, path: str) -> None:
    with opened(browser, PHONE) as page:
        received = weigh(page, site + path)
    kinds = {one.path.rpartition(".")[2] for one in received}
    assert {"css", "js", "woff2"} <= kinds, told(received)
    assert sum(one.bytes for one in received) <= BUDGET, told(received)


def test_the_next_page_costs_its_text_only(browser: Browser, site: str) -> None:
    with opened(browser, PHONE) as page:
        weigh(page, site + PAGES["home"])
        received = weigh(page, site + PAGES["results"])
    sent = [one for one in received if one.bytes > 0]
    assert sum(one.bytes for one in sent) <= NEXT_PAGE_BUDGET, told(received)


def test_what_filters_and_map_need_waits_until_they_are_used(browser: Browser, site: str) -> None:
    with opened(browser, PHONE) as page:
        received = weigh(page, site + PAGES["results"])
        names = [one.path.rpartition("/")[2].partition(".")[0] for one in received]
    assert "results" in names
    assert not {"htmx", "map"} & set(names)


def test_every_file_is_kept_for_ever_and_every_text_is_compressed(browser: Browser, site: str) -> None:
    answers: list[Response] = []
    with opened(browser, PHONE) as page:
        page.on("response", lambda answer: answers.append(answer))
        page.goto(site + PAGES["results"], wait_until="networkidle")
        heads = {answer.url: answer.all_headers() for answer in answers}
    files = {url: head for url, head in heads.items() if "/assets/" in url}
    texts = {url: head for url, head in heads.items() if not url.endswith(".woff2")}
    assert len(files) >= 5
    assert {head["cache-control"] for head in files.values()} == {"public, max-age=31536000, immutable"}
    assert {url for url, head in texts.items() if head.get("content-encoding") not in ("br", "gzip")} == set()
