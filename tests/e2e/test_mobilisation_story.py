"""A coordinator brings a list of companies, reads what to say to one, invites it, and notes what came of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.labour_tables import load_labour
from tests.support.later import DESKTOP, PHONE
from tests.support.mobilising import siret
from tests.support.pages import BELFORT, serving
from tests.support.small_feeds import offer, structure
from tests.support.workspace import COOKIE, WorkspaceSite, sign_in, workspace_site

pytestmark = pytest.mark.browser

LIST = (
    "SIRET;Nom;Commune;Code postal;NAF;Courriel;Téléphone\n"
    f"{siret(1)};Chez Lou;Belfort;90000;56.10A;lou@restaurant.exemple.fr;03 84 00 01 01\n"
    "123;Sans numéro;Belfort;90000;56.10A;;\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[WorkspaceSite]:
    load_labour(tmp_path)
    with workspace_site(tmp_path, [structure(**BELFORT), offer(**BELFORT)], reference_dir=tmp_path / "ref") as site:
        sign_in(site.client, "coordinateur")
        yield site


def check_screen(page: Page) -> None:
    """Nothing runs out of the screen, and no machine-checked rule of access is broken."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults_of(page) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_company_of_a_list_is_read_invited_and_noted(browser: Browser, workspace: WorkspaceSite, width: int) -> None:
    with serving(workspace.world.app) as address, opened(browser, width) as page:
        page.context.add_cookies([{"name": COOKIE, "value": workspace.client.cookies[COOKIE], "url": address}])
        page.goto(f"{address}/mobilisation")
        check_screen(page)
        page.get_by_label("Votre fichier").set_input_files(
            {"name": "liste.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        page.get_by_role("button", name="Lire cette liste").click()
        expect(page.get_by_text("Ligne 3")).to_be_visible()
        page.goto(f"{address}/mobilisation/entreprises")
        check_screen(page)
        page.get_by_role("link", name="Chez Lou").click()
        expect(page.get_by_role("link", name="Appeler le 03 84 00 01 01")).to_be_visible()
        check_screen(page)
        page.get_by_role("button", name="Envoyer l’invitation").click()
        expect(page.locator("h1 + p .tag")).to_have_text("Invitée")
        page.get_by_role("radio", name="A refusé").check()
        page.get_by_role("button", name="Noter").click()
        expect(page.locator("h1 + p .tag")).to_have_text("A refusé")
