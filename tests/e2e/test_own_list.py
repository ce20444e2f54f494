"""« Ma liste », the calendar, the report and the printed sheet, in a real browser."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import first

pytestmark = pytest.mark.browser

OFFER = "/offres/ex--o1"
LIST = "/ma-liste?ids=ex--o1&ids=ex--o100"
PAGES = {
    "offer": OFFER,
    "list": LIST,
    "empty list": "/ma-liste",
    "damaged list": "/ma-liste?ids=ex--o1&ids=ex--inconnue",
    "report": f"{OFFER}/signaler",
    "thanks": f"{OFFER}/signaler?envoye=oui",
    "structure": "/structures/ex--s1",
}


def keep_button(page: Page) -> Any:
    return page.locator("[data-keep=ex--o1]:visible")


@pytest.mark.parametrize("width", [390, 1280])
def test_an_offer_is_kept_found_again_and_taken_away(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(site + OFFER)
        keep_button(page).click()
        expect(page.get_by_role("status").filter(has_text="Gardée")).to_be_visible()
        page.goto(site)
        page.get_by_role("link", name="Ma liste (1)").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ma liste : 1 offre")
        expect(page).to_have_url(f"{site}/ma-liste?ids=ex--o1")
        page.get_by_role("link", name="Retirer de la liste").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ma liste")
        expect(page.get_by_role("link", name="Ma liste", exact=True)).to_have_attribute("href", "/ma-liste")


def test_the_button_takes_back_what_it_kept(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(site + OFFER)
        keep_button(page).press("Enter")
        expect(keep_button(page)).to_have_accessible_name(re.compile("^Gardée.*retirer.*Payer un loyer"))
        keep_button(page).press("Enter")
        expect(keep_button(page)).to_have_accessible_name(re.compile("^Garder.*Payer un loyer"))


def test_a_list_received_by_its_link_is_kept_in_one_press(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site + LIST)
        page.get_by_role("button", name="Garder ces offres sur cet appareil").click()
        expect(page.get_by_role("link", name="Ma liste (2)")).to_be_visible()
        page.goto(f"{site}/ma-liste")
        expect(page.get_by_role("heading", level=1)).to_have_text("Ma liste : 2 offres")


def test_without_script_a_list_opens_and_no_button_promises_what_it_cannot(browser: Browser, site: str) -> None:
    with opened(browser, 390, java_script_enabled=False) as page:
        page.goto(site + LIST)
        expect(page.get_by_role("heading", level=1)).to_have_text("Ma liste : 2 offres")
        expect(page.get_by_role("button")).to_have_count(0)
        page.get_by_role("link", name="Retirer de la liste : Payer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ma liste : 1 offre")
        page.goto(site + OFFER)
        expect(page.get_by_role("button")).to_have_count(0)


def test_where_nothing_may_be_kept_the_pages_stay_whole(browser: Browser, site: str) -> None:
    refuse = "Object.defineProperty(window, 'localStorage', {get() {throw new DOMException('no', 'SecurityError')}})"
    with opened(browser, 390) as page:
        failed: list[str] = []
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.add_init_script(refuse)
        page.goto(site + OFFER)
        expect(page.locator("[data-keep]:visible")).to_have_count(0)
        expect(page.get_by_role("link", name="Appeler").first).to_be_visible()
        assert failed == []


@pytest.mark.parametrize("stored", ["{", '{"a": 1}', "[1, null]", '"ex--o1"', ""])
def test_a_store_that_someone_spoilt_is_an_empty_list(browser: Browser, site: str, stored: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site)
        page.evaluate("stored => localStorage.setItem('maillage.liste', stored)", stored)
        page.goto(site + OFFER)
        keep_button(page).click()
        expect(page.get_by_role("link", name="Ma liste (1)")).to_be_visible()


def test_an_error_is_reported_without_script(browser: Browser, site: str) -> None:
    with opened(browser, 390, java_script_enabled=False) as page:
        page.goto(site + OFFER)
        page.get_by_role("link", name="Signaler une erreur").click()
        page.get_by_label("Les dates ou les horaires sont faux").check()
        page.get_by_label("Précisez").fill("Fermé le lundi.")
        page.get_by_role("button", name="Envoyer le signalement").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Merci")
        page.get_by_role("link", name="Revenir à l’offre").click()
        expect(page).to_have_url(site + OFFER)


def test_on_a_phone_the_bar_stays_in_sight_and_hides_no_focus(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site + OFFER)
        bar = page.get_by_role("navigation", name="Agir maintenant")
        page.get_by_role("link", name="Signaler une erreur").focus()
        link, shown = page.get_by_role("link", name="Signaler une erreur").bounding_box(), bar.bounding_box()
        assert link is not None
        assert shown is not None
        assert (shown["y"] + shown["height"], link["y"] + link["height"] <= shown["y"]) == (800, True)


def test_the_sheet_for_paper_holds_number_address_and_code_and_no_button(browser: Browser, site: str) -> None:
    with opened(browser, 800) as page:
        page.goto(site + OFFER)
        page.emulate_media(media="print")
        for words in ("03 84 00 01 02", "3 rue des Sapins", f"{site}{OFFER}"):
            expect(page.get_by_text(words).first).to_be_visible()
        expect(page.locator(".qr-code svg")).to_be_visible()
        for hidden in ("header.masthead", ".offer-tools", ".action-bar", ".footer-nav"):
            expect(page.locator(hidden)).not_to_be_visible()
        expect(page.locator(".more p").first).to_be_visible()
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1


@pytest.mark.parametrize("width", first(1, [390, 1280]))
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, site: str, address: str, width: int) -> None:
    with opened(browser, width, bypass_csp=True) as page:
        page.goto(site + address)
        page.wait_for_function("document.documentElement.classList.contains('with-list')")
        assert faults_of(page) == []
        page.set_viewport_size({"width": min(width, 320), "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_form_to_mend_nor_in_a_kept_offer(browser: Browser, site: str, scheme: str) -> None:
    with opened(browser, 390, color_scheme=scheme, bypass_csp=True) as page:
        page.goto(f"{site}{OFFER}/signaler")
        page.evaluate("document.querySelector('form').noValidate = true")
        page.get_by_role("button", name="Envoyer le signalement").click()
        expect(page.get_by_role("alert")).to_be_visible()
        assert faults_of(page) == []
        page.goto(site + OFFER)
        keep_button(page).click()
        expect(page.get_by_role("status").filter(has_text="Gardée")).to_be_visible()
        assert faults_of(page) == []
