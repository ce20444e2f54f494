"""The story of an employer in a real browser: publish, confirm, be moderated, be found by search and by plan, be asked,
accept, pause."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.pages import serving
from tests.support.publications import BAKERY
from tests.support.workspace import WorkspaceSite, form_token, workspace_of, workspace_site

pytestmark = pytest.mark.browser

NAME = "Boulangerie du Lion"
COMPANY, PERSON = "lea@boulangerie.exemple.fr", "sam@exemple.fr"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as site:
        yield site


@pytest.fixture
def address(workspace: WorkspaceSite) -> Iterator[str]:
    with serving(workspace.world.app) as address:
        yield address


@pytest.fixture(params=[390, 1280])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def mailed_link(site: WorkspaceSite, path: str, to: str = COMPANY) -> str:
    """The newest one."""
    for entry in workspace_of(site.client).outbox.recent():
        if (
            entry.mail is not None
            and entry.mail.to == to
            and (found := re.search(re.escape(path) + r"[\w-]+", entry.mail.text))
        ):
            return found.group()
    raise AssertionError(f"no mail to {to} leads to {path}")


def publish(page: Page, address: str) -> int:
    """Writes the four steps; gives how many fields were filled in or ticked."""
    filled = 0

    def fill(label: str, text: str) -> None:
        nonlocal filled
        page.get_by_label(label).fill(text)
        filled += 1

    page.goto(f"{address}/publier")
    page.get_by_role("button", name="Accueillir en immersion").click()
    fill("SIRET de l’établissement", BAKERY)
    fill("Nom que les personnes verront", NAME)
    fill("Commune du lieu", "Belfort")
    page.get_by_role("button", name="Continuer").click()
    fill("Le métier à découvrir", "boulanger")
    fill("Ce que la personne verra et fera", "Vous verrez le fournil et vous façonnerez des baguettes.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_label("Boulanger / Boulangère")).to_be_checked()
    page.get_by_role("button", name="Continuer").click()
    fill("Nom de la personne qui répond", "Léa Martin")
    fill("Son courriel", COMPANY)
    page.get_by_role("button", name="Continuer").click()
    expect(page.locator(".publier-preview").get_by_text(NAME).first).to_be_visible()
    page.get_by_label("Je peux publier pour cette structure").check()
    page.get_by_role("button", name="Publier").click()
    return filled + 1


def accept(site: WorkspaceSite, page: Page, address: str) -> None:
    """A coordinator signs in and accepts what waits."""
    coordinator = site.client_for("coordinateur")
    assert form_token(coordinator)
    page.context.add_cookies([{"name": "maillage", "value": coordinator.cookies["maillage"], "url": address}])
    page.goto(f"{address}/moderation")
    page.get_by_role("link", name=re.compile(NAME)).click()
    page.get_by_role("button", name="Mettre en ligne").click()
    expect(page.get_by_text("La publication est en ligne")).to_be_visible()


def ask(site: WorkspaceSite, page: Page, address: str) -> None:
    """A person without an account asks for the immersion that the page shows, and confirms by mail."""
    page.get_by_role("link", name="Demander cette immersion").click()
    page.get_by_label("Votre prénom").fill("Sam")
    page.get_by_label("Votre courriel").fill(PERSON)
    page.get_by_label("Je veux que l’entreprise reçoive cette demande").check()
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("button", name="Envoyer ma demande")).to_have_count(0)
    page.goto(address + mailed_link(site, "/demande/", PERSON))
    page.get_by_role("button", name="Confirmer et envoyer ma demande").click()


def test_an_employer_publishes_is_moderated_is_found_is_asked_accepts_and_pauses(
    workspace: WorkspaceSite, address: str, page: Page
) -> None:
    assert publish(page, address) <= 12
    expect(page.get_by_role("heading", name="Un courriel vous attend")).to_be_visible()

    page.goto(address + mailed_link(workspace, "/publier/confirmer/"))
    page.get_by_role("button", name="Oui, publier").click()
    expect(page.get_by_role("status").first).to_contain_text("votre adresse est confirmée")
    managed = page.url.partition("?")[0]
    page.goto(f"{address}/offres?code_commune=90010")
    expect(page.get_by_text(NAME)).to_have_count(0)

    accept(workspace, page, address)
    page.goto(f"{address}/offres?code_commune=90010&types_offre=immersion")
    expect(page.get_by_role("link", name=re.compile(NAME))).to_be_visible()

    page.goto(f"{address}/plan")
    page.get_by_label("Où habitez-vous ?").fill("Belfort")
    page.get_by_label("Un métier vous attire ?").fill("boulanger")
    page.get_by_role("button", name="Voir mon plan").click()
    expect(page.get_by_role("link", name=re.compile(NAME)).first).to_be_visible()

    page.context.clear_cookies()
    page.get_by_role("link", name=re.compile(NAME)).first.click()
    ask(workspace, page, address)
    expect(page.get_by_role("status").first).to_contain_text("Votre demande est partie")
    asked = page.url.partition("?")[0]
    page.goto(address + mailed_link(workspace, "/demande/"))
    expect(page.get_by_role("button", name="Accepter la demande")).to_be_visible()
    assert PERSON not in page.content()
    page.get_by_role("button", name="Accepter la demande").click()
    expect(page.get_by_text("Vous avez accepté")).to_be_visible()
    expect(page.get_by_text(PERSON)).to_be_visible()
    page.goto(asked)
    expect(page.get_by_text("Acceptée").first).to_be_visible()
    expect(page.get_by_text(COMPANY)).to_be_visible()

    page.goto(managed)
    page.get_by_role("button", name="Mettre en pause").click()
    expect(page.get_by_role("status").first).to_contain_text("n’est plus montrée")
    page.goto(f"{address}/offres?code_commune=90010&types_offre=immersion&rayon_km=20")  # not the page kept a minute
    expect(page.get_by_role("link", name=re.compile(NAME))).to_have_count(0)
