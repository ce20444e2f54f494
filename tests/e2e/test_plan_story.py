"""« Faire mon plan », in a real browser: with and without script, on a phone, and on one sheet of paper."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.accessibility import faults_of
from tests.support.chromium import opened
from tests.support.later import first

pytestmark = pytest.mark.browser

WIDTHS = [320, 390, 1280]


def fill(page: Page, site: str) -> None:
    page.goto(f"{site}/plan")
    page.get_by_label("Où habitez-vous ?").fill("Belfort")
    page.get_by_role("checkbox", name="Payer son loyer").check()
    page.get_by_label("Passer le permis").check()
    page.get_by_label("Un métier vous attire ?").fill("boulanger")
    page.get_by_label("En bus ou en train").check()


def send(page: Page) -> None:
    page.get_by_role("button", name="Voir mon plan").click()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("script", [True, False])
def test_a_plan_is_made_and_no_address_holds_what_was_said(
    browser: Browser, site: str, width: int, script: bool
) -> None:
    with opened(browser, width, java_script_enabled=script) as page:
        fill(page, site)
        send(page)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Votre plan.*Belfort", re.DOTALL))
        expect(page.get_by_role("heading", name="Par où commencer")).to_be_visible()
        expect(page.locator(".card").get_by_role("link", name="Payer un loyer en retard")).to_be_visible()
        expect(page).to_have_url(f"{site}/plan")


def test_the_home_page_leads_to_the_plan(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(site)
        page.get_by_role("link", name="Plusieurs besoins ?").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Faire mon plan")


@pytest.mark.parametrize("script", [True, False])
def test_answers_are_changed_from_the_plan(browser: Browser, site: str, script: bool) -> None:
    with opened(browser, 390, java_script_enabled=script) as page:
        fill(page, site)
        send(page)
        page.get_by_text("Changer mes réponses").last.click()
        expect(page.get_by_role("checkbox", name="Payer son loyer")).to_be_checked()
        page.get_by_role("checkbox", name="Passer le permis").uncheck()
        send(page)
        expect(page.get_by_role("heading", name="Passer le permis")).to_have_count(0)


def test_what_is_missing_is_told_at_its_field(browser: Browser, site: str) -> None:
    with opened(browser, 390) as page:
        page.goto(f"{site}/plan")
        page.get_by_label("Où habitez-vous ?").fill("")
        send(page)
        page.get_by_role("alert").get_by_role("link", name="Écrivez votre commune").click()
        expect(page.get_by_label("Où habitez-vous ?")).to_be_focused()


@pytest.mark.parametrize("width", first(1, WIDTHS))
def test_form_plan_and_errors_are_accessible_and_fit_the_screen(browser: Browser, site: str, width: int) -> None:
    with opened(browser, width) as page:
        for step in ("form", "errors", "plan"):
            page.goto(f"{site}/plan") if step != "plan" else fill(page, site)
            if step != "form":
                send(page)
                page.wait_for_load_state()
            assert faults_of(page) == [], step
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step


def test_the_fullest_plan_prints_on_one_a4(browser: Browser, site: str) -> None:
    with opened(browser, 1280) as page:
        fill(page, site)
        for name in ("besoin", "public", "moyen"):
            for box in page.locator(f"input[name={name}]").all():
                box.check()
        send(page)
        page.wait_for_load_state()
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
        page.emulate_media(media="print")
        expect(page.locator(".plan-sheet")).to_contain_text("Payer un loyer en retard")
        expect(page.locator(".plan-screen")).to_be_hidden()
