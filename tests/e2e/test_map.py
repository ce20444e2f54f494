"""The map of the results, in a real browser: on demand, beside the list, by pointer and by keyboard."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import SCREENS
from tests.support.pages import BELFORT, RENT, PagesWorld, serving
from tests.support.small_feeds import offer, structure
from ui.asset_files import load_assets

pytestmark = pytest.mark.browser

PHONE, DESKTOP = 390, 1280
WIDTHS = [PHONE, DESKTOP]
ON_SITE = {"modes_accueil": ("en-presentiel",)}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Four offers far enough from each other, two at one address, one remote; then a page more to the south."""
    if "map.js" not in load_assets():
        reason = "Scripts des pages absents : lancez « python -m ui.build_assets »"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    world = PagesWorld(tmp_path_factory.mktemp("map"))
    world.bring(
        [
            structure(nom="Toit solidaire"),
            offer(1, nom="Payer un loyer", thematiques=(RENT,), frais="gratuit", **ON_SITE, **BELFORT,
                  latitude=47.70, longitude=6.86),
            offer(2, nom="Cours du soir", type_offre="formation", frais="payant", **ON_SITE, **BELFORT,
                  latitude=47.58, longitude=6.95),
            offer(3, nom="Réparer son vélo", type_offre="atelier", frais="payant", **ON_SITE, **BELFORT,
                  latitude=47.58, longitude=6.95),
            offer(4, nom="Au centre du village", frais="payant", position_approximative=True, **ON_SITE, **BELFORT,
                  latitude=47.60, longitude=6.70),
            offer(5, nom="Par téléphone", frais="payant", modes_accueil=("a-distance",)),
            *(offer(n, nom=f"Leçon numéro {n}", frais="payant", **ON_SITE, **BELFORT,
                    latitude=47.30 + n / 10_000, longitude=6.86) for n in range(100, 120)),
        ]
    )  # fmt: skip
    world.index()
    with serving(world.app) as address:
        yield address


def list_of_four(site: str) -> str:
    return f"{site}/offres?lieu=Belfort&rayon_km=20"


def open_map(page: Page) -> None:
    page.get_by_role("button", name="Voir la carte").click()
    expect(page.locator("[data-map-told]")).to_contain_text("sur la carte")


def marker(page: Page, name: str) -> Locator:
    return page.locator("[data-map-ground]").get_by_role("button", name=re.compile(name))


