"""In a real browser, on a real server: what a person does, and what axe finds."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import ONE_SCREEN

pytestmark = pytest.mark.browser

WIDTHS = (390, 1280)
PAGES = {
    "home": "/",
    "results": "/offres?q=payer+mon+loyer&lieu=Belfort",
    "many results": "/offres?lieu=Belfort&page=2",
    "filters open": "/offres?lieu=Belfort#filtres",
    "nothing found": "/offres?lieu=Brest&types_offre=immersion",
    "offer": "/offres/ex--o1?code_commune=90010",
    "structure": "/structures/ex--s1",
    "my list": "/ma-liste?ids=ex--o1&ids=ex--o100&ids=ex--inconnue",
    "report an error": "/offres/ex--o1/signaler",
    "unknown offer": "/offres/ex--inconnue",
    "about": "/a-propos",
    "sources": "/sources",
    "quality of a source": "/sources/a",
    "site map": "/plan-du-site",
}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_person_finds_help_for_the_rent_and_a_number_to_call_without_script(
    browser: Browser, site: str, width: int
) -> None:
    with opened(browser, width, java_script_enabled=False) as page:
        page.goto(site)
        page.get_by_label("De quoi avez-vous besoin").fill("payer mon loyer")
        page.get_by_label("Où ?").fill("belfort")
        page.get_by_role("button", name="Chercher").click()
        page.locator(".card-title a").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Payer un loyer en retard")
        call = page.get_by_role("link", name="Appeler 03")
        expect(call).to_have_attribute("href", "tel:+33384000102")
        expect(page.locator("address")).to_contain_text("3 rue des Sapins")


def test_on_a_phone_the_filters_open_narrow_the_list_and_close(browser: Browser, site: str) -> None:
    with opened(browser, 390, java_script_enabled=False) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        page.get_by_role("link", name="Filtrer").click()
        page.get_by_label("Gratuit").check()
        page.get_by_role("button", name="Voir les offres").click()
        expect(page).to_have_url(re.compile("frais=gratuit"))
        expect(page.get_by_role("link", name="Retirer : Gratuit")).to_be_visible()
        expect(page.get_by_label("Gratuit", exact=True)).not_to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), ONE_SCREEN)
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing(browser: Browser, site: str, address: str, width: int, scheme: str) -> None:
    with opened(browser, width, color_scheme=scheme, bypass_csp=True) as page:
        page.goto(site + address)
        assert faults_of(page) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_nothing_overflows_a_narrow_screen(browser: Browser, site: str, address: str) -> None:
    with opened(browser, 320) as page:
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_the_browser_reports_no_error_and_leaves_the_site_alone(browser: Browser, site: str, address: str) -> None:
    with opened(browser, 1280) as page:
        told: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site + address)
        refused = [text for text in told if "Content Security Policy" in text or "Refused" in text]
        assert refused == []
        assert all(url.startswith(site) for url in asked)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_buttons_and_lone_links_are_large_enough_for_a_finger(browser: Browser, site: str, address: str) -> None:
    """44 px by 44; a link within a sentence, or a control named by a larger label, is not concerned."""
    script = """() => [...document.querySelectorAll('a, button, select, summary, .check label, .field')]
        .filter(e => e.checkVisibility() && !e.matches('.skip'))
        .filter(e => !e.closest('p:not(.check), dd, .next-steps, .card-title'))
        .map(e => [e.getBoundingClientRect(), e])
        .filter(([box]) => box.height < 43.9 || box.width < 43.9)
        .map(([box, e]) => `${e.tagName} ${e.textContent.trim()} ${box.width}x${box.height}`)"""
    with opened(browser, 390) as page:
        page.goto(site + address)
        assert page.evaluate(script) == []
