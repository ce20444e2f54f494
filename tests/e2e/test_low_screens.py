"""A screen enlarged four times (320 × 256 px, WCAG 1.4.10): nothing stays on top of what one reads."""

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import opened

pytestmark = pytest.mark.browser

ON_TOP = """() => [...document.querySelectorAll("body *")]
  .filter(e => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility() && e.clientHeight > 8)
  .map(e => e.className)"""


@pytest.mark.parametrize("path", ["/", "/offres", "/offres/ex--o1"])
def test_nothing_stays_over_a_page_on_a_screen_enlarged_four_times(browser: Browser, site: str, path: str) -> None:
    with opened(browser, 320) as page:
        page.goto(site + path)
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.evaluate(ON_TOP) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_offers_actions_stay_under_the_thumb_on_a_phone(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site + "/offres/ex--o1")
        assert page.evaluate(ON_TOP) == ["action-bar no-print"]
