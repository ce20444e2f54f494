"""A référent's day through the pages, on both real databases: what SQLite does by itself, PostgreSQL must be told."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import PASSWORD, WorkspaceSite, make_user, send, workspace_site

STRUCTURE = "accueil@garage.example"
JSON = {"accept": "application/json"}


@pytest.fixture
def site(tmp_path: Path, catalogue_url: str) -> Iterator[WorkspaceSite]:
    records = [structure(courriel=STRUCTURE, **BELFORT), offer(nom="Réparer sa voiture", **BELFORT)]
    with workspace_site(tmp_path, records, database_url=catalogue_url) as opened:
        yield opened


def come_in(site: WorkspaceSite, name: str) -> TestClient:
    """By the page of sign-in."""
    email = site.workspace.accounts.get_user(make_user(site.workspace, name=name)).email
    client = site.client_for()
    answer = client.post("/connexion", data={"courriel": email, "mot_de_passe": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/espace")
    return client


def new_file(client: TestClient) -> str:
    opened = send(client, "/espace/personnes/nouvelle", {"nom": "M. B.", "accord": "oral"})
    return opened.headers["location"].removesuffix("/situation")


def save(client: TestClient, address: str, version: int, **fields: str) -> dict[str, object]:
    answer = send(client, f"{address}/situation", {"version": str(version), **fields}, headers=JSON)
    assert answer.status_code == 200
    told: dict[str, object] = answer.json()
    return told


def add_step(client: TestClient, address: str, title: str) -> str:
    """The id of the new line."""
    added = send(client, f"{address}/plan/lignes", {"titre": title})
    return unquote(added.headers["location"]).partition("#etape-")[2]


def test_a_day_of_two_colleagues_and_their_person(site: WorkspaceSite) -> None:
    camille, driss = come_in(site, "Camille"), come_in(site, "Driss")
    address = new_file(camille)
    save(camille, address, 1, lieu="Belfort", age="31")
    assert save(driss, address, 1, envies="Travailler dehors")["conflits"] == []
    (clash,) = save(camille, address, 2, envies="Cuisiner")["conflits"]  # type: ignore[misc]
    assert (clash["leur"], clash["mien"]) == ("Travailler dehors", "Cuisiner")

    line = add_step(camille, address, "Refaire le CV")
    step = f"{address}/plan/lignes/{line}"
    assert send(driss, step, {"version": "1", "note": "Avec Driss."}).status_code == 303
    assert send(camille, step, {"version": "1", "etat": "en-cours"}).status_code == 303
    stale = send(camille, step, {"version": "1", "note": "Avec Camille."})
    assert (stale.status_code, "Avec Driss." in stale.text) == (409, True)

    found = re.search(r"/mon-plan/[\w-]+", send(camille, f"{address}/plan/lien").text)
    assert found is not None
    person = site.client_for()
    ticked = person.post(found[0], data={"ligne": line, "version": "3", "action": "fait"})
    assert ticked.status_code == 303
    assert "Avec Driss." in person.get(found[0]).text

    asked = {"dossier": address.rpartition("/")[2], "accord": "oui", "message": "Bonjour"}
    assert send(camille, "/espace/orientations/nouvelle?offre=ex--o1", asked).status_code == 303
    assert [entry.mail.to for entry in site.workspace.outbox.recent() if entry.mail] == [STRUCTURE]
    again = send(driss, "/espace/orientations/nouvelle?offre=ex--o1", asked)
    assert (again.status_code, "sept jours" in again.text) == (422, True)

    taken = driss.get(f"{address}/export?format=json").json()
    assert (taken["reponses"]["envies"], taken["reponses"]["age"]) == ("Travailler dehors", "31")
    (kept,) = [part for part in taken["plan"] if part["sorte"] == "étape"]
    assert (kept["titre"], kept["etat"], kept["note"]) == ("Refaire le CV", "fait", "Avec Driss.")
    assert [one["message"] for one in taken["orientations"]] == ["Bonjour"]
