"""The story of an orientation through its pages: the référent's form, the structure's link, what each may see."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from indexer.mail.letter import Mail
from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, form_token, send, sign_in, workspace_site

FORM = "/espace/orientations/nouvelle?offre=ex--o1"
STRUCTURE = "accueil@garage.example"
FILLED = {
    "personne": "A. B.",
    "joindre": "referent",
    "accord": "oui",
    "criteres": ["Bénéficiaires des minimas sociaux"],
    "message": "Bonjour",
}
PDF = ("cv.pdf", b"%PDF-1.4 un texte", "application/pdf")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    asked = {"publics": ("beneficiaires-des-minimas-sociaux",)}
    records = [
        structure(courriel=STRUCTURE, telephone="+33384000000", **BELFORT),
        structure(2, telephone="+33384000001", **BELFORT),
        offer(nom="Réparer sa voiture", conditions_acces="Avoir le permis", **asked, **BELFORT),
        offer(2, structure_id="ex--s2", **BELFORT),
    ]
    with workspace_site(tmp_path, records) as opened:
        yield opened


def mails(site: WorkspaceSite, to: str) -> list[Mail]:
    entries = reversed(site.workspace.outbox.recent(100))
    return [entry.mail for entry in entries if entry.mail is not None and entry.mail.to == to]


def link(site: WorkspaceSite, to: str = STRUCTURE) -> str:
    found = re.search(r"/demande/[\w-]+", mails(site, to)[-1].text)
    assert found is not None
    return found[0]


def ask(client: TestClient, **changes: Any) -> Any:
    return send(client, FORM, FILLED | changes)


def test_an_offer_shows_the_way_to_orient_to_signed_in_référents_alone(site: WorkspaceSite) -> None:
    assert "Orienter une personne" not in site.client.get("/offres/ex--o1").text
    sign_in(site.client)
    page = site.client.get("/offres/ex--o1")
    assert "Orienter une personne" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "Orienter une personne" not in site.client_for("administrateur").get("/offres/ex--o1").text


def test_the_form_asks_what_the_offer_asks(site: WorkspaceSite) -> None:
    sign_in(site.client)
    page = site.client.get(FORM).text
    assert "Réparer sa voiture" in page
    assert "Avoir le permis" in page


def test_a_request_is_sent_and_the_structure_accepts_in_one_click(site: WorkspaceSite) -> None:
    actor = sign_in(site.client)
    sent = ask(site.client)
    assert sent.status_code == 303
    request_page = sent.headers["location"].partition("?")[0]
    assert "En attente" in site.client.get(request_page).text
    structure_side = site.client_for()
    address = link(site)
    opened = structure_side.get(f"{address}?reponse=accepter")
    assert opened.headers["Cache-Control"] == "no-store"
    assert "Accepter la demande" in opened.text
    assert "En attente" in site.client.get(request_page).text
    assert structure_side.post(address, data={"reponse": "accepter", "note": "Mardi à 9 h"}).status_code == 303
    own = site.workspace.accounts.get_user(actor.user_id).email
    assert own in structure_side.get(address).text
    page = site.client.get(request_page).text
    assert "Acceptée" in page
    assert "Mardi à 9 h" in page
    assert STRUCTURE in page


def test_the_page_of_the_structure_gives_no_address_before_the_yes(site: WorkspaceSite) -> None:
    actor = sign_in(site.client)
    ask(site.client, message="Appelez le 06 11 22 33 44", telephone="0384112233")
    page = site.client_for().get(link(site)).text
    own = site.workspace.accounts.get_user(actor.user_id).email
    assert [secret for secret in (own, "06 11 22 33 44", "0384112233") if secret in page] == []


def test_another_date_is_proposed_and_taken(site: WorkspaceSite) -> None:
    sign_in(site.client)
    request_page = ask(site.client).headers["location"].partition("?")[0]
    structure_side, address = site.client_for(), link(site)
    refused = structure_side.post(address, data={"reponse": "autre-date", "date": ""})
    assert refused.status_code == 422
    assert "Écrivez la date" in refused.text
    structure_side.post(address, data={"reponse": "autre-date", "date": "jeudi à 10 h"})
    assert "jeudi à 10 h" in site.client.get(request_page).text
    assert send(site.client, request_page, {"action": "convient"}).status_code == 303
    assert "Acceptée" in site.client.get(request_page).text


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"accord": ""}, "l&#39;accord de la personne"),
        ({"personne": " "}, "initiales suffisent"),
        ({"joindre": "personne", "contact": ""}, "comment joindre la personne"),
        ({"message": "x" * 2001}, "trop long"),
        ({"dossier": "inconnu"}, "Choisissez une personne"),
    ],
)
def test_a_form_that_cannot_leave_says_why_and_keeps_what_was_typed(
    site: WorkspaceSite, changes: dict[str, str], told: str
) -> None:
    sign_in(site.client)
    answer = ask(site.client, disponibilites="le matin", **changes)
    assert answer.status_code == 422
    assert told in answer.text
    assert "le matin" in answer.text
    assert mails(site, STRUCTURE) == []


def test_a_document_is_saved_by_the_structure_never_shown(site: WorkspaceSite) -> None:
    sign_in(site.client)
    assert ask_with_files(site.client, PDF).status_code == 303
    structure_side, address = site.client_for(), link(site)
    found = re.search(rf"{address}/pieces/[\w-]+", structure_side.get(address).text)
    assert found is not None
    document = structure_side.get(found[0])
    assert document.content == PDF[1]
    assert document.headers["Content-Disposition"].startswith("attachment")
    assert document.headers["X-Content-Type-Options"] == "nosniff"
    assert site.client_for().get(found[0].replace("/demande/", "/demande/x")).status_code == 410


def test_a_document_that_is_not_what_it_says_is_refused(site: WorkspaceSite) -> None:
    sign_in(site.client)
    answer = ask_with_files(site.client, ("cv.pdf", b"MZ un programme", "application/pdf"))
    assert answer.status_code == 422
    assert "ni un PDF" in answer.text
    assert "Joignez de nouveau" in answer.text


def ask_with_files(client: TestClient, *files: tuple[str, bytes, str]) -> Any:
    fields = {"jeton_formulaire": form_token(client), **FILLED}
    return client.post(FORM, data=fields, files=[("pieces", file) for file in files])


def test_a_structure_without_mail_is_called_with_words_to_say(site: WorkspaceSite) -> None:
    sign_in(site.client, name="Camille R.")
    page = site.client.get("/espace/orientations/nouvelle?offre=ex--o2").text
    assert "03 84 00 00 01" in page.replace("\u00a0", " ")
    assert "je suis Camille R." in page
    assert "Envoyer la demande" not in page


def test_requests_are_seen_by_their_organisation_alone(site: WorkspaceSite) -> None:
    sign_in(site.client)
    request_page = ask(site.client).headers["location"].partition("?")[0]
    colleague = site.client_for("coordinateur")
    assert "Réparer sa voiture" in colleague.get("/espace/orientations").text
    for other in (site.client_for("referent", "Autre"), site.client_for("administrateur")):
        assert other.get(request_page).status_code == 404
        assert send(other, request_page, {"action": "retirer"}).status_code == 404
    assert site.client_for().get(request_page).status_code == 303


@pytest.mark.parametrize("path", ["/demande/inconnu", "/demande/a%00b", "/alertes/inconnu"])
def test_a_guessed_link_opens_nothing(site: WorkspaceSite, path: str) -> None:
    assert site.client_for().get(path).status_code == 410
    assert site.client_for().post(path, data={"reponse": "accepter", "action": "arreter"}).status_code == 410


def test_another_site_cannot_answer_in_the_name_of_a_structure(site: WorkspaceSite) -> None:
    sign_in(site.client)
    ask(site.client)
    foreign = {"sec-fetch-site": "cross-site"}
    assert site.client_for().post(link(site), data={"reponse": "accepter"}, headers=foreign).status_code == 403
