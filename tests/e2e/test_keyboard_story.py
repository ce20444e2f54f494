"""« Un cours de français gratuit, le soir, près de Belfort » : found, kept, and its phone number, without a mouse."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import opened
from tests.support.demonstration_site import serving_demonstration

pytestmark = pytest.mark.browser

WORDS = "cours de français gratuit le soir"
PRESSES = 18
"""Beyond the letters typed: 16 today. Without links that skip, tabs alone take 60."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_demonstration(tmp_path_factory.mktemp("keyboard")) as address:
        yield address


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.presses = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.presses += 1

    def reach(self, selector: str, key: str = "Tab", most: int = 12) -> None:
        """Until the focus is there; AssertionError when it is too far."""
        for _ in range(most):
            if self.is_on(selector):
                return
            self.press(key)
        assert self.is_on(selector), f"{selector} is more than {most} presses away"

    def is_on(self, selector: str) -> bool:
        return bool(self.page.evaluate("s => document.activeElement.matches(s)", selector))

    def skip(self, words: str) -> None:
        """Takes the link of that name that shows itself at the top of the page."""
        for _ in range(4):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.textContent") == words:
                return self.press("Enter")
        raise AssertionError(words)


def test_a_course_is_found_kept_and_its_number_reached_by_keyboard_only(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        keys = Keyboard(page)
        page.goto(site)
        keys.skip("Aller au contenu")
        keys.reach("#q")
        page.keyboard.type(WORDS)
        keys.press("Enter")
        page.wait_for_url("**/offres?**")
        keys.skip("Aller à la liste des offres")
        keys.reach(".card-title a")
        assert page.evaluate("document.activeElement.textContent") == "Cours de français du soir"
        keys.reach("[data-keep]")
        keys.press("Enter")
        expect(page.get_by_role("link", name="Ma liste (1)")).to_be_visible()
        keys.reach(".card-title a", key="Shift+Tab")
        keys.press("Enter")
        page.wait_for_url("**/offres/exemple--francais-du-soir**")
        keys.skip("Appeler, écrire, s’inscrire")
        keys.reach("a[href^='tel:']")
        assert page.evaluate("document.activeElement.textContent").startswith("Appeler")
        print(f"{keys.presses} presses besides the {len(WORDS)} letters")
        assert keys.presses <= PRESSES


def test_the_focus_is_always_seen_on_the_way(browser: Browser, site: str) -> None:
    """An outline of three pixels at least, on every stop of the results page."""
    seen = """() => {
        const { activeElement: at } = document, style = getComputedStyle(at);
        return [style.outlineStyle !== "none" && parseInt(style.outlineWidth) >= 3, at.outerHTML.slice(0, 80)];
    }"""
    with opened(browser, 1280) as page:
        page.goto(f"{site}/offres?q=fran%C3%A7ais&lieu=Belfort")
        stops = []
        for _ in range(40):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(seen))
    assert [where for shown, where in stops if not shown] == []


def test_a_filter_ticked_by_keyboard_keeps_the_focus_and_is_told(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{site}/offres?q=fran%C3%A7ais&lieu=Belfort")
        evening = page.get_by_label("Le soir (après 17 h)")
        evening.focus()
        page.keyboard.press("Space")
        expect(page.get_by_role("link", name="Retirer : Le soir (après 17 h)")).to_be_visible()
        expect(evening).to_be_focused()
        expect(page.locator("#annonce")).to_contain_text("offres")
        expect(page).to_have_url(re.compile("moments=soir$"))


def test_a_chip_taken_away_by_keyboard_lands_on_a_page_that_says_what_is_left(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{site}/offres?q=fran%C3%A7ais&lieu=Belfort&moments=soir")
        page.get_by_role("link", name="Retirer : Le soir (après 17 h)").press("Enter")
        expect(page).not_to_have_url(re.compile("moments"))
        heading = page.get_by_role("heading", level=1).inner_text()
        expect(page).to_have_title(re.compile("^" + re.escape(heading[:8])))
