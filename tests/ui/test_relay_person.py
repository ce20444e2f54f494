"""A person asks for an immersion by themselves: nothing leaves before they confirm."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, workspace_site

FORM = "/demande/nouvelle?offre=ex--o1"
COMPANY = "fournil@boulangerie.example"
PERSON = "ab@personne.example"
FILLED = {"personne": "Amina", "courriel": PERSON, "telephone": "06 11 22 33 44", "message": "Le pain", "accord": "oui"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    records = [
        structure(nom="Boulangerie", courriel=COMPANY, **BELFORT),
        offer(nom="Découvrir la boulangerie", type_offre="immersion", **BELFORT),
        offer(2, nom="Atelier CV", type_offre="atelier", **BELFORT),
    ]
    with workspace_site(tmp_path, records) as opened:
        yield opened


def texts(site: WorkspaceSite, to: str) -> list[str]:
    """Oldest first."""
    entries = reversed(site.workspace.outbox.recent())
    return [entry.mail.text for entry in entries if entry.mail is not None and entry.mail.to == to]


def link(text: str) -> str:
    found = re.search(r"/demande/[\w-]+", text)
    assert found is not None
    return found[0]


def test_an_immersion_is_asked_confirmed_and_accepted(site: WorkspaceSite) -> None:
    assert "Encore un clic" in site.client.post(FORM, data=FILLED).text
    assert texts(site, COMPANY) == []
    own = link(texts(site, PERSON)[0])
    assert "Confirmer et envoyer" in site.client.get(own).text
    assert site.client.post(own, data={"action": "confirmer"}).status_code == 303
    (asked,) = texts(site, COMPANY)
    assert "Amina" in asked
    assert [secret for secret in (PERSON, "06 11 22 33 44") if secret in asked] == []
    assert site.client.post(link(asked), data={"reponse": "accepter"}).status_code == 303
    assert "06 11 22 33 44" in texts(site, COMPANY)[-1]
    assert COMPANY in texts(site, PERSON)[-1]
    assert "Acceptée" in site.client.get(own).text


def test_the_way_in_is_on_immersions_where_mail_arrives(site: WorkspaceSite) -> None:
    here = TestClient(site.world.app, client=("127.0.0.1", 50000))
    assert "Demander cette immersion" in here.get("/offres/ex--o1").text
    assert "Demander cette immersion" not in here.get("/offres/ex--o2").text
    assert "Demander cette immersion" not in site.client.get("/offres/ex--o1").text
    assert here.get("/demande/nouvelle?offre=ex--o2").status_code == 404
    assert here.get("/demande/nouvelle").status_code == 404


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"accord": ""}, "accord"), ({"courriel": "amina"}, "adresse de courriel"), ({"personne": ""}, "initiales")],
)
def test_a_request_that_cannot_leave_says_why(site: WorkspaceSite, changes: dict[str, str], told: str) -> None:
    answer = site.client.post(FORM, data=FILLED | changes)
    assert answer.status_code == 422
    assert told in answer.text
    assert site.workspace.outbox.recent() == []


def test_the_same_request_again_is_refused_and_a_program_is_fooled(site: WorkspaceSite) -> None:
    site.client.post(FORM, data=FILLED)
    again = site.client.post(FORM, data=FILLED)
    assert again.status_code == 422
    assert "La même demande" in again.text
    assert site.client.post(FORM, data=FILLED | {"courriel": "c@d.example", "site_internet": "x"}).status_code == 200
    assert texts(site, "c@d.example") == []
