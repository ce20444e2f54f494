"""An orientation in a real browser, without scripts: an offer, its form, the structure's answer, the date."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.pages import BELFORT, serving
from tests.support.small_feeds import offer, structure
from tests.support.workspace import COOKIE, WorkspaceSite, sign_in, workspace_site

pytestmark = pytest.mark.browser

STRUCTURE = "accueil@garage.example"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    records = [
        structure(nom="Garage solidaire", courriel=STRUCTURE, **BELFORT),
        offer(nom="Réparer sa voiture", conditions_acces="Avoir le permis", **BELFORT),
    ]
    with workspace_site(tmp_path, records) as opened:
        yield opened


@pytest.fixture
def address(site: WorkspaceSite) -> Iterator[str]:
    with serving(site.world.app) as running:
        yield running


@pytest.fixture(params=[390, 1280])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    yield opened
    opened.close()


def sign_in_here(site: WorkspaceSite, context: BrowserContext, address: str) -> None:
    sign_in(site.client, name="Camille Renaud")
    context.add_cookies([{"name": COOKIE, "value": site.client.cookies[COOKIE], "url": address}])


def answer_link(site: WorkspaceSite) -> str:
    for entry in site.workspace.outbox.recent():
        if entry.mail is not None and entry.mail.to == STRUCTURE:
            found = re.search(r"/demande/[\w-]+\?reponse=autre-date", entry.mail.text)
            assert found is not None
            return found[0]
    raise AssertionError("no mail to the structure")


def ask(page: Page, folder: Path) -> None:
    """Fills in the form of the offer that the page shows."""
    scan = folder / "cv.pdf"
    scan.write_bytes(b"%PDF-1.4 un texte")
    page.get_by_role("link", name="Orienter une personne").click()
    page.get_by_label("La personne", exact=True).fill("A. B.")
    page.get_by_label("Avoir le permis").check()
    page.get_by_label("Documents").set_input_files(scan)
    page.get_by_label("La personne est d’accord").check()
    page.get_by_role("button", name="Envoyer la demande").click()


def test_a_person_is_oriented_the_structure_proposes_a_date_and_it_suits(
    site: WorkspaceSite, context: BrowserContext, address: str, tmp_path: Path
) -> None:
    sign_in_here(site, context, address)
    page = context.new_page()
    page.goto(f"{address}/offres/ex--o1")
    ask(page, tmp_path)
    expect(page.get_by_role("status").first).to_contain_text("Votre demande est partie")
    own = page.url.partition("?")[0]
    page.goto(address + answer_link(site))
    expect(page.get_by_text("Camille Renaud")).to_be_visible()
    page.get_by_label("La date que vous proposez").fill("jeudi 12 mars à 14 h")
    page.get_by_role("button", name="Proposer cette date").click()
    expect(page.get_by_role("status").first).to_contain_text("Votre date est transmise")
    page.goto(own)
    expect(page.get_by_text("jeudi 12 mars à 14 h")).to_be_visible()
    page.get_by_role("button", name="Cette date convient").click()
    expect(page.get_by_text(STRUCTURE)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
