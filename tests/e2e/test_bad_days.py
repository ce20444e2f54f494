"""What happens to real people: refusals of the browser, links that others damaged, offers that go away meanwhile."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import opened
from tests.support.pages import BELFORT, RENT, PagesWorld, serving
from tests.support.small_feeds import offer, structure

pytestmark = pytest.mark.browser

PLACE = {"latitude": 47.64, "longitude": 6.86, **BELFORT}
HELD = offer(1, nom="Payer un loyer en retard", thematiques=(RENT,), telephone="+33384000102", **PLACE)
OTHER = offer(2, nom="Une aide pour le loyer", thematiques=(RENT,), **PLACE)
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
REFUSE_ALL = """for (const name of ['localStorage', 'sessionStorage']) {
    Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });
}
Object.defineProperty(document, 'cookie', { get() { throw new DOMException('refused', 'SecurityError'); } });"""


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> PagesWorld:
    world = PagesWorld(tmp_path_factory.mktemp("bad-days"))
    world.bring([structure(nom="Toit solidaire"), HELD, OTHER])
    world.index()
    return world


@pytest.fixture
def own_site(world: PagesWorld) -> Iterator[str]:
    with serving(world.app) as address:
        yield address


def watch(page: Page) -> list[str]:
    """Every failure of a script and every dialog, as they come."""
    failed: list[str] = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.on("dialog", lambda dialog: (failed.append(dialog.message), dialog.dismiss()))
    return failed


@pytest.mark.parametrize("address", ["/", "/offres?q=loyer&lieu=Belfort", "/offres/ex--o1", "/ma-liste?ids=ex--o1"])
def test_where_the_browser_keeps_nothing_every_page_stays_whole(browser: Browser, site: str, address: str) -> None:
    with opened(browser, 390) as page:
        failed = watch(page)
        page.add_init_script(REFUSE_ALL)
        page.goto(site + address, wait_until="networkidle")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[data-keep]:visible")).to_have_count(0)
        assert failed == []


def test_no_cookie_is_ever_set(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        for address in ("/", "/offres?q=loyer&lieu=Belfort", "/offres/ex--o1", "/offres/ex--o1/signaler", "/ma-liste"):
            page.goto(site + address)
        assert page.context.cookies() == []


def test_what_others_add_to_a_link_changes_nothing_and_is_not_passed_on(browser: Browser, site: str) -> None:
    added = "utm_source=lettre&utm_medium=email&utm_campaign=printemps&fbclid=IwAR0&gclid=abc&mtm_campaign=x&_ga=1.2"
    with opened(browser, 1280) as page:
        page.goto(f"{site}/offres?q=loyer&lieu=Belfort")
        plain = page.locator("main").inner_text()
        page.goto(f"{site}/offres?{added}&q=loyer&lieu=Belfort&{added}")
        assert page.locator("main").inner_text() == plain
        links = page.eval_on_selector_all("a[href], form", "all => all.map(e => e.getAttribute('href') ?? e.action)")
        hidden = page.eval_on_selector_all("input[type=hidden]", "all => all.map(e => e.name)")
        assert [name for link in links for name in ("utm_", "clid", "mtm_", "_ga") if name in link] == []
        assert [name for name in hidden if name.startswith(("utm_", "fbclid"))] == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_markup_typed_as_a_need_is_read_as_words(browser: Browser, site: str, script: bool) -> None:
    with opened(browser, 390, java_script_enabled=script) as page:
        failed = watch(page)
        page.goto(site)
        page.get_by_label("De quoi avez-vous besoin").fill(HOSTILE)
        page.get_by_role("button", name="Chercher").click()
        page.wait_for_url("**/offres?**")
        expect(page.locator(".chip-label").first).to_have_text(f"« {HOSTILE} »")
        expect(page.get_by_label("De quoi avez-vous besoin")).to_have_value(HOSTILE)
        expect(page.locator("main img")).to_have_count(0)
        assert failed == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("word", ["a" * 2_000, "é" * 2_000, "lo-yer/" * 280], ids=["letters", "accents", "cut words"])
def test_a_word_of_two_thousand_letters_breaks_no_page(browser: Browser, site: str, word: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(f"{site}/offres?q={quote(word)}&lieu={quote(word[:100])}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        told = page.locator(".search-again-words" if width < 600 else ".chips-row")  # a phone folds what was typed
        box = told.bounding_box()
        assert box is not None
        assert box["height"] < 400


def test_an_offer_retired_while_it_is_read_says_so_and_gives_another(
    browser: Browser, world: PagesWorld, own_site: str
) -> None:
    with opened(browser, 390) as page:
        page.goto(f"{own_site}/offres/ex--o1")
        world.bring([structure(nom="Toit solidaire"), OTHER], accept_loss=True)
        world.index()
        page.locator("[data-keep=ex--o1]:visible").click()
        page.get_by_role("link", name="Ma liste (1)").click()
        expect(page.locator("main")).to_contain_text("Payer un loyer en retard")
        expect(page.locator("main")).to_contain_text("n’est plus proposée")
        page.go_back()
        answer = page.reload()
        assert answer is not None
        assert answer.status == 410
        expect(page.get_by_role("heading", level=1)).to_have_text("Cette offre n’est plus proposée")
        expect(page.locator(".card-title")).to_have_text(["Une aide pour le loyer"])


def test_an_error_told_of_an_offer_that_went_away_meanwhile_gets_a_page_that_leads_on(
    browser: Browser, world: PagesWorld, own_site: str
) -> None:
    with opened(browser, 390) as page:
        page.goto(f"{own_site}/offres/ex--o1/signaler")
        world.bring([structure(nom="Toit solidaire"), OTHER], accept_loss=True)
        world.index()
        page.get_by_label("Les dates ou les horaires sont faux").check()
        page.get_by_role("button", name="Envoyer le signalement").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Cette page n’est plus là")
        expect(page.get_by_role("link", name="Faire une nouvelle recherche")).to_be_visible()


@pytest.mark.parametrize(
    "query",
    [
        "ids=",
        "ids=ex--o1%00",
        "ids=%3Cscript%3E",
        "ids=" + "x" * 600,
        "id=ex--o1",
        "ids[]=ex--o1",
        "ids=ex--o1,ex--o2",
        "%",
    ],
)
def test_a_link_to_a_list_that_someone_damaged_opens_a_page_that_leads_on(
    browser: Browser, site: str, query: str
) -> None:
    with opened(browser, 390) as page:
        failed = watch(page)
        answer = page.goto(f"{site}/ma-liste?{query}")
        assert answer is not None
        assert answer.status == 200
        expect(page.get_by_role("link", name="Chercher des offres")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert failed == []


def test_a_position_that_never_comes_leaves_the_field(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.add_init_script("navigator.geolocation.getCurrentPosition = (found, failed) => failed({ code: 3 })")
        page.goto(site)
        page.get_by_role("button", name="Autour de moi").click()
        expect(page.locator("[data-here-status]")).to_contain_text("Écrivez votre commune ou son code postal")
        expect(page.get_by_role("button", name="Autour de moi")).to_be_enabled()