def card(page: Page, title: str) -> Locator:
    return page.locator(".card", has_text=title)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_of_the_map_is_fetched_before_it_is_asked_for(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
        page.goto(list_of_four(site), wait_until="networkidle")
        of_map = re.compile(r"/assets/map\.|/carte\.json")
        assert [path for path in asked if of_map.match(path)] == []
        asked.clear()
        open_map(page)
        kinds = {re.sub(r"\?.*|\.[A-Z0-9]+(?=\.)", "", path) for path in asked}
        assert {"/assets/map.js", "/assets/map.css", "/carte.json"} <= kinds


@pytest.mark.parametrize("width", WIDTHS)
def test_markers_are_the_located_offers_and_the_rest_is_said(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(list_of_four(site))
        open_map(page)
        names = [str(pin.get_attribute("aria-label")) for pin in page.locator(".map-pin").all()]
        assert len(names) == 3
        assert any(re.match(r"\d\. Service : Payer un loyer, À 6,8 km$", name) for name in names)
        assert any(
            re.match(r"2\s*offres au même endroit : .*Cours du soir.*Réparer son vélo|2\s*offres", n) for n in names
        )
        assert any(name.endswith("position approximative") for name in names)
        expect(page.locator("[data-map-told]")).to_contain_text("1\u00a0offre à distance, sans lieu sur la carte.")
        expect(page.locator(".pin-approximate")).to_have_count(1)


def test_a_card_bears_the_number_of_its_marker(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(list_of_four(site))
        open_map(page)
        number = card(page, "Payer un loyer").locator(".card-pin").inner_text()
        expect(marker(page, "Payer un loyer")).to_have_text(number)
        assert str(marker(page, "Payer un loyer").get_attribute("aria-label")).startswith(f"{number}. ")
        expect(card(page, "Par téléphone").locator(".card-pin")).to_have_count(0)


def test_a_card_pointed_at_or_focused_lights_its_marker(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(list_of_four(site))
        open_map(page)
        card(page, "Payer un loyer").hover()
        expect(page.locator(".map-pin.is-lit")).to_have_attribute("aria-label", re.compile("Payer un loyer"))
        card(page, "Au centre du village").get_by_role("link").first.focus()
        expect(marker(page, "Au centre du village")).to_have_class(re.compile("is-lit"))


@pytest.mark.parametrize("width", WIDTHS)
def test_a_marker_shows_its_offers_and_their_cards(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(list_of_four(site))
        open_map(page)
        marker(page, "Cours du soir").click()
        popup = page.locator(".leaflet-popup")
        expect(popup.get_by_role("link")).to_have_text(["Cours du soir", "Réparer son vélo"], use_inner_text=True)
        expect(popup.get_by_role("link").first).to_have_attribute("href", "/offres/ex--o2?code_commune=90010")
        expect(card(page, "Cours du soir")).to_have_class(re.compile("is-lit"))
        expect(card(page, "Réparer son vélo")).to_have_class(re.compile("is-lit"))
        expect(page.locator(".card.is-lit").first).to_be_in_viewport()


def test_the_map_follows_the_filters(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(list_of_four(site))
        open_map(page)
        page.get_by_label("Gratuit", exact=False).first.check()
        expect(page.locator("[data-map-told]")).to_contain_text("1\u00a0offre sur la carte.")
        expect(page.locator(".map-pin")).to_have_count(1)
        expect(card(page, "Payer un loyer").locator(".card-pin")).to_have_text("1")
        expect(page.get_by_label("Gratuit", exact=False).first).to_be_focused()


def test_the_map_stays_open_on_the_next_page_and_on_the_way_back(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(f"{site}/offres?lieu=Belfort")
        open_map(page)
        page.get_by_role("link", name="Page suivante").click()
        expect(page.locator("[data-map-told]")).to_contain_text("24\u00a0offres sur la carte")
        expect(page.locator(".card .card-pin").first).to_be_visible()
        page.go_back()
        expect(page.locator("[data-map-told]")).to_contain_text("24\u00a0offres sur la carte")
        page.locator("[data-map-close]").click()
        page.reload()
        expect(page.get_by_role("button", name="Voir la carte")).to_be_visible()
        expect(page.locator("[data-map]")).not_to_be_visible()


def test_markers_too_close_are_counted_together_and_part_when_approached(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(f"{site}/offres?q=leçon+numéro&lieu=Belfort&rayon_km=50")
        open_map(page)
        cluster = page.locator(".map-pin:has(.pin-many)").first
        before = page.locator(".map-pin").count()
        expect(cluster).to_have_attribute("aria-label", re.compile(r"\d+\s*offres proches les unes des autres"))
        cluster.press("Enter")
        expect(page.locator(".map-pin")).not_to_have_count(before)
        expect(page.locator(".map-pin:focus")).to_have_count(1)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_map_is_reached_used_and_left_by_keyboard(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(list_of_four(site))
        page.get_by_role("button", name="Voir la carte").press("Enter")
        expect(page.get_by_role("heading", name="Carte des offres")).to_be_focused()
        expect(page.locator("[data-map-told]")).to_contain_text("sur la carte")
        for _ in range(12):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.matches('.map-pin')"):
                break
        pin = page.locator(".map-pin:focus")
        name = str(pin.get_attribute("aria-label"))
        page.keyboard.press("Enter")
        expect(page.locator(".leaflet-popup a").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".leaflet-popup")).to_have_count(0)
        expect(page.locator(".map-pin:focus")).to_have_attribute("aria-label", name)
        page.keyboard.press("Escape")
        expect(page.locator("[data-map]")).not_to_be_visible()
        expect(page.get_by_role("button", name="Voir la carte")).to_be_focused()


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_axe_finds_nothing_with_the_map_and_a_marker_open(browser: Browser, site: str, width: int, scheme: str) -> None:
    with opened(browser, width, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce") as page:
        page.goto(list_of_four(site))
        open_map(page)
        assert faults_of(page) == []
        marker(page, "Cours du soir").click()
        expect(page.locator(".leaflet-popup")).to_be_visible()
        assert faults_of(page) == []


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_the_browser_reports_no_error_and_nothing_overflows(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        told: list[str] = []
        asked: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.on("pageerror", lambda error: told.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(list_of_four(site))
        open_map(page)
        marker(page, "Cours du soir").click()
        expect(page.locator(".leaflet-popup")).to_be_visible()
        page.get_by_role("button", name="Rapprocher").click()
        page.keyboard.press("Escape")
        assert told == []
        assert all(url.startswith(site) for url in asked)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_its_controls_are_large_enough_for_a_finger(browser: Browser, site: str) -> None:
    script = """() => [...document.querySelectorAll('#carte button, #carte [role=button]')]
        .map(e => e.getBoundingClientRect()).filter(box => box.height < 43.9 || box.width < 43.9).length"""
    with opened(browser, PHONE) as page:
        page.goto(list_of_four(site))
        open_map(page)
        marker(page, "Cours du soir").click()
        expect(page.locator(".leaflet-popup")).to_be_visible()
        assert page.evaluate(script) == 0


def test_without_script_no_map_is_promised(browser: Browser, site: str) -> None:
    with opened(browser, PHONE, java_script_enabled=False) as page:
        page.goto(list_of_four(site))
        expect(page.get_by_text("Voir la carte")).not_to_be_visible()
        expect(page.locator("#carte")).not_to_be_visible()


def test_a_map_that_does_not_come_leaves_the_list_and_says_so(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.route("**/carte.json**", lambda route: route.abort())
        page.goto(list_of_four(site))
        page.get_by_role("button", name="Voir la carte").click()
        expect(page.locator("[data-map-told]")).to_have_text("La carte ne répond pas. Rien ne manque dans la liste.")
        expect(page.locator(".card")).to_have_count(5)


def test_a_printed_list_has_no_map(browser: Browser, site: str) -> None:
    with opened(browser, DESKTOP) as page:
        page.goto(list_of_four(site))
        open_map(page)
        page.emulate_media(media="print")
        expect(page.locator("#carte")).not_to_be_visible()
        expect(page.locator(".card-pin").first).not_to_be_visible()
        expect(card(page, "Payer un loyer")).to_be_visible()


def test_beside_a_list_that_scrolls_the_map_takes_the_whole_height(browser: Browser, site: str) -> None:
    """It left 12 rem empty under it once the search had scrolled away."""
    with opened(browser, DESKTOP) as page:
        page.goto(f"{site}/offres?lieu=Belfort&rayon_km=100")
        open_map(page)
        section = page.locator("[data-map]")
        page.evaluate("scrollTo(0, 900)")
        expect(section).to_have_class(re.compile("is-tall"))
        box, ground = section.bounding_box(), page.locator("[data-map-ground]").bounding_box()
        assert box is not None
        assert ground is not None
        assert box["height"] > 800 - 2 * 16
        assert 0 <= box["y"] <= 16
        assert ground["height"] > box["height"] * 0.7
