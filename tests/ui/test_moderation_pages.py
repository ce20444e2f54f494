"""The pages of moderation: who sees them, what they say, and two moderators at once."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support.workspace import WorkspaceSite, send, workspace_site
from tests.ui.test_publish_pages import link_in_mail, press, write_all


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as site:
        yield site


@pytest.fixture
def case(site: WorkspaceSite) -> str:
    """The address of a publication that waits."""
    write_all(site.client)
    press(site.client, link_in_mail(site.client, "/publier/confirmer/"))
    return re.findall(r'href="(/moderation/[\w-]+)"', site.client_for("coordinateur").get("/moderation").text)[0]


def version_of(client: TestClient, case: str) -> str:
    return re.findall(r'name="version" value="(\d+)"', client.get(case).text)[0]


def test_only_those_who_coordinate_see_it(site: WorkspaceSite, case: str) -> None:
    referent = site.client_for("referent")
    for address in ("/moderation", case):
        assert referent.get(address).status_code == 404
        assert site.client_for().get(address).status_code == 303
    assert send(referent, case, {"decision": "accepter", "version": "1"}).status_code == 404


def test_a_case_shows_what_was_checked_and_what_was_written(site: WorkspaceSite, case: str) -> None:
    page = site.client_for("coordinateur").get(case).text
    for told in ("Registre", "Doublons", "Travail non payé", "Discrimination", "Argent demandé", "Léa Martin"):
        assert told in page


def test_the_second_moderator_is_told_and_keeps_what_they_wrote(site: WorkspaceSite, case: str) -> None:
    one, two = site.client_for("coordinateur"), site.client_for("coordinateur", "Une autre organisation")
    version = version_of(two, case)
    assert send(one, case, {"decision": "accepter", "version": version}).status_code == 303
    late = send(two, case, {"decision": "refuser", "version": version, "motif": "Une raison assez longue."})
    assert late.status_code == 409
    assert "a changé" in late.text
    assert "Boulangerie du Lion" in site.client.get("/offres?code_commune=90010").text


def test_a_refusal_without_a_reason_is_not_taken(site: WorkspaceSite, case: str) -> None:
    client = site.client_for("coordinateur")
    answer = send(client, case, {"decision": "refuser", "version": version_of(client, case), "motif": ""})
    assert answer.status_code == 422
    assert 'href="#motif"' in answer.text


def test_a_decision_needs_the_form_of_our_page(site: WorkspaceSite, case: str) -> None:
    client = site.client_for("coordinateur")
    assert client.post(case, data={"decision": "accepter", "version": version_of(client, case)}).status_code == 403


def test_an_unknown_publication_is_not_found(site: WorkspaceSite) -> None:
    client = site.client_for("coordinateur")
    assert client.get("/moderation/nexistepas").status_code == 404
    assert send(client, "/moderation/nexistepas", {"decision": "accepter", "version": "1"}).status_code == 404


def test_trust_makes_the_next_one_pass_at_once(site: WorkspaceSite, case: str) -> None:
    client = site.client_for("coordinateur")
    assert send(client, f"{case}/confiance", {"confiance": "oui"}).status_code == 303
    write_all(site.client)
    done = press(site.client, link_in_mail(site.client, "/publier/confirmer/"))
    assert "Votre publication est en ligne" in site.client.get(done.headers["location"]).text
