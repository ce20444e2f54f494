"""`/mon-plan/…`: the page that a person opens by their own link, and what they may do there."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.plans.model import Fields, Line
from indexer.plans.service import Plans
from tests.support.pages import BELFORT, RENT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, send, sign_in, workspace_site

RECORDS = [
    structure(nom="Toit solidaire", **BELFORT),
    offer(1, nom="Payer un loyer en retard", thematiques=(RENT,), telephone="+33384000102",
          latitude=47.64, longitude=6.86, adresse="3 rue des Sapins", **BELFORT),
]  # fmt: skip


class Own:
    """A plan of one offer, opened by its person on a phone that is signed in nowhere."""

    def __init__(self, site: WorkspaceSite) -> None:
        self.site = site
        self.actor = sign_in(site.client, name="Camille R.")
        new = NewDossier("A. B.", Consent.ORAL, {"code_commune": "90010"})
        self.id = site.workspace.dossiers.create(self.actor, new).id
        self.plans: Plans = site.workspace.plans
        fields = Fields("Payer un loyer en retard", offre_id="ex--o1", note="Prenez votre bail.")
        self.plans.add(self.actor, self.id, [fields])
        page = send(site.client, f"/espace/personnes/{self.id}/plan/lien").text
        self.path = re.findall(r"/mon-plan/[\w-]{43}", page)[0]
        self.phone: TestClient = site.client_for()

    @property
    def line(self) -> Line:
        return self.plans.of(self.actor, self.id).lines[0]

    def read(self) -> str:
        answer = self.phone.get(self.path)
        assert answer.status_code == 200
        return unescape(answer.text)

    def send(self, action: str, version: int | None = None, **fields: str) -> Response:
        own = {"action": action, "ligne": self.line.id, "version": str(version or self.line.version)}
        return self.phone.post(self.path, data=own | fields)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Own]:
    with workspace_site(tmp_path, RECORDS) as site:
        yield Own(site)


def test_the_page_says_in_plain_words_what_to_do_where_and_whom_to_call(own: Own) -> None:
    page = own.read()
    for said in ("Votre plan", "1 étape à faire", "Payer un loyer en retard", "Toit solidaire", "3 rue des Sapins",
                 "Appeler le 03 84 00 01 02", "Prenez votre bail."):  # fmt: skip
        assert said in page.replace("\u00a0", " ")


def test_the_page_is_kept_listed_and_told_nowhere(own: Own) -> None:
    answer = own.phone.get(own.path)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text


def test_a_step_is_ticked_and_taken_up_again(own: Own) -> None:
    answer = own.send("fait")
    assert answer.headers["location"] == f"{own.path}#etape-{own.line.id}"
    assert own.line.fields.etat == "fait"
    assert "C’était comment" in own.read()
    own.send("a-faire")
    assert own.line.fields.etat == "a-faire"


def test_a_refusal_keeps_its_reason_for_the_professional(own: Own) -> None:
    own.send("abandonne", mots="C’est trop loin.")
    assert own.line.fields.raison == "C’est trop loin."
    page = unescape(own.site.client.get(f"/espace/personnes/{own.id}/plan").text)
    assert "Pourquoi : C’est trop loin." in page


def test_an_opinion_and_a_message_are_shown_to_the_professional_as_the_persons(own: Own) -> None:
    own.send("fait")
    own.send("avis", avis="pas-bien", mots="On m’a fait attendre.")
    own.send("commentaire", mots="Je préfère le matin.")
    page = unescape(own.site.client.get(f"/espace/personnes/{own.id}/plan").text)
    for said in ("Pas bien", "On m’a fait attendre.", "Je préfère le matin."):
        assert said in page
    history = unescape(own.site.client.get(f"/espace/personnes/{own.id}/plan/historique").text)
    assert 'class="by-person">La personne</strong> a changé le commentaire' in history


def test_a_step_is_proposed(own: Own) -> None:
    own.send("proposer", titre="Apprendre à nager")
    plan = own.plans.of(own.actor, own.id)
    assert [line.fields.titre for line in plan.lines][-1] == "Apprendre à nager"


def test_a_tick_beside_another_state_given_meanwhile_is_told_and_the_words_stay(own: Own) -> None:
    line = own.line
    own.send("en-cours")
    answer = own.send("abandonne", version=line.version, mots="Je déménage.")
    assert answer.status_code == 409
    assert "Cette étape a changé entre-temps" in answer.text
    assert "Je déménage." in answer.text


def test_a_line_taken_off_meanwhile_is_told(own: Own) -> None:
    line = own.line
    own.plans.remove(own.actor, own.id, line.id, line.version)
    answer = own.phone.post(own.path, data={"action": "fait", "ligne": line.id, "version": "1"})
    assert answer.status_code == 409


@pytest.mark.parametrize(
    "fields",
    [
        {"action": "x"},
        {"action": "fait", "version": "x"},
        {"action": "avis", "avis": "super"},
        {"action": "commentaire", "mots": "x" * 2_001},
        {"action": "proposer", "titre": ""},
        {"action": "proposer", "titre": "x" * 301},
    ],
)
def test_what_cannot_be_taken_is_told_and_changes_nothing(own: Own, fields: dict[str, str]) -> None:
    before = own.plans.of(own.actor, own.id)
    own_line = {"ligne": before.lines[0].id, "version": "1"}
    answer = own.phone.post(own.path, data=own_line | fields)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert own.plans.of(own.actor, own.id) == before


def test_a_form_from_another_site_is_refused(own: Own) -> None:
    sent = {"action": "fait", "ligne": own.line.id, "version": "1"}
    answer = own.phone.post(own.path, data=sent, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert own.line.fields.etat == "a-faire"


def test_files_are_not_taken(own: Own) -> None:
    sent = {"action": "fait", "ligne": own.line.id, "version": "1"}
    assert own.phone.post(own.path, data=sent, files={"x": b"y"}).status_code == 422
    assert own.line.fields.etat == "a-faire"


def test_links_that_open_nothing_are_all_told_alike(own: Own) -> None:
    old = own.path
    send(own.site.client, f"/espace/personnes/{own.id}/plan/lien")
    paths = [old, "/mon-plan/x", f"/mon-plan/{'x' * 43}", f"/mon-plan/{'x' * 3000}", "/mon-plan/%00"]
    pages = {own.phone.get(path).text for path in paths}
    assert len(pages) == 1
    assert "Demandez-en un nouveau à votre référent" in unescape(pages.pop())
    assert {own.phone.get(path).status_code for path in paths} == {410}
    assert own.phone.post(old, data={"action": "fait"}).status_code == 410
    assert own.phone.get(f"{old}/dates.ics").status_code == 410


def test_a_link_taken_back_opens_nothing_any_more(own: Own) -> None:
    send(own.site.client, f"/espace/personnes/{own.id}/plan/lien/retirer")
    assert own.phone.get(own.path).status_code == 410
    assert "Faire le lien" in own.site.client.get(f"/espace/personnes/{own.id}/plan/lien").text


def test_a_link_is_shown_once_with_its_code_to_photograph(own: Own) -> None:
    page = send(own.site.client, f"/espace/personnes/{own.id}/plan/lien").text
    assert 'aria-label="Code à photographier pour ouvrir le plan"><svg' in page
    assert "/mon-plan/" not in own.site.client.get(f"/espace/personnes/{own.id}/plan/lien").text


def test_dates_go_to_the_phone_s_calendar(own: Own) -> None:
    assert own.phone.get(f"{own.path}/dates.ics").text.startswith("BEGIN:VCALENDAR")


def test_a_link_lets_nobody_into_the_workspace(own: Own) -> None:
    own.read()
    assert own.phone.get(f"/espace/personnes/{own.id}/plan").status_code == 303
