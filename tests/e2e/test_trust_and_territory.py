"""In a real browser: the pages of trust, a territory's own colours and logo, and facts that no policy blocks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.accessibility import faults_of
from tests.support.later import first
from tests.support.pages import BELFORT, PagesWorld, serving
from tests.support.small_feeds import offer, structure
from ui.site import Site
from ui.territory_file import read_territory

pytestmark = pytest.mark.browser

PAGES = ("/accessibilite", "/confidentialite", "/mentions-legales")
"""The others are in test_first_pages."""
TERRITORY = """
nom = "Le Fil"
territoire = "Haute-Saône"
departements = ["70"]
code_commune = "70550"
logo = "logo.svg"
[mentions]
editeur = "Un département"
directeur = "Une directrice"
hebergeur = "Un hébergeur"
[couleurs.clair]
action = "#6b1f7a"
action-strong = "#4a1256"
[couleurs.sombre]
action = "#e0b0ea"
action-strong = "#efd2f5"
action-ink = "#2b0833"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20H0z"/></svg>'


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("own")
    (folder / "essai.toml").write_text(TERRITORY, encoding="utf-8")
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    world = PagesWorld(folder, site=Site(*read_territory(folder / "essai.toml"), base_url=None))
    world.bring([structure(nom="Toit solidaire"), offer(1, nom="Payer un loyer", **BELFORT)])
    world.index()
    with serving(world.app) as address:
        yield address


@pytest.fixture(params=[(390, "light"), (1280, "dark")], ids=["phone in the light", "desktop in the dark"])
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    viewport = {"width": width, "height": 800}
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="fr-FR", bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", first(1, PAGES))
def test_axe_finds_nothing_on_pages_of_trust(page: Page, site: str, address: str) -> None:
    page.goto(site + address)
    assert faults_of(page) == []


@pytest.mark.parametrize("address", first(1, ["/", "/a-propos", "/offres/ex--o1"]))
def test_axe_finds_nothing_in_a_territorys_own_colours(page: Page, own_site: str, address: str) -> None:
    page.goto(own_site + address)
    assert faults_of(page) == []


def test_a_territorys_colours_and_logo_are_seen(page: Page, own_site: str) -> None:
    page.goto(own_site)
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    button = page.get_by_role("button", name="Chercher")
    colour = button.evaluate("e => getComputedStyle(e).backgroundColor")
    assert colour == ("rgb(224, 176, 234)" if dark else "rgb(107, 31, 122)")
    assert (
        page.locator(".brand-logo").evaluate("e => [e.complete, e.naturalWidth > 0, e.clientWidth > 0]") == [True] * 3
    )


def test_on_paper_a_territory_is_black_on_white(page: Page, own_site: str) -> None:
    page.goto(own_site)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--action')").strip() == "#000"


@pytest.mark.parametrize("address", PAGES)
def test_pages_of_trust_fit_a_narrow_screen(browser: Browser, site: str, address: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(site + address)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 320


def test_the_facts_of_an_offer_pass_our_own_policy(browser: Browser, site: str) -> None:
    """JSON-LD is data, not a program: Chromium neither runs nor refuses it under `script-src 'self'`."""
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{site}/offres/ex--o1")
    name = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent).name")
    context.close()
    assert (name, told) == ("Payer un loyer en retard", [])
