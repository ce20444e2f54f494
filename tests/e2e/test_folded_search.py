"""On a phone the search is one line above the offers, which opens without script; in distress, numbers come first."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import first

pytestmark = pytest.mark.browser

SEARCH = "/offres?q=loyer&lieu=Belfort&code_commune=90010"
TAPPED = 44
"""CSS pixels: the least height of what a thumb reaches."""


def top_of(page: Page, selector: str) -> float:
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return box["y"]


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_offer_is_seen_without_scrolling(browser: Browser, site: str, *, scripts: bool) -> None:
    """At 846 to 1110 px before the search was folded, depending on the words; 800 px are seen."""
    with opened(browser, 390, java_script_enabled=scripts) as page:
        page.goto(site + SEARCH)
        assert top_of(page, ".card-title") < 700
        expect(page.get_by_label("Où ?")).to_be_hidden()


def test_the_search_opens_and_searches_without_script(browser: Browser, site: str) -> None:
    with opened(browser, 390, java_script_enabled=False) as page:
        page.goto(site + SEARCH)
        page.get_by_text("Modifier").click()
        page.get_by_label("De quoi avez-vous besoin").fill("vélo")
        page.get_by_role("button", name="Chercher").click()
        page.wait_for_url("**/offres?q=v%C3%A9lo**")
        expect(page).to_have_url(re.compile("code_commune=90010"))


def test_the_place_is_taken_away_from_the_open_search(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site + SEARCH)
        page.get_by_text("Modifier").click()
        page.get_by_role("link", name="Effacer le lieu").click()
        page.wait_for_url(lambda url: "code_commune" not in url)
        expect(page.get_by_role("heading", level=1)).not_to_contain_text("Belfort")


def test_where_there_is_room_the_form_is_there_and_the_line_is_not(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(site + SEARCH)
        expect(page.get_by_label("Où ?")).to_be_visible()
        expect(page.get_by_text("Modifier")).to_be_hidden()


@pytest.mark.parametrize("scheme", first(1, ["light", "dark"]))
@pytest.mark.parametrize("path", ["/offres?q=je+veux+mourir", "/offres?q=cours+le+soir+sans+voiture&sans_souhait=soir"])
def test_axe_finds_nothing_and_nothing_overflows_in_the_states_of_what_is_understood(
    browser: Browser, site: str, path: str, scheme: str
) -> None:
    with opened(browser, 320, color_scheme=scheme) as page:
        page.goto(site + path)
        for _ in range(2):  # folded, then open
            assert faults_of(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
            page.get_by_text("Modifier").click()


def test_in_distress_the_number_is_under_the_thumb_at_once(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(f"{site}/offres?q=je+veux+mourir")
        box = page.locator(".emergency-now a[href='tel:3114']").bounding_box()
    assert box is not None
    assert box["height"] >= TAPPED
    assert box["y"] + box["height"] < 500
