"""The whole story of a person followed, in a real browser, from signing in to handing over; and what it costs.

Sign in, open a file, say four needs, make the plan, print it, give the link; the person ticks on a telephone; a
structure is asked and says yes; a colleague takes over and finds everything.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from indexer.accounts import Role
from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.plans.model import Fields
from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import first
from tests.support.pages import BELFORT, serving
from tests.support.small_feeds import offer, structure
from tests.support.workspace import COOKIE, PASSWORD, WorkspaceSite, make_user, sign_in, workspace_site

pytestmark = pytest.mark.browser

MOST_GESTURES = 40
"""From nothing to a printed sheet, for four needs: clicks, fields filled and keys that send."""

NEEDS = {
    "logement-hebergement--reduire-les-impayes-de-loyer": "Payer un loyer en retard",
    "mobilite--preparer-un-permis": "Aide au permis de conduire",
    "numerique--maitriser-les-fondamentaux-du-numerique": "Apprendre à envoyer un courriel",
    "sante--acces-aux-soins": "Ouvrir ses droits aux soins",
}
NEAR = {"latitude": 47.64, "longitude": 6.86, "frais": "gratuit", **BELFORT}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[WorkspaceSite]:
    held = structure(nom="Toit solidaire", courriel="accueil@exemple.fr", telephone="+33384000101", **BELFORT)
    records = [held] + [
        offer(number, nom=name, thematiques=(need,), **NEAR) for number, (need, name) in enumerate(NEEDS.items(), 1)
    ]
    with workspace_site(tmp_path, records) as site:
        yield site


@pytest.fixture
def address(workspace: WorkspaceSite) -> Iterator[str]:
    with serving(workspace.world.app) as address:
        yield address


class Hands:
    """What a professional does with a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.count, self.started = page, 0, time.perf_counter()

    def click(self, role: str, name: str) -> None:
        self.count += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    def fill(self, label: str, text: str) -> None:
        self.count += 1
        self.page.get_by_label(label).first.fill(text)

    def need(self, code: str) -> None:
        """Opens what specifies a group, where it is folded, and says that it is a need."""
        row = self.page.locator(f'[data-need="besoin:{code}"]')
        expect(row).to_be_attached()
        if not row.is_visible():
            self.count += 1
            self.page.locator("details.need-more", has=row).locator("summary").click()
        self.count += 1
        row.get_by_label("Besoin", exact=True).check()

    def tell(self, what: str) -> None:
        print(f"{what} : {self.count} gestes, {time.perf_counter() - self.started:.1f} s de navigateur")


def start_file(hands: Hands, address: str, mail: str) -> None:
    hands.page.goto(f"{address}/connexion")
    hands.fill("Votre courriel", mail)
    hands.fill("Votre mot de passe", PASSWORD)
    hands.click("button", "Se connecter")
    hands.page.goto(f"{address}/espace/personnes")
    hands.count += 1
    hands.click("link", "Nouvelle personne")
    hands.fill("Initiales ou pseudonyme", "M. B.")
    hands.click("radio", "Oui, elle me l’a dit")
    hands.click("button", "Ouvrir le dossier")


def say_situation(hands: Hands) -> None:
    hands.fill("Commune", "Belfort (90000)")
    hands.fill("Âge", "24")
    for need in NEEDS:
        hands.need(need)
    hands.page.locator(".dossier-actions").get_by_role("button", name="Enregistrer", exact=True).click()
    hands.count += 1
    hands.click("link", "Voir le plan")


