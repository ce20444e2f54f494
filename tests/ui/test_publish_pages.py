"""The pages by which companies and structures publish, without an account and without scripts."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from indexer.publish.reading import Step
from tests.support.publications import BAKERY, IMMERSION, MAIL, WORKSHOP
from tests.support.workspace import WorkspaceSite, send, workspace_of, workspace_site
from tests.ui.pages_content import Page


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as site:
        yield site


def begin(client: TestClient, kind: str = "immersion") -> str:
    """The address of a new draft, without its step."""
    answer = client.post("/publier", data={"type": kind})
    assert answer.status_code == 303
    return answer.headers["location"].rpartition("/")[0]


def send_step(client: TestClient, draft: str, step: Step, fields: Mapping[str, object]) -> Response:
    return client.post(f"{draft}/{step}", data=dict(fields))


def write_all(client: TestClient, steps: Mapping[Step, Mapping[str, object]] = IMMERSION) -> Response:
    """Sends the four steps; gives the last answer."""
    draft = begin(client, "atelier" if steps is WORKSHOP else "immersion")
    answers = [send_step(client, draft, step, fields) for step, fields in steps.items()]
    assert {answer.status_code for answer in answers} == {303}
    return answers[-1]


def link_in_mail(client: TestClient, path: str) -> str:
    for entry in workspace_of(client).outbox.recent():
        if entry.mail is not None and (found := re.search(re.escape(path) + r"[\w-]+", entry.mail.text)):
            return found.group()
    raise AssertionError(f"no mail leads to {path}")


def press(client: TestClient, address: str) -> Response:
    """The button of a page that has nothing to type."""
    return client.post(address, data={"bouton": ""})


def manage(site: WorkspaceSite, steps: Mapping[Step, Mapping[str, object]] = IMMERSION) -> str:
    """The address that manages a publication that a coordinator accepted."""
    write_all(site.client, steps)
    address = press(site.client, link_in_mail(site.client, "/publier/confirmer/")).headers["location"]
    coordinator = site.client_for("coordinateur")
    case = re.findall(r'href="(/moderation/[\w-]+)"', coordinator.get("/moderation").text)[0]
    version = re.findall(r'name="version" value="(\d+)"', coordinator.get(case).text)[0]
    assert send(coordinator, case, {"decision": "accepter", "version": version}).status_code == 303
    return str(address.partition("?")[0])


def test_the_whole_story_without_scripts(site: WorkspaceSite) -> None:
    sent = write_all(site.client)
    assert MAIL in site.client.get(sent.headers["location"]).text
    confirm = link_in_mail(site.client, "/publier/confirmer/")
    assert site.client.get(confirm).status_code == 200
    managed = press(site.client, confirm)
    assert managed.status_code == 303
    page = site.client.get(managed.headers["location"])
    assert "En attente de relecture" in page.text
    assert "Boulangerie du Lion" not in site.client.get("/offres?code_commune=90010").text


def test_an_accepted_publication_is_found_at_once_and_a_paused_one_no_more(site: WorkspaceSite) -> None:
    address = manage(site)
    assert "Boulangerie du Lion" in site.client.get("/offres?code_commune=90010").text
    assert site.client.post(address, data={"action": "pause", "jusqu_au": ""}).status_code == 303
    assert "Boulangerie du Lion" not in site.client.get("/offres?code_commune=90010").text
    site.client.post(address, data={"action": "reprise"})
    assert "Boulangerie du Lion" in site.client.get("/offres?code_commune=90010").text


def test_opening_a_link_changes_nothing(site: WorkspaceSite) -> None:
    write_all(site.client)
    confirm = link_in_mail(site.client, "/publier/confirmer/")
    for _ in range(3):
        assert site.client.get(confirm).status_code == 200
    assert press(site.client, confirm).status_code == 303
    gone = press(site.client, confirm)
    assert gone.status_code == 410
    assert "/publier/lien-perdu" in gone.text


def test_what_was_typed_comes_back_with_what_to_mend_beside_it(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    answer = send_step(site.client, draft, Step.WHO, {"siret": "123", "nom": "<b>Ma & fils</b>", "lieu": "Belfort"})
    assert answer.status_code == 422
    assert 'id="siret-faux"' in answer.text
    assert "&lt;b&gt;Ma &amp; fils&lt;/b&gt;" in answer.text
    assert 'value="123"' in site.client.get(f"{draft}/qui").text


def test_the_metier_is_proposed_then_confirmed(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    send_step(site.client, draft, Step.WHO, IMMERSION[Step.WHO])
    written = {name: value for name, value in IMMERSION[Step.WHAT].items() if name != "metiers"}
    proposed = send_step(site.client, draft, Step.WHAT, written)
    assert proposed.status_code == 200
    assert "Boulanger / Boulangère" in proposed.text
    assert 'value="D1102" checked' in proposed.text
    assert send_step(site.client, draft, Step.WHAT, {**written, "metiers": ["D1102"]}).status_code == 303


def test_another_metier_must_be_confirmed_again(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    send_step(site.client, draft, Step.WHAT, IMMERSION[Step.WHAT])
    changed = send_step(site.client, draft, Step.WHAT, {**IMMERSION[Step.WHAT], "metier": ["coiffeur"]})
    assert changed.status_code == 200
    assert "Coiff" in changed.text


def test_the_summary_says_which_step_lacks_something(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    send_step(site.client, draft, Step.WHO, IMMERSION[Step.WHO])
    answer = send_step(site.client, draft, Step.SUMMARY, {"accord": "oui"})
    assert answer.status_code == 422
    assert f'href="{draft}/quoi"' in answer.text


def test_a_form_of_another_site_is_refused(site: WorkspaceSite) -> None:
    answer = site.client.post("/publier", data={"type": "immersion"}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


def test_a_program_that_fills_the_hidden_field_begins_nothing(site: WorkspaceSite) -> None:
    assert site.client.post("/publier", data={"type": "immersion", "site_internet": "x"}).status_code == 422


def test_a_flood_is_told_when_to_come_back(site: WorkspaceSite) -> None:
    answers = [site.client.post("/publier", data={"type": "immersion"}) for _ in range(25)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0


def test_pages_of_publications_are_kept_by_no_cache_and_listed_nowhere(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    for address in ("/publier", f"{draft}/qui", "/publier/lien-perdu"):
        page = site.client.get(address)
        assert page.headers["cache-control"] == "no-store"
        assert 'content="noindex"' in page.text


def test_a_text_of_20000_characters_is_refused_kindly_and_given_back(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    answer = send_step(site.client, draft, Step.WHAT, {**IMMERSION[Step.WHAT], "taches": ["é" * 20_000]})
    assert answer.status_code == 422
    assert "trop long" in answer.text
    assert "é" * 4_000 in answer.text


def test_seats_are_counted_in_one_click(site: WorkspaceSite) -> None:
    address = manage(site, WORKSHOP)
    start = re.findall(r'name="seance" value="([^"]+)"', site.client.get(address).text)[0]
    assert site.client.post(address, data={"action": "places", "seance": start, "places": "1"}).status_code == 303
    assert 'value="1"' in site.client.get(address).text
    assert site.client.post(address, data={"action": "places", "seance": start, "places": "99"}).status_code == 422


def test_a_lost_link_comes_back_by_mail_and_the_page_says_the_same_to_all(site: WorkspaceSite) -> None:
    manage(site)
    known = site.client.post("/publier/lien-perdu", data={"courriel": MAIL})
    unknown = site.client.post("/publier/lien-perdu", data={"courriel": "personne@exemple.fr"})
    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"])
    assert site.client.get(link_in_mail(site.client, "/ma-publication/")).status_code == 200


def test_an_unknown_link_says_how_to_get_another(site: WorkspaceSite) -> None:
    page = site.client.get("/ma-publication/nimportequoi")
    assert page.status_code == 410
    assert "/publier/lien-perdu" in page.text


@pytest.mark.parametrize(("asked", "kept"), [("552 100 554 00013", BAKERY), ("<b>1</b>", ""), ("12345678900011", "")])
def test_the_link_of_an_invitation_brings_the_siret_to_the_first_step(
    site: WorkspaceSite, asked: str, kept: str
) -> None:
    chosen = Page.read(site.client.get("/publier", params={"siret": asked}).text)
    assert [found.get("value") for found in chosen.all("input", name="siret")] == ([kept] if kept else [])
    sent = site.client.post("/publier", data={"type": "immersion", "siret": asked})
    (field,) = Page.read(site.client.get(sent.headers["location"]).text).all("input", name="siret")
    assert (field.get("value") or "") == kept


def test_the_box_of_the_last_step_is_no_mistake_before_anything_is_sent(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    for step in (Step.WHO, Step.WHAT, Step.CONTACT):
        send_step(site.client, draft, step, IMMERSION[step])
    assert "Cochez cette case" not in site.client.get(f"{draft}/{Step.SUMMARY}").text
    refused = send_step(site.client, draft, Step.SUMMARY, {"accord": ""})
    assert refused.status_code == 422
    assert "Cochez cette case" in refused.text


def test_nothing_is_previewed_before_anything_is_written(site: WorkspaceSite) -> None:
    draft = begin(site.client)
    assert "Ce que les personnes verront" not in site.client.get(f"{draft}/{Step.WHO}").text
    send_step(site.client, draft, Step.WHO, IMMERSION[Step.WHO])
    assert "Ce que les personnes verront" in site.client.get(f"{draft}/{Step.WHAT}").text
