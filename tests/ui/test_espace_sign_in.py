"""Signing in and out, as a browser does it."""

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

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


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as opened:
        yield opened


def email_of(site: WorkspaceSite, user_id: str) -> str:
    return site.workspace.accounts.get_user(user_id).email


def fields_for(site: WorkspaceSite, user_id: str, **more: str) -> dict[str, str]:
    return {"courriel": email_of(site, user_id), "mot_de_passe": PASSWORD, **more}


def test_who_is_not_signed_in_is_sent_to_sign_in_and_comes_back(site: WorkspaceSite) -> None:
    asked = site.client.get("/espace/compte?fait=mot-de-passe")
    assert asked.headers["location"] == "/connexion?suite=%2Fespace%2Fcompte%3Ffait%3Dmot-de-passe"
    page = Page.read(site.client.get(asked.headers["location"]).text)
    (then,) = page.all("input", name="suite")
    entered = site.client.post("/connexion", data=fields_for(site, make_user(site.workspace), suite=then.get("value")))
    assert (entered.status_code, entered.headers["location"]) == (303, "/espace/compte?fait=mot-de-passe")
    assert site.client.get("/espace/compte").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://ailleurs.test/", "//ailleurs.test", "/\\ailleurs.test", "javascript:alert(1)", "/a\nSet-Cookie: x=y", ""],
)
def test_nobody_is_led_to_another_site(site: WorkspaceSite, elsewhere: str) -> None:
    entered = site.client.post("/connexion", data=fields_for(site, make_user(site.workspace), suite=elsewhere))
    assert entered.headers["location"] == "/espace"


def test_a_wrong_password_is_told_and_the_address_is_kept(site: WorkspaceSite) -> None:
    answer = site.client.post("/connexion", data={"courriel": XSS, "mot_de_passe": "faux"})
    page = Page.read(answer.text)
    assert answer.status_code == 422
    assert page.all("input", id="courriel")[0].get("value") == XSS
    assert page.all("input", id="mot_de_passe")[0].get("value") == ""
    assert COOKIE not in site.client.cookies


def test_after_too_many_tries_one_is_told_when_to_come_back(site: WorkspaceSite) -> None:
    fields = fields_for(site, make_user(site.workspace)) | {"mot_de_passe": "faux"}
    told = [site.client.post("/connexion", data=fields).status_code for _ in range(7)]
    assert told == [422] * 6 + [429]


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(site: WorkspaceSite) -> None:
    cookie = site.client.post("/connexion", data=fields_for(site, make_user(site.workspace))).headers["set-cookie"]
    assert cookie.startswith("maillage=")
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))


