"""What people send wrongly to `/plan`: told in French beside its field, with what they wrote, and never a failure."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import RENT
from tests.ui.pages_content import Page
from ui.plan_form import MAX_BODY, MAX_NOTE, NEEDS

HERE = {"lieu": "Belfort (90000)", "code_commune": "90010"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
ENGLISH = re.compile(r"\b(?:error|invalid|unprocessable|not found|too large|internal|required|field)\b", re.IGNORECASE)


def told_beside(client: TestClient, field: str, **sent: Any) -> tuple[str, Page]:
    """The message beside a field, the only one; and the page, on which nothing is in English."""
    answer = client.post("/plan", data=sent)
    assert answer.status_code == 422
    page = Page.read(answer.text)
    assert ENGLISH.search(page.text()) is None
    (message,) = [error.text or page.text("p", id=f"{field}-faux") for error in page.all("p", id=f"{field}-faux")]
    assert len([one for one in page.all("p") if (one.get("id") or "").endswith("-faux")]) == 1
    return message, page


def typed_in(page: Page, name: str) -> str | None:
    """What a field of the form holds."""
    areas = [area.text or "" for area in page.all("textarea", name=name)]
    return areas[0] if areas else page.all("input", name=name)[0].get("value")


def test_no_need_and_no_project_is_told_and_the_rest_is_kept(client: TestClient) -> None:
    message, page = told_beside(client, "texte", **HERE, age="30", moyen="velo", public="familles")
    assert "Dites au moins un besoin" in message
    assert (typed_in(page, "age"), typed_in(page, "lieu")) == ("30", "Belfort (90000)")
    checked = {one.get("value") for one in page.all("input") if one.get("checked") is not None}
    assert checked == {"velo", "familles"}


def test_blanks_are_no_need(client: TestClient) -> None:
    message, _ = told_beside(client, "texte", **HERE, texte=" \n\t ", metier="  ")
    assert "Dites au moins un besoin" in message


def test_a_need_that_the_words_contradict_is_kept_since_it_was_ticked(client: TestClient) -> None:
    note = "Je n'ai pas besoin d'aide pour mon loyer, je le paie sans problème."
    answer = client.post("/plan", data=HERE | {"besoin": RENT, "texte": note})
    assert answer.status_code == 200
    page = Page.read(answer.text)
    assert "Parce que vous l’avez coché." in page.text()
    assert typed_in(page, "texte") == note


@pytest.mark.parametrize("codes", [["inconnu"], ["mobilite--voler"] * 3, ["<script>"]])
def test_needs_that_the_form_does_not_have_are_none(client: TestClient, codes: list[str]) -> None:
    message, page = told_beside(client, "texte", **HERE, besoin=codes)
    assert "cochez une case" in message
    assert "<script>" not in page.text()


def test_an_unknown_code_of_commune_yields_to_the_name_typed(client: TestClient) -> None:
    answer = client.post("/plan", data={"lieu": "Belfort", "code_commune": "00000", "besoin": RENT})
    assert answer.status_code == 200
    message, page = told_beside(client, "lieu", lieu="Zzzyx", code_commune="00000", besoin=RENT, texte="mon loyer")
    assert "Nous ne connaissons pas cette commune" in message
    assert (typed_in(page, "lieu"), typed_in(page, "texte")) == ("Zzzyx", "mon loyer")


@pytest.mark.parametrize(
    ("lieu", "code", "today"),
    [
        ("Cherbourg-Octeville", "", "Cherbourg-en-Cotentin"),
        ("Évette", "", "Évette-Salbert"),
        ("Meroux", "90068", "Meroux-Moval"),
    ],
)
def test_a_merged_commune_is_that_of_today(client: TestClient, lieu: str, code: str, today: str) -> None:
    answer = client.post("/plan", data={"lieu": lieu, "code_commune": code, "besoin": RENT})
    assert answer.status_code == 200
    assert today in Page.read(answer.text).text()


@pytest.mark.parametrize("age", ["7", "-30", "30,5", "trente", "999", "0", "١٢٣"])
def test_an_age_that_cannot_be_is_told_kindly_and_kept(client: TestClient, age: str) -> None:
    message, page = told_beside(client, "age", **HERE, besoin=RENT, age=age)
    assert "Écrivez votre âge en chiffres, de 14 à 110 ans" in message
    assert typed_in(page, "age") == age


def test_two_hundred_needs_are_those_that_the_form_has(client: TestClient) -> None:
    many = [*NEEDS, *(f"besoin--{number}" for number in range(200 - len(NEEDS)))]
    answer = client.post("/plan", data=HERE | {"besoin": many})
    assert answer.status_code == 200
    message, _ = told_beside(client, "texte", **HERE, besoin=[f"besoin--{number}" for number in range(200)])
    assert "Dites au moins un besoin" in message


@pytest.mark.parametrize("sign", ["a", "é", "👩"])
def test_a_note_of_fifty_thousand_characters_is_given_back_with_its_limit(client: TestClient, sign: str) -> None:
    note = sign * 50_000
    message, page = told_beside(client, "texte", **HERE, besoin=RENT, texte=note)
    assert "trop long" in message
    assert "il a 50 000 caractères. Gardez l’essentiel, en 2 000 caractères au plus." in " ".join(message.split())
    assert typed_in(page, "texte") == note


def test_the_longest_note_makes_a_plan_and_says_what_was_read(client: TestClient) -> None:
    note = ("J'ai du retard de loyer et je ne sais pas quoi faire. " * 50)[:MAX_NOTE]
    answer = client.post("/plan", data=HERE | {"texte": note})
    assert answer.status_code == 200
    assert "premières phrases ont été lues" in answer.text


def test_a_form_that_no_one_could_have_typed_is_refused_in_french(client: TestClient) -> None:
    answer = client.post("/plan", content=b"texte=" + b"a" * MAX_BODY, headers=FORM)
    assert answer.status_code == 413
    assert ENGLISH.search(Page.read(answer.text).text()) is None


@pytest.mark.parametrize("lieu", ["Mende (48000)", "48000"])
def test_a_place_without_a_single_offer_around_says_so_for_each_need(client: TestClient, lieu: str) -> None:
    answer = client.post(
        "/plan", data={"lieu": lieu, "besoin": [RENT, "mobilite--preparer-un-permis"], "moyen": "a-pied"}
    )
    assert answer.status_code == 200
    told = Page.read(answer.text).text()
    assert "Mende" in told
    assert told.count("Rien") >= 2


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"lieu=Belfort&texte=%E",
        b"lieu=Belfort&texte=%ff%fe%00&besoin",
        b"&&&===&lieu",
        b'{"besoins": [{"code": "',
        b"lieu=" + b"%F0%9F" * 50,
    ],
)
def test_a_form_cut_short_is_the_form_again_with_what_is_missing(client: TestClient, body: bytes) -> None:
    answer = client.post("/plan", content=body, headers=FORM)
    page = Page.read(answer.text)
    assert answer.status_code in (200, 422)
    assert page.all("form", action="/plan")
    assert ENGLISH.search(page.text()) is None


def test_a_truncated_diagnosis_pasted_in_the_note_is_words_like_others(client: TestClient) -> None:
    cut = '{"besoinsParDiagnostic": [{"contrainte": {"libelle": "Faire face à des difficultés financières", "situ'
    answer = client.post("/plan", data=HERE | {"texte": cut})
    assert answer.status_code == 200
    assert typed_in(Page.read(answer.text), "texte") == cut


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_what_is_no_form_is_refused_by_a_page_in_french(client: TestClient, kind: str) -> None:
    answer = client.post("/plan", content=b'{"besoins": [{"libe', headers={"content-type": kind})
    assert answer.status_code == 422
    told = Page.read(answer.text).text()
    assert ENGLISH.search(told) is None
    assert "/plan" in answer.text or "accueil" in told.lower()


def test_a_job_that_is_none_is_told_and_kept(client: TestClient) -> None:
    answer = client.post("/plan", data=HERE | {"metier": "zzzz qqqq"})
    assert answer.status_code == 200
    page = Page.read(answer.text)
    assert "« zzzz qqqq » n'a pas été reconnu" in " ".join(page.text().split())
    assert typed_in(page, "metier") == "zzzz qqqq"
