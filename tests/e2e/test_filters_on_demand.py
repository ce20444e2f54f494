"""Filters come to life when they are reached: what is ticked before their script arrives is never lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.chromium import opened
from tests.support.scripts import require_scripts

pytestmark = pytest.mark.browser

LIVE = re.compile(r"/assets/htmx\.[^/]*\.js$")


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    require_scripts()
    with opened(browser, 1280) as page:
        yield page


def free(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("^Gratuit")).check()


def test_a_box_ticked_before_the_script_arrives_is_answered_when_it_does(page: Page, site: str) -> None:
    waiting: list[Route] = []
    page.route(LIVE, lambda route: waiting.append(route))
    page.goto(f"{site}/offres")
    with page.expect_request(LIVE):
        free(page)
    expect(page).not_to_have_url(re.compile("frais="))
    page.wait_for_function("() => document.querySelector('meta[name=htmx-config]') !== null")
    for route in waiting:
        route.continue_()
    expect(page.locator(".chip-label")).to_have_text("Gratuit")
    expect(page).to_have_url(re.compile("frais=gratuit"))


def test_when_the_script_never_comes_the_button_still_answers(page: Page, site: str) -> None:
    page.route(LIVE, lambda route: route.abort())
    page.goto(f"{site}/offres")
    free(page)
    page.locator("[data-live-label]").click()
    page.wait_for_url("**frais=gratuit**")
    expect(page.locator(".chip-label")).to_have_text("Gratuit")


def test_a_script_that_failed_once_is_asked_for_again(page: Page, site: str) -> None:
    page.route(LIVE, lambda route: route.abort(), times=1)
    page.goto(f"{site}/offres")
    with page.expect_event("requestfailed"):
        free(page)
    page.locator("#filtres").dispatch_event("pointerover")
    expect(page.locator(".chip-label")).to_have_text("Gratuit")


def test_back_goes_back_even_after_a_reload(page: Page, site: str) -> None:
    page.goto(f"{site}/offres")
    free(page)
    page.wait_for_url("**frais=gratuit**")
    page.reload()
    page.go_back()
    expect(page.locator(".chip-label")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("frais="))
