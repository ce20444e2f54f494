"""`/plan`: what is sent becomes a plan on the page, nothing is kept, and what cannot be read is told."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import RENT
from tests.ui.pages_content import XSS, Page
from ui.plan_form import MAX_BODY, MAX_NOTE, NEEDS, PUBLICS

SENT = {"lieu": "Belfort (90000)", "code_commune": "90010", "besoin": RENT}


def test_the_form_opens_on_the_place_of_the_territory(client: TestClient) -> None:
    answer = client.get("/plan")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    page = Page.read(answer.text)
    assert page.all("h1")[0].text == "Faire mon plan"
    assert [form.get("action") for form in page.all("form") if form.get("method") == "post"] == ["/plan"]


def test_what_is_sent_becomes_a_plan_with_its_offers_and_why(client: TestClient) -> None:
    answer = client.post("/plan", data=SENT)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "Payer un loyer en retard" in answer.text
    assert "Parce que vous l’avez coché." in answer.text
    assert "Par où commencer" in answer.text
    assert "Fonds de solidarité pour le logement" in answer.text


def test_what_presses_is_said_once_with_its_number(client: TestClient) -> None:
    page = client.post("/plan", data=SENT | {"texte": "Je suis à la rue ce soir, je ne sais pas où dormir."}).text
    said = page.partition('id="etapes"')[0]
    assert (said.count("nulle part où dormir ce soir"), said.count('href="tel:115"')) == (1, 1)


def test_the_answers_are_in_the_form_again_to_be_changed(client: TestClient) -> None:
    sent = SENT | {"texte": "du retard", "age": "30", "moyen": "velo", "duree": "45", "public": next(iter(PUBLICS))}
    told = client.post("/plan", data=sent).text
    checked = re.findall(r'value="([^"]+)" checked', told)
    assert checked == [RENT, next(iter(PUBLICS)), "velo"]
    assert '<option value="45" selected>' in told
    assert ">du retard</textarea>" in told


def test_a_need_without_an_offer_is_said_and_not_hidden(client: TestClient) -> None:
    told = client.post("/plan", data=SENT | {"besoin": "mobilite--preparer-un-permis"}).text
    assert "Rien" in told
    assert "Pouvoir vous déplacer" in told


@pytest.mark.parametrize(
    ("fields", "message", "field"),
    [
        ({"besoin": RENT}, "Écrivez votre commune", "lieu"),
        ({"lieu": "", "code_commune": "90010", "besoin": RENT}, "Écrivez votre commune", "lieu"),
        ({"lieu": "Zzzyx", "besoin": RENT}, "Nous ne connaissons pas cette commune", "lieu"),
        ({"lieu": "Belfort"}, "Dites au moins un besoin", "texte"),
        ({"lieu": "Belfort", "texte": "é" * (MAX_NOTE + 1)}, "trop long", "texte"),
        ({"lieu": "Belfort", "besoin": RENT, "age": "7"}, "Écrivez votre âge", "age"),
        ({"lieu": "Belfort", "besoin": RENT, "age": "vieux"}, "Écrivez votre âge", "age"),
        ({"lieu": "Belfort", "metier": "a" * 201}, "Écrivez le métier", "metier"),
    ],
)
def test_what_must_be_mended_is_told_beside_its_field(
    client: TestClient, fields: dict[str, str], message: str, field: str
) -> None:
    answer = client.post("/plan", data=fields)
    assert answer.status_code == 422
    page = Page.read(answer.text)
    (link,) = [href for text, href in page.links().items() if message in text]
    assert link == f"#{field}"
    assert f'id="{field}-faux"' in answer.text


def test_what_was_written_comes_back_escaped(client: TestClient) -> None:
    answer = client.post("/plan", data={"lieu": XSS, "texte": XSS, "metier": XSS})
    assert XSS not in answer.text
    assert Page.read(answer.text).all("textarea")[0].text == XSS


def test_unknown_values_are_ignored(client: TestClient) -> None:
    sent = SENT | {"moyen": "tapis-volant", "public": "licornes", "duree": "7", "autre": "1"}
    assert client.post("/plan", data=sent).status_code == 200


def test_everything_checked_is_answered(client: TestClient) -> None:
    sent = {"lieu": "Belfort", "besoin": list(NEEDS), "public": list(PUBLICS), "metier": "boulanger"}
    answer = client.post("/plan", data=sent)
    assert answer.status_code == 200
    assert len(Page.read(answer.text).all("h1")) == 1


def test_a_place_chosen_yields_to_another_that_is_typed(client: TestClient) -> None:
    assert "Lille" in client.post("/plan", data=SENT | {"lieu": "Lille"}).text


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://ailleurs.test"}])
def test_another_site_may_not_send_it(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/plan", data=SENT, headers=headers).status_code == 403


def test_a_form_without_end_is_refused(client: TestClient) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert client.post("/plan", content=b"texte=" + b"a" * MAX_BODY, headers=headers).status_code == 413


def test_the_menu_and_the_home_page_lead_to_the_plan(client: TestClient) -> None:
    assert list(Page.read(client.get("/").text).links().values()).count("/plan") >= 1


def test_before_anything_is_indexed_the_page_says_to_come_back(bare_client: TestClient) -> None:
    assert bare_client.post("/plan", data=SENT).status_code == 503
    assert bare_client.get("/plan").status_code == 200
