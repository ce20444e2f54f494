"""From a need to a phone number with suggestions, a position and filters, in a real browser."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.middleware.gzip import GZipMiddleware

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import first
from tests.support.pages import BELFORT, RENT, PagesWorld, serving
from tests.support.scripts import require_scripts
from tests.support.small_feeds import offer, structure

pytestmark = pytest.mark.browser

FRENCH = "lecture-ecriture-calcul--maitriser-le-francais"
PHONE, DESKTOP = 390, 1280


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require_scripts()
    world = PagesWorld(tmp_path_factory.mktemp("stories"))
    place = {"latitude": 47.64, "longitude": 6.86, **BELFORT}
    evening = {"debut": "2026-03-03T18:30:00+01:00", "fin": "2026-03-03T20:00:00+01:00"}
    world.bring(
        [
            structure(nom="Toit solidaire", telephone="+33384000101"),
            offer(1, nom="Cours de français du soir", description="Apprendre le français, le soir.", frais="gratuit",
                  thematiques=(FRENCH,), telephone="+33384000102", sessions=(evening,), **place),
            offer(2, nom="Payer un loyer en retard", thematiques=(RENT,), frais="payant", **place),
            *(offer(n, nom=f"Atelier {n}", frais="payant", **place) for n in range(100, 130)),
        ]
    )  # fmt: skip
    world.index()
    world.app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=4)  # as the program does
    world.app.state.services.suggest.suggest("a")  # its tables are read before the clock of an expectation runs
    with serving(world.app) as address:
        yield address


def place_field(page: Page) -> Any:
    return page.get_by_label("Où ?")


@pytest.mark.parametrize("width", [320, PHONE, DESKTOP])
def test_a_place_is_chosen_in_the_list_with_the_keyboard(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(site)
        field = place_field(page)
        field.fill("")
        field.press_sequentially("montbél")
        expect(field).to_have_attribute("aria-expanded", "true")
        field.press("ArrowDown")
        first = page.locator("#" + str(field.get_attribute("aria-activedescendant")))
        expect(first).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        field.press("Enter")
        expect(field).to_have_value("Montbéliard")
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(page.locator("#autour")).to_have_attribute("data-code", "25388")


def test_a_list_says_how_much_it_holds_and_escape_closes_it(browser: Browser, site: str) -> None:
    with opened(browser, PHONE) as page:
        page.goto(site)
        field = place_field(page)
        field.fill("")
        field.press_sequentially("belfor")
        expect(page.locator(".hero-place [role=status]")).to_have_text(re.compile(r"\d suggestion"))
        field.press("Escape")
        expect(field).to_have_attribute("aria-expanded", "false")
        expect(field).to_have_value("belfor")


def test_a_theme_chosen_is_asked_for_instead_of_its_words(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(site)
        field = page.get_by_label("De quoi avez-vous besoin")
        field.press_sequentially("payer son loyer")
        page.get_by_role("option", name=re.compile("Payer son loyer")).first.click()
        page.get_by_role("button", name="Chercher").click()
        expect(page.locator(".card-title")).to_have_text(["Payer un loyer en retard"])
        expect(page).to_have_url(re.compile(f"thematiques={RENT}"))
        expect(page).not_to_have_url(re.compile("[?&]q="))


def test_a_text_changed_after_a_choice_is_asked_for_itself(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(site)
        field = page.get_by_label("De quoi avez-vous besoin")
        field.press_sequentially("payer son loyer")
        page.get_by_role("option", name=re.compile("Payer son loyer")).first.click()
        field.fill("français")
        field.press("Enter")  # the suggestions, when they come, lie over the button
        expect(page.locator(".card-title").first).to_have_text("Cours de français du soir")
        expect(page).not_to_have_url(re.compile("thematiques="))


@pytest.mark.parametrize(
    ("position", "said", "kept"),
    [
        ({"latitude": 47.51, "longitude": 6.80}, "Vous êtes à Montbéliard (25200).", "Montbéliard (25200)"),
        ({"latitude": 46.52, "longitude": 6.63}, "Vous semblez être hors de France", "Belfort (90000)"),
    ],
)
def test_a_position_gives_a_commune_or_a_kind_word(
    browser: Browser, site: str, position: dict[str, float], said: str, kept: str
) -> None:
    with opened(browser, PHONE, geolocation=position, permissions=["geolocation"]) as page:
        page.goto(site)
        page.get_by_role("button", name="Autour de moi").click()
        expect(page.locator("[data-here-status]")).to_contain_text(said)
        expect(place_field(page)).to_have_value(kept)


def test_a_position_refused_leaves_the_field(browser: Browser, site: str) -> None:
    with opened(browser, PHONE, permissions=[]) as page:
        page.add_init_script("navigator.geolocation.getCurrentPosition = (found, failed) => failed({ code: 1 })")
        page.goto(site)
        page.get_by_role("button", name="Autour de moi").click()
        expect(page.locator("[data-here-status]")).to_contain_text("Écrivez votre commune")


def test_filters_move_the_list_the_count_and_the_address_and_back_returns(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        expect(page.get_by_role("heading", level=1)).to_contain_text("32")
        page.get_by_label("Gratuit", exact=False).first.check()
        expect(page.get_by_role("heading", level=1)).to_contain_text("1\u00a0offre")
        expect(page.locator("#annonce")).to_contain_text("1\u00a0offre")
        expect(page.get_by_label("Gratuit", exact=False).first).to_be_focused()
        expect(page).to_have_url(
            re.compile(re.escape("/offres?lieu=Belfort+%2890000%29&code_commune=90010&frais=gratuit") + "$")
        )
        page.go_back()
        expect(page.get_by_role("heading", level=1)).to_contain_text("32")


def test_a_new_search_keeps_the_filters_ticked_before(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        page.get_by_label("Gratuit", exact=False).first.check()
        expect(page.get_by_role("heading", level=1)).to_contain_text("1\u00a0offre")
        page.get_by_role("button", name="Chercher").click()
        page.wait_for_load_state()
        expect(page).to_have_url(re.compile("frais=gratuit"))


def test_on_a_phone_the_panel_counts_and_closes_on_the_list(browser: Browser, site: str) -> None:
    with opened(browser, PHONE) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        page.get_by_role("link", name="Filtrer").click()
        expect(page.locator(".filters-close")).to_be_focused()
        page.get_by_label("Gratuit", exact=False).first.check()
        see = page.get_by_role("button", name="Voir l’offre")
        expect(see).to_be_visible()
        assert faults_of(page) == []
        see.click()
        expect(page.locator("#resultats")).to_be_focused()
        expect(page.locator(".filters-foot")).not_to_be_visible()


def test_escape_closes_the_panel_and_returns_to_its_button(browser: Browser, site: str) -> None:
    with opened(browser, PHONE) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        page.get_by_role("link", name="Filtrer").click()
        page.keyboard.press("Escape")
        expect(page.get_by_role("link", name="Filtrer")).to_be_focused()


@pytest.mark.parametrize("width", first(1, [PHONE, DESKTOP]))
def test_axe_finds_nothing_with_a_list_open(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width, bypass_csp=True) as page:
        page.goto(site)
        place_field(page).fill("")
        place_field(page).press_sequentially("belf")
        expect(place_field(page)).to_have_attribute("aria-expanded", "true")
        assert faults_of(page) == []
