"""A référent fills the questionnaire in a real browser: by keys, saved by itself, with a colleague in the same file."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.accessibility import faults_of
from tests.support.pages import serving
from tests.support.workspace import COOKIE, WorkspaceSite, make_user, workspace_site

pytestmark = pytest.mark.browser

SAVED = "[data-saved]"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path_factory.mktemp("dossiers")) as site:
        yield site


@pytest.fixture(scope="module")
def address(workspace: WorkspaceSite) -> Iterator[str]:
    with serving(workspace.world.app) as address:
        yield address


@pytest.fixture
def signed_in(browser: Browser, workspace: WorkspaceSite, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a browser of somebody new: a page each."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, **options: object) -> Page:
        context = browser.new_context(base_url=address, **options)  # type: ignore[arg-type]
        contexts.append(context)
        token = workspace.workspace.accounts.start_session(make_user(workspace.workspace, name=name))
        context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def open_file(page: Page) -> None:
    page.goto("/espace/personnes/nouvelle")
    page.fill("#nom", "M. B.")
    page.check("#accord-1")
    page.get_by_role("button", name="Ouvrir le dossier").click()
    page.wait_for_url("**/situation")


def saved_version(page: Page) -> str:
    return page.input_value("[name=version]")


def test_needs_are_stated_by_keys_and_saved_without_a_button(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    page.locator("[data-need] input:checked").first.focus()
    for key in "bfpb":
        page.keyboard.press(key)
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    page.reload()
    states = [row.locator("input:checked").input_value() for row in page.locator(".dossier-line-main").all()[:5]]
    assert states == ["besoin", "point-fort", "", "besoin", ""]


def test_a_place_is_chosen_from_suggestions_and_kept(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    page.locator("#lieu").press_sequentially("Belfor")
    page.get_by_role("option").first.click()
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    page.reload()
    expect(page.locator("#lieu")).to_have_value("Belfort (90000)")


def test_two_colleagues_see_each_other_s_answers_and_lose_none(signed_in: Callable[..., Page]) -> None:
    claire, karim = signed_in("Claire"), signed_in("Karim")
    open_file(claire)
    karim.goto(claire.url)
    claire.fill("#age", "31")
    expect(claire.locator(SAVED)).to_contain_text("Enregistré à")
    karim.fill("#envies", "le bois")
    expect(karim.locator(SAVED)).to_contain_text("Enregistré à")
    expect(karim.locator("#age")).to_have_value("31")
    claire.fill("#envies", "la cuisine")
    notice = claire.locator("[data-clashes] [role=alert]")
    expect(notice).to_contain_text("Karim a écrit « le bois »")
    expect(claire.locator("#envies")).to_have_value("le bois")
    notice.get_by_role("button", name="Remettre le mien").click()
    expect(claire.locator("[name=version]")).to_have_value("4")
    karim.reload()
    expect(karim.locator("#envies")).to_have_value("la cuisine")


def test_what_is_wrong_is_told_beside_its_field_and_the_rest_is_saved(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    page.fill("#age", "trente")
    page.fill("#envies", "le bois")
    expect(page.locator("[data-wrong]")).to_contain_text("âge en chiffres")
    expect(page.locator(SAVED)).to_contain_text("sauf ce qui est à corriger")
    page.fill("#age", "30")
    expect(page.locator("[data-wrong]")).to_have_count(0)
    page.reload()
    expect(page.locator("#age")).to_have_value("30")
    expect(page.locator("#envies")).to_have_value("le bois")


def test_the_texts_are_read_as_one_types_and_what_is_right_is_added(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    page.fill("#note", "J’ai 31 ans et du retard de loyer.")
    page.get_by_role("link", name="31 ans").click(timeout=60_000)
    expect(page.locator("#age")).to_have_value("31")
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")


def test_a_session_that_ends_while_one_types_is_told_and_loses_nothing(
    signed_in: Callable[..., Page], workspace: WorkspaceSite
) -> None:
    page = signed_in("Claire")
    open_file(page)
    token = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == COOKIE)
    workspace.workspace.accounts.end_session(token)
    page.fill("#envies", "un long texte")
    expect(page.locator(SAVED)).to_contain_text("Votre session a pris fin")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text("Rien n’est perdu")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_of_a_file_scrolls_sideways(signed_in: Callable[..., Page], width: int) -> None:
    page = signed_in("Claire", viewport={"width": width, "height": 800})
    open_file(page)
    file = page.url.removesuffix("/situation")
    for path in ("/espace/personnes", "/espace/personnes/nouvelle", file, f"{file}/situation", f"{file}/acces"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_checker_of_accessibility_finds_nothing(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    file = page.url.removesuffix("/situation")
    for path in ("/espace/personnes", "/espace/personnes/nouvelle", f"{file}/situation", f"{file}/acces", file):
        page.goto(path)
        assert faults_of(page) == [], path


def test_without_a_script_the_button_saves_and_reads_the_texts(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire", java_script_enabled=False)
    open_file(page)
    page.fill("#envies", "le bois")
    page.get_by_role("button", name="Enregistrer et lire").click()
    expect(page.locator("#envies")).to_have_value("le bois")
    assert saved_version(page) == "2"


def test_a_full_name_is_noticed_as_one_types_and_kept_by_one_tick(signed_in: Callable[..., Page]) -> None:
    page = signed_in("Claire")
    open_file(page)
    expect(page.locator("[data-keep-name]")).to_be_hidden()
    page.fill("#nom", "Léa Bernard")
    expect(page.locator(".field-error")).to_contain_text("ressemble à un nom complet")
    page.check("#garder_nom")
    expect(page.locator(SAVED)).to_contain_text("Enregistré à")
    expect(page.locator("[data-keep-name]")).to_be_hidden()
    page.reload()
    expect(page.locator("#nom")).to_have_value("Léa Bernard")
