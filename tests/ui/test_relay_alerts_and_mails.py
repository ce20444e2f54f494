"""Saved searches and the local page of mails."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support.workspace import WorkspaceSite, send, sign_in, workspace_site
from ui.relais.mail_routes import split_addresses

NEW = "/alertes/nouvelle?q=loyer"
ADDRESS = "ab@personne.example"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as opened:
        yield opened


def here(site: WorkspaceSite) -> TestClient:
    """A browser on this machine."""
    return TestClient(site.world.app, follow_redirects=False, client=("127.0.0.1", 50000))


def alert_link(site: WorkspaceSite) -> str:
    mail = site.workspace.outbox.recent()[0].mail
    assert mail is not None
    found = re.search(r"/alertes/[\w-]+", mail.text)
    assert found is not None
    return found[0]


def test_a_search_is_saved_confirmed_and_stopped(site: WorkspaceSite) -> None:
    asked = site.client.post(NEW, data={"courriel": ADDRESS})
    assert asked.status_code == 200
    assert "Encore un clic" in asked.text
    address = alert_link(site)
    assert "Oui, m’avertir" in site.client.get(address).text
    assert "Votre alerte est prête" in site.client.post(address, data={"action": "confirmer"}).text
    assert "Arrêter cette alerte" in site.client.get(address).text
    assert "Alerte arrêtée" in site.client.post(address, data={"action": "arreter"}).text
    assert site.client.get(address).status_code == 410


def test_a_mail_program_stops_an_alert_in_one_click(site: WorkspaceSite) -> None:
    site.client.post(NEW, data={"courriel": ADDRESS})
    address = alert_link(site)
    assert site.client.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert site.client.get(address).status_code == 410


def test_what_is_no_address_is_told(site: WorkspaceSite) -> None:
    answer = site.client.post(NEW, data={"courriel": "ab"})
    assert answer.status_code == 422
    assert "adresse de courriel" in answer.text


def test_the_answer_is_the_same_whatever_is_known_of_the_address(site: WorkspaceSite) -> None:
    pages = [site.client.post(NEW, data={"courriel": ADDRESS}).text for _ in range(2)]
    assert pages[0] == pages[1]
    assert len(site.workspace.outbox.recent()) == 1


def test_a_flood_from_one_place_is_stopped(site: WorkspaceSite) -> None:
    codes = [site.client.post(NEW, data={"courriel": f"p{n}@b.example"}).status_code for n in range(11)]
    assert codes == [200] * 10 + [429]


def test_a_user_saves_one_for_a_file_and_finds_it_again(site: WorkspaceSite) -> None:
    sign_in(site.client)
    assert send(site.client, NEW).headers["location"] == "/espace/alertes"
    assert "loyer" in site.client.get("/espace/alertes").text
    assert site.client.post(NEW, data={"courriel": ADDRESS}).status_code == 403
    assert send(site.client, NEW, {"dossier": "celui-d-un-autre"}).status_code == 422


def test_results_show_the_way_only_where_mail_can_arrive(site: WorkspaceSite) -> None:
    assert "M’avertir" not in site.client.get("/offres?q=offre").text
    page = here(site).get("/offres?q=offre").text
    assert 'href="/alertes/nouvelle?q=offre"' in page


def test_mails_are_read_on_this_machine_and_by_administrators_alone(site: WorkspaceSite) -> None:
    site.client.post(NEW, data={"courriel": ADDRESS})
    (entry,) = site.workspace.outbox.recent()
    for path in ("/courriels", f"/courriels/{entry.id}"):
        assert here(site).get(path).status_code == 200
        assert site.client_for("administrateur").get(path).status_code == 200
        assert site.client_for().get(path).status_code == 404
        assert site.client_for("coordinateur").get(path).status_code == 404
        assert here(site).get(path, headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert ADDRESS in here(site).get("/courriels").text
    assert 'href="/alertes/' in here(site).get(f"/courriels/{entry.id}").text
    assert here(site).get("/courriels/999").status_code == 404


def test_with_a_mail_server_no_mail_is_shown(tmp_path: Path) -> None:
    own = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "m@m.example", "base_url": "https://m.example"}
    with workspace_site(tmp_path, **own) as site:
        assert here(site).get("/courriels").status_code == 404
        assert site.client_for("administrateur").get("/courriels").status_code == 404


def test_the_text_of_a_mail_is_whole_and_only_addresses_are_links() -> None:
    text = "Confirmer :\n/alertes/x-1\n3/4 de page, et https://m.example/a?b=c fin"
    pieces = split_addresses(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.url for piece in pieces if piece.url] == ["/alertes/x-1", "https://m.example/a?b=c"]
