"""A session that ends in the middle loses nothing that was typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response

from tests.support.workspace import (
    COOKIE,
    PASSWORD,
    WorkspaceSite,
    form_token,
    make_user,
    send,
    sign_in,
    workspace_site,
)
from tests.ui.pages_content import XSS, Page
from ui.espace.forms import MAX_FILE_BODY

TYPED = {"nom": f"Zoé {XSS}", "courriel": "zoe@exemple.fr", "role": "referent"}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as opened:
        yield opened


@pytest.fixture
def expired(site: WorkspaceSite) -> Response:
    """What a coordinator gets who sends a form after a night."""
    sign_in(site.client, "coordinateur")
    token = form_token(site.client)
    site.clock.move(hours=13)
    return site.client.post("/espace/equipe", data={"jeton_formulaire": token, **TYPED})


def hidden_of(answer: Response, action: str) -> dict[str, str]:
    (form,) = Page.read(answer.text).all("form", action=action)
    return {e.get("name"): e.get("value") for e in form.iter("input") if e.get("type") == "hidden"}


def email_of(site: WorkspaceSite, number: int) -> str:
    return site.workspace.accounts.users()[number].email


def test_signing_in_again_gives_the_form_back_and_one_click_sends_it(site: WorkspaceSite, expired: Response) -> None:
    assert expired.status_code == 401
    assert "Rien n’est perdu" in Page.read(expired.text).text()
    fields = hidden_of(expired, "/connexion") | {"courriel": email_of(site, 0), "mot_de_passe": PASSWORD}
    back = site.client.post("/connexion", data=fields)
    again = hidden_of(back, "/espace/equipe")
    assert {name: again[name] for name in TYPED} == TYPED
    assert site.client.post("/espace/equipe", data=again).headers["location"] == "/espace/equipe?fait=invitation"
    assert "zoe@exemple.fr" in {user.email for user in site.workspace.accounts.users()}


def test_what_was_typed_cannot_be_read_in_the_page_that_holds_it(expired: Response) -> None:
    assert "zoe@exemple.fr" not in expired.text


def test_another_person_does_not_get_what_the_first_one_typed(site: WorkspaceSite, expired: Response) -> None:
    make_user(site.workspace, "coordinateur")
    fields = hidden_of(expired, "/connexion") | {"courriel": email_of(site, 1), "mot_de_passe": PASSWORD}
    back = site.client.post("/connexion", data=fields)
    assert "une autre personne" in Page.read(back.text).text()
    assert "zoe@exemple.fr" not in back.text


def test_a_wrong_password_in_between_loses_nothing_either(site: WorkspaceSite, expired: Response) -> None:
    fields = hidden_of(expired, "/connexion") | {"courriel": email_of(site, 0)}
    wrong = site.client.post("/connexion", data=fields | {"mot_de_passe": "faux"})
    assert hidden_of(wrong, "/connexion")["reprise"] == fields["reprise"]


def test_who_signed_in_in_another_tab_takes_up_from_the_first(site: WorkspaceSite, expired: Response) -> None:
    held = {"reprise": hidden_of(expired, "/connexion")["reprise"]}
    assert site.client.post("/connexion/reprise", data=held).status_code == 401
    site.client.cookies.set(COOKIE, site.workspace.accounts.start_session(site.workspace.accounts.users()[0].id))
    assert hidden_of(site.client.post("/connexion/reprise", data=held), "/espace/equipe")["nom"] == TYPED["nom"]


@pytest.mark.parametrize("held", ["", "x", "gAAAAA", "é"])
def test_a_forged_hold_gives_nothing_back(site: WorkspaceSite, held: str) -> None:
    sign_in(site.client)
    assert site.client.post("/connexion/reprise", data={"reprise": held}).status_code == 422


def test_files_cannot_be_held_and_that_is_said(site: WorkspaceSite) -> None:
    actor = sign_in(site.client, "coordinateur")
    site.clock.move(hours=13)
    joined = {"piece": ("cv.txt", b"un cv", "text/plain")}
    expired = site.client.post("/espace/equipe", data=TYPED, files=joined)
    fields = hidden_of(expired, "/connexion")
    fields |= {"courriel": site.workspace.accounts.get_user(actor.user_id).email, "mot_de_passe": PASSWORD}
    back = site.client.post("/connexion", data=fields)
    assert "joignez-les de nouveau" in Page.read(back.text).text()
    assert hidden_of(back, "/espace/equipe")["nom"] == TYPED["nom"]


@pytest.mark.parametrize(("size", "status"), [(399_000, 303), (401_000, 413)])
def test_a_very_long_form_is_taken_and_an_endless_one_refused(site: WorkspaceSite, size: int, status: int) -> None:
    sign_in(site.client, "coordinateur")
    assert send(site.client, "/deconnexion", {"x": "a" * (size - 400)}).status_code == status


def test_a_file_too_large_is_refused_before_it_is_read_whole(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur")
    heavy = {"piece": ("gros.bin", b"0" * MAX_FILE_BODY, "application/octet-stream")}
    assert send(site.client, "/deconnexion", files=heavy).status_code == 413


def test_a_script_that_asks_a_part_of_a_page_is_sent_to_sign_in(site: WorkspaceSite) -> None:
    answer = site.client.get("/espace", headers={"hx-request": "true"})
    assert answer.headers["hx-redirect"] == "/connexion"
