"""Signing out here signs out at the provider of identity, for who came in by it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from indexer.accounts.users import change_user
from tests.support.clocks import MovedClock
from tests.support.openid_provider import CLIENT_ID, SECRET, OpenIdProvider, running_provider
from tests.support.workspace import COOKIE, WorkspaceSite, make_user, send, sign_in, workspace_site

BACK = "http://testserver/connexion/fournisseur/retour"
LEAVE, DEPART = "/deconnexion/fournisseur", "/deconnexion/fournisseur/depart"
SIGNED_OUT = "/connexion?fait=sortie"


@pytest.fixture
def provider() -> Iterator[OpenIdProvider]:
    with running_provider(OpenIdProvider(BACK)) as running:
        yield running


@pytest.fixture
def site(tmp_path: Path, provider: OpenIdProvider) -> Iterator[WorkspaceSite]:
    with workspace_site(
        tmp_path,
        clock=MovedClock(datetime.fromtimestamp(int(time.time()), UTC)),
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=SecretStr(SECRET),
        oidc_email_verified=True,
    ) as opened:
        user_id = make_user(opened.workspace)
        with opened.workspace.accounts.database.writing() as connection:
            change_user(connection, user_id, email="camille@exemple.fr")
        yield opened


def come_in(client: TestClient) -> None:
    there = client.get("/connexion/fournisseur").headers["location"]
    back = httpx.get(there).headers["location"]
    assert client.get(back.removeprefix("http://testserver")).status_code == 303


def test_who_came_in_by_the_provider_is_signed_out_there_and_comes_back(
    site: WorkspaceSite, provider: OpenIdProvider
) -> None:
    come_in(site.client)
    session = site.client.cookies[COOKIE]
    assert send(site.client, "/deconnexion").headers["location"] == LEAVE
    assert site.workspace.accounts.actor_of(session) is None
    page = site.client.get(LEAVE).text
    assert f'content="0;url={DEPART}"' in page
    there = site.client.get(DEPART).headers["location"]
    back = httpx.get(there).headers["location"]
    assert provider.signed_out == ["abc"]
    assert site.client.get(back.removeprefix("http://testserver")).headers["location"] == SIGNED_OUT
    assert site.client.get(DEPART).headers["location"] == SIGNED_OUT


def test_who_came_in_by_password_stays_here(site: WorkspaceSite, provider: OpenIdProvider) -> None:
    sign_in(site.client)
    assert send(site.client, "/deconnexion").headers["location"] == SIGNED_OUT
    assert site.client.get(DEPART).headers["location"] == SIGNED_OUT
    assert provider.signed_out == []


def test_a_link_signs_nobody_out_while_their_session_is_open(site: WorkspaceSite) -> None:
    come_in(site.client)
    assert site.client.get(DEPART).headers["location"] == SIGNED_OUT
    assert site.workspace.accounts.actor_of(site.client.cookies[COOKIE]) is not None


def test_a_provider_without_such_a_page_is_left_alone(site: WorkspaceSite, provider: OpenIdProvider) -> None:
    provider.can_sign_out = False
    come_in(site.client)
    send(site.client, "/deconnexion")
    assert site.client.get(DEPART).headers["location"] == SIGNED_OUT


def test_the_proof_is_sealed_and_sent_to_the_way_out_alone(site: WorkspaceSite, provider: OpenIdProvider) -> None:
    come_in(site.client)
    (kept,) = [cookie for cookie in site.client.cookies.jar if cookie.name == "maillage-identite"]
    assert kept.path == "/deconnexion"
    assert kept.has_nonstandard_attr("HttpOnly")
    assert "eyJ" not in (kept.value or "")


def test_a_forged_proof_leads_nowhere(site: WorkspaceSite) -> None:
    site.client.cookies.set("maillage-identite", "forgé".encode().hex(), path="/deconnexion")
    assert site.client.get(DEPART).headers["location"] == SIGNED_OUT
