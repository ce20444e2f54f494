"""Axe and the width of the screen on the states that the other stories do not reach: refusals, failures, no script."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from search_api.errors import install_error_handlers
from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.pages import demonstration_pages, serving
from tests.ui.pages_content import XSS, filled_world
from ui.routes import mount

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 1280)
HOSTILE = quote(XSS)
STATES = {
    "home with a notice": "/?lieu=Nulle-Part-sur-Mer",
    "all notices": f"/offres?q={HOSTILE}&lieu={HOSTILE}&publics={HOSTILE}&debut_apres={HOSTILE}&rayon_km=9999",
    "several places": "/offres?lieu=saint-denis",
    "every kind of chip": "/offres?q=loyer&lieu=Belfort&frais=gratuit&moments=soir&moments=week-end&publics=jeunes"
    "&metiers=K1304&types_offre=service&debut_apres=2026-03-01&debut_avant=2026-04-01",
    "a very long word": "/offres?q=" + "a" * 2_000,
    "offer with hostile texts": "/offres/ex--o2",
    "offer without contact": "/offres/ex--o10",
    "suspended offer": "/offres/ex--o6",
    "past offer": "/offres/ex--o7",
    "retired offer": "/offres/ex--o9",
    "retired structure": "/structures/ex--s9",
    "structure with hostile texts": "/structures/ex--s3",
    "structure without offers": "/structures/ex--s2",
    "list with a retired offer": "/ma-liste?ids=ex--o1&ids=ex--o9&ids=ex--o6",
    "report of a structure": "/structures/ex--s1/signaler",
    "address that nobody serves": "/nulle-part",
}
FAILING = {"500": "/offres", "500 of an offer": "/offres/ex--o1"}
WITHOUT_SCRIPT = {
    "home": "/",
    "results": "/offres?q=loyer&lieu=Belfort&frais=gratuit",
    "filters open": "/offres?lieu=Belfort#filtres",
    "offer": "/offres/ex--o1?code_commune=90010",
    "empty list": "/ma-liste",
    "report": "/offres/ex--o1/signaler",
}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = filled_world(tmp_path_factory.mktemp("states"))
    install_error_handlers(world.app, SimpleNamespace(error=lambda *_, **__: None, warning=lambda *_, **__: None))
    with serving(world.app) as address:
        yield address


@pytest.fixture(scope="module")
def failing() -> Iterator[str]:
    """A site whose search and catalogue are out of order."""

    def fail(*_: object) -> None:
        raise RuntimeError("out of order")

    app = FastAPI()
    app.state.services = SimpleNamespace(search=SimpleNamespace(search=fail), catalogue=None)
    mount(app, demonstration_pages())
    with serving(app) as address:
        yield address


def check(page: Page, after_resize: Callable[[Page], None] = lambda _: None) -> None:
    """At each width nothing overflows; at the least and the greatest, axe finds nothing."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        after_resize(page)
        assert width == WIDTHS[1] or faults_of(page) == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("address", STATES.values(), ids=STATES.keys())
def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, states: str, address: str) -> None:
    with opened(browser, 390, bypass_csp=True) as page:
        page.goto(states + address)
        check(page)


@pytest.mark.parametrize("address", FAILING.values(), ids=FAILING.keys())
def test_axe_finds_nothing_on_a_page_of_failure(browser: Browser, failing: str, address: str) -> None:
    with opened(browser, 390, bypass_csp=True) as page:
        answer = page.goto(failing + address)
        assert answer is not None
        assert answer.status == 500
        check(page)


@pytest.mark.slow
@pytest.mark.parametrize("address", WITHOUT_SCRIPT.values(), ids=WITHOUT_SCRIPT.keys())
def test_axe_finds_nothing_where_our_scripts_do_not_come(browser: Browser, states: str, address: str) -> None:
    """Axe is itself a script: the browser runs it, and gets none of ours."""
    with opened(browser, 390, bypass_csp=True) as page:
        page.route("**/*.js", lambda route: route.abort())
        page.goto(states + address)
        check(page)


def test_axe_finds_nothing_with_every_filter_unfolded(browser: Browser, states: str) -> None:
    def unfold(page: Page) -> None:
        page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")

    with opened(browser, 1280, bypass_csp=True) as page:
        page.goto(f"{states}/offres?lieu=Belfort")
        check(page, unfold)


def test_axe_finds_nothing_when_a_position_is_refused(browser: Browser, states: str) -> None:
    with opened(browser, 390, bypass_csp=True) as page:
        page.add_init_script("navigator.geolocation.getCurrentPosition = (found, failed) => failed({ code: 1 })")
        page.goto(states)
        page.get_by_role("button", name="Autour de moi").click()
        expect(page.locator("[data-here-status]")).to_contain_text("Écrivez votre commune")
        check(page)