def test_over_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    with workspace_site(tmp_path, base_url="https://insertion.exemple.fr") as site:
        fields = fields_for(site, make_user(site.workspace))
        cookie = site.client.post("/connexion", data=fields).headers["set-cookie"]
        assert cookie.startswith("__Host-maillage=")
        assert {"HttpOnly", "Secure", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie


def test_a_session_planted_before_signing_in_is_worth_nothing_after(site: WorkspaceSite) -> None:
    attacker, victim = make_user(site.workspace), make_user(site.workspace)
    planted = site.workspace.accounts.start_session(attacker)
    site.client.cookies.set(COOKIE, planted)
    entered = site.client.post("/connexion", data=fields_for(site, victim))
    assert planted not in entered.headers["set-cookie"]
    assert site.workspace.accounts.actor_of(planted) is None


@pytest.mark.parametrize("token", ["", "x", "é", "a" * 5000])
def test_a_guessed_cookie_is_nobody(site: WorkspaceSite, token: str) -> None:
    answer = site.client.get("/espace", headers={"cookie": f"{COOKIE}={token}".encode()})
    assert answer.status_code == 303


def test_signing_out_ends_the_session_and_asks_a_form_of_ours(site: WorkspaceSite) -> None:
    sign_in(site.client)
    token = site.client.cookies[COOKIE]
    assert site.client.post("/deconnexion", data={"autre": "champ"}).status_code == 403
    assert site.client.get("/deconnexion").status_code == 405
    assert send(site.client, "/deconnexion").headers["location"] == "/connexion?fait=sortie"
    assert site.workspace.accounts.actor_of(token) is None
    assert site.client.get("/espace").status_code == 303


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://ailleurs.test"}])
def test_another_site_may_neither_sign_in_nor_act(site: WorkspaceSite, headers: dict[str, str]) -> None:
    fields = fields_for(site, make_user(site.workspace))
    assert site.client.post("/connexion", data=fields, headers=headers).status_code == 403
    sign_in(site.client)
    assert send(site.client, "/deconnexion", headers=headers).status_code == 403


def test_the_token_of_another_user_or_none_is_refused(site: WorkspaceSite) -> None:
    other = site.client_for("referent")
    sign_in(site.client)
    for token in ("", "x", form_token(other)):
        answer = site.client.post("/deconnexion", data={"jeton_formulaire": token})
        assert answer.status_code == 403


def test_a_form_opened_before_signing_in_again_still_serves(site: WorkspaceSite) -> None:
    actor = sign_in(site.client)
    token = form_token(site.client)
    site.client.cookies.set(COOKIE, site.workspace.accounts.start_session(actor.user_id))
    assert site.client.post("/deconnexion", data={"jeton_formulaire": token}).status_code == 303


def test_pages_of_the_workspace_are_kept_by_no_cache_and_listed_nowhere(site: WorkspaceSite) -> None:
    sign_in(site.client, "administrateur")
    for address in ("/connexion", "/espace", "/espace/compte", "/espace/equipe", "/connexion/oubli"):
        answer = site.client.get(address)
        assert answer.headers["cache-control"] in ("no-store",), address
        assert answer.status_code == 303 or "noindex" in answer.text


def test_the_second_step_asks_the_code_before_anything(site: WorkspaceSite) -> None:
    user_id, accounts = make_user(site.workspace), site.workspace.accounts
    totp = pyotp.TOTP(accounts.new_secret())
    accounts.enable_second_factor(user_id, totp.secret, totp.at(site.clock.now))
    site.clock.move(minutes=1)
    first = site.client.post("/connexion", data=fields_for(site, user_id, suite="/espace/compte"))
    assert COOKIE not in site.client.cookies
    hidden = {e.get("name"): e.get("value") for e in Page.read(first.text).all("input", type="hidden")}
    wrong = site.client.post("/connexion/code", data=hidden | {"code": "000000"})
    assert (wrong.status_code, COOKIE in site.client.cookies) == (422, False)
    right = site.client.post("/connexion/code", data=hidden | {"code": totp.at(site.clock.now)})
    assert (right.status_code, right.headers["location"]) == (303, "/espace/compte")
    assert site.client.get("/espace").status_code == 200


def test_the_first_step_alone_opens_the_second_for_ten_minutes_only(site: WorkspaceSite) -> None:
    user_id, accounts = make_user(site.workspace), site.workspace.accounts
    totp = pyotp.TOTP(accounts.new_secret())
    accounts.enable_second_factor(user_id, totp.secret, totp.at(site.clock.now))
    first = site.client.post("/connexion", data=fields_for(site, user_id))
    hidden = {e.get("name"): e.get("value") for e in Page.read(first.text).all("input", type="hidden")}
    site.clock.move(minutes=11)
    late = site.client.post("/connexion/code", data=hidden | {"code": totp.at(site.clock.now)})
    assert late.status_code == 422
    assert "Recommencez" in late.text
    assert site.client.post("/connexion/code", data={"billet": "forgé", "code": "1"}).status_code == 422


def test_a_closed_workspace_is_said_and_the_public_pages_do_without_it(tmp_path: Path) -> None:
    with workspace_site(tmp_path, secret_key=None) as site:
        answer = site.client.get("/espace")
        assert answer.status_code == 303
        closed = site.client.get("/connexion")
        assert closed.status_code == 503
        assert "MAILLAGE_SECRET_KEY" in closed.text
        assert site.client.get("/offres").status_code == 200