def test_a_person_is_followed_from_the_first_talk_to_a_new_referent(
    browser: Browser, workspace: WorkspaceSite, address: str
) -> None:
    space = workspace.workspace
    make_user(space, name="Camille R.")
    make_user(space, name="Driss B.")
    mail = next(user.email for user in space.accounts.users() if user.name == "Camille R.")
    with opened(browser, 1280) as page:
        hands = Hands(page)
        start_file(hands, address, mail)
        say_situation(hands)
        hands.click("button", "Mettre au plan ce qui est coché")
        expect(page.locator(".plan-line")).to_have_count(len(NEEDS))
        hands.click("link", "Feuille à imprimer")
        for name in NEEDS.values():
            expect(page.locator(".paper")).to_contain_text(name)
        hands.tell("Du dossier vide à la feuille, quatre besoins")
        assert hands.count <= MOST_GESTURES
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
        hands.click("link", "Revenir au plan")
        expect(page.get_by_role("link", name="Lien pour la personne").first).to_be_visible()
        plan_url = page.url
        hands.click("link", "Lien pour la personne")
        hands.click("button", "Faire le lien")
        own = page.get_by_label("Le lien").input_value()
        tick_on_a_telephone(browser, own)
        page.goto(plan_url)
        expect(page.locator(".plan-line").first).to_contain_text("Très bien reçu.")
        orient(hands, page, workspace, browser, address)
        page.goto(plan_url)
        expect(page.locator(".plan-line").nth(1)).to_contain_text("La structure accepte")
        hand_over(hands, page, plan_url)
    told = next(user for user in space.accounts.users() if user.name == "Driss B.")
    with opened(browser, 1280) as page:
        token = space.accounts.start_session(told.id)
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        page.goto(plan_url)
        expect(page.locator(".plan-line")).to_have_count(len(NEEDS))
        page.get_by_role("link", name="Qui a changé quoi").click()
        expect(page.get_by_text("La personne", exact=True).first).to_be_visible()


def tick_on_a_telephone(browser: Browser, own: str) -> None:
    """Without script: an old telephone may run none."""
    with opened(browser, 390, java_script_enabled=False) as phone:
        phone.goto(own)
        phone.get_by_role("button", name="C’est fait").first.click()
        phone.get_by_text("Bien", exact=True).first.click()
        phone.get_by_label("Quelques mots, si vous voulez").fill("Très bien reçu.")
        phone.get_by_role("button", name="Envoyer mon avis").click()
        expect(phone.locator(".own-line").first).to_contain_text("C’est fait")


def orient(hands: Hands, page: Page, workspace: WorkspaceSite, browser: Browser, address: str) -> None:
    """The second step's structure is asked, and says yes from the mail that it gets."""
    page.locator(".plan-line").nth(1).get_by_role("link", name="Orienter vers cette structure").click()
    page.get_by_label("La personne est d’accord").check()
    page.get_by_role("button", name="Envoyer la demande").click()
    mails = [entry.mail.text for entry in workspace.workspace.outbox.recent() if entry.mail is not None]
    path = next(found[0] for text in mails if (found := re.search(r"/demande/[\w-]+", text)))
    with opened(browser, 390) as structure_page:
        structure_page.goto(address + path)
        structure_page.get_by_role("button", name="Accepter la demande").click()


def hand_over(hands: Hands, page: Page, plan_url: str) -> None:
    page.goto(plan_url.replace("/plan", "/acces"))
    page.get_by_label("À qui").select_option(label="Driss B.")
    page.get_by_label("La personne le sait").check()
    page.get_by_role("button", name="Transmettre", exact=True).click()


PAGES = ("/plan", "/plan/propositions", "/plan/historique", "/plan/feuille", "/plan/lien", "/suivi")


@pytest.mark.parametrize("width", first(1, [390, 320, 1280]))
def test_pages_of_a_plan_are_accessible_and_fit_the_screen(
    browser: Browser, workspace: WorkspaceSite, address: str, width: int
) -> None:
    actor = sign_in(workspace.client, Role.REFERENT)
    space = workspace.workspace
    new = NewDossier("A. B.", Consent.ORAL, {"code_commune": "90010", "besoin:sante--acces-aux-soins": "besoin"})
    dossier = space.dossiers.create(actor, new).id
    line = Fields("Refaire le CV avec quelqu’un de la médiathèque", note="Apporter l’ancien CV.", offre_id="ex--o1")
    [first] = space.plans.add(actor, dossier, [line])
    token = space.plans.make_link(actor, dossier)
    base = f"/espace/personnes/{dossier}"
    paths = [base + path for path in PAGES] + [f"{base}/plan/lignes/{first.id}/autres", f"/mon-plan/{token}"]
    with opened(browser, width) as page:
        page.context.add_cookies([{"name": COOKIE, "value": workspace.client.cookies[COOKIE], "url": address}])
        for path in paths:
            page.goto(address + path)
            assert faults_of(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
