"""Signing in through a provider of identity: only who was invited, and only what it proves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx import Response
from joserfc.jwk import RSAKey
from pydantic import SecretStr

from indexer.accounts.users import change_user
from tests.support.clocks import MovedClock
from tests.support.openid_provider import CLIENT_ID, SECRET, OpenIdProvider, running_provider
from tests.support.workspace import COOKIE, WorkspaceSite, make_user, workspace_site
from tests.ui.pages_content import Page

BACK = "http://testserver/connexion/fournisseur/retour"
LEAVE = "/connexion/fournisseur?suite=%2Fespace%2Fcompte"


@dataclass(frozen=True)
class Meeting:
    """The site, the provider, and the invited user « camille@exemple.fr »."""

    site: WorkspaceSite
    provider: OpenIdProvider
    user_id: str

    @property
    def client(self) -> TestClient:
        return self.site.client

    def go_and_come_back(self) -> Response:
        """As a browser does; gives the last answer of our site."""
        there = self.client.get(LEAVE).headers["location"]
        back = httpx.get(there).headers["location"]
        assert back.startswith(BACK)
        return self.client.get(back.removeprefix("http://testserver"))


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    with (
        running_provider(OpenIdProvider(BACK)) as provider,
        workspace_site(
            tmp_path,
            clock=MovedClock(datetime.fromtimestamp(int(time.time()), UTC)),
            oidc_issuer=provider.issuer,
            oidc_client_id=CLIENT_ID,
            oidc_client_secret=SecretStr(SECRET),
            oidc_email_verified=True,
        ) as site,
    ):
        accounts = site.workspace.accounts
        user_id = make_user(site.workspace)
        with accounts.database.writing() as connection:
            change_user(connection, user_id, email="camille@exemple.fr")
        yield Meeting(site, provider, user_id)


def actor_id(meeting: Meeting) -> str | None:
    actor = meeting.site.workspace.accounts.actor_of(meeting.client.cookies.get(COOKIE) or "")
    return None if actor is None else actor.user_id


def refusal(meeting: Meeting, answer: Response) -> str:
    assert answer.status_code == 422
    assert actor_id(meeting) is None
    return Page.read(answer.text).text("div", role="alert")


@pytest.mark.parametrize("signed", [False, True])
def test_an_invited_person_comes_in_and_lands_where_they_wanted(meeting: Meeting, signed: bool) -> None:
    meeting.provider.signed_info = signed
    answer = meeting.go_and_come_back()
    assert (answer.status_code, answer.headers["location"]) == (303, "/espace/compte")
    assert actor_id(meeting) == meeting.user_id


def test_the_button_bears_the_name_of_the_provider(meeting: Meeting) -> None:
    page = Page.read(meeting.client.get("/connexion").text)
    assert page.links()["Se connecter avec ProConnect"] == "/connexion/fournisseur"


def test_only_the_claims_that_the_provider_knows_are_asked(meeting: Meeting) -> None:
    meeting.go_and_come_back()
    assert meeting.provider.asked[0]["scope"] == "openid email given_name usual_name uid siret"


def test_a_person_without_invitation_stays_outside_and_is_told_what_to_do(meeting: Meeting) -> None:
    meeting.provider.claims["email"] = "inconnue@exemple.fr"
    assert "Demandez une invitation" in refusal(meeting, meeting.go_and_come_back())


@pytest.mark.parametrize("verified", [False, "false", None])
def test_an_address_that_is_not_vouched_for_opens_nothing(meeting: Meeting, verified: object) -> None:
    meeting.provider.over_info["email_verified"] = verified
    assert "Demandez une invitation" in refusal(meeting, meeting.go_and_come_back())


def test_once_bound_the_person_is_known_by_their_number_and_no_longer_by_address(meeting: Meeting) -> None:
    meeting.go_and_come_back()
    meeting.provider.claims["email"] = "nouvelle.adresse@exemple.fr"
    meeting.client.cookies.clear()
    assert meeting.go_and_come_back().status_code == 303
    meeting.provider.claims = {"sub": "quelqu’un d’autre", "email": "camille@exemple.fr"}
    meeting.client.cookies.clear()
    assert "Demandez une invitation" in refusal(meeting, meeting.go_and_come_back())


def test_a_closed_account_stays_closed(meeting: Meeting) -> None:
    meeting.go_and_come_back()
    meeting.client.cookies.clear()
    meeting.site.workspace.accounts.disable_user(meeting.user_id)
    assert "Demandez une invitation" in refusal(meeting, meeting.go_and_come_back())


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "un autre"},
        {"aud": "un autre site"},
        {"iss": "https://ailleurs.exemple"},
        {"exp": 1_000_000_000},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_for_us_now_is_refused(meeting: Meeting, lie: dict[str, object]) -> None:
    meeting.provider.over_id_token = lie
    assert "pas valable" in refusal(meeting, meeting.go_and_come_back())


def test_a_token_signed_by_another_key_is_refused(meeting: Meeting) -> None:
    meeting.provider.shown_key = RSAKey.generate_key(2048, parameters={"kid": "1"})
    assert "pas valable" in refusal(meeting, meeting.go_and_come_back())


def test_a_provider_that_changes_its_key_is_asked_for_it(meeting: Meeting) -> None:
    meeting.go_and_come_back()
    meeting.client.cookies.clear()
    meeting.provider.key = RSAKey.generate_key(2048, parameters={"kid": "2"})
    assert meeting.go_and_come_back().status_code == 303


def test_facts_about_another_person_are_refused(meeting: Meeting) -> None:
    meeting.provider.over_info["sub"] = "une autre"
    assert "pas valable" in refusal(meeting, meeting.go_and_come_back())


def test_a_signed_info_for_another_site_is_refused(meeting: Meeting) -> None:
    meeting.provider.signed_info = True
    meeting.provider.over_info["aud"] = "un autre site"
    assert "pas valable" in refusal(meeting, meeting.go_and_come_back())


def test_an_answer_to_another_browser_is_refused(meeting: Meeting) -> None:
    there = meeting.client.get(LEAVE).headers["location"]
    back = httpx.get(there).headers["location"].removeprefix("http://testserver")
    meeting.client.cookies.clear()
    assert "autre navigateur" in refusal(meeting, meeting.client.get(back))


def test_a_forged_state_is_refused_before_anything_is_asked(meeting: Meeting) -> None:
    meeting.client.get(LEAVE)
    answer = meeting.client.get("/connexion/fournisseur/retour?code=code-1&state=forgé")
    assert "autre navigateur" in refusal(meeting, answer)


def test_a_code_serves_once(meeting: Meeting) -> None:
    there = meeting.client.get(LEAVE)
    cookie = meeting.client.cookies["maillage-fournisseur"]
    back = httpx.get(there.headers["location"]).headers["location"].removeprefix("http://testserver")
    assert meeting.client.get(back).status_code == 303
    meeting.client.cookies.clear()
    meeting.client.cookies.set("maillage-fournisseur", cookie)
    assert "pas valable" in refusal(meeting, meeting.client.get(back))


def test_who_refuses_there_is_told_kindly_here(meeting: Meeting) -> None:
    meeting.provider.denies = True
    assert "n’a pas abouti" in refusal(meeting, meeting.go_and_come_back())


def test_a_provider_that_is_away_leaves_the_password(tmp_path: Path) -> None:
    with workspace_site(tmp_path, oidc_issuer="http://127.0.0.1:9", oidc_client_id=CLIENT_ID) as site:
        answer = site.client.get("/connexion/fournisseur")
        assert answer.status_code == 503
        assert "entrez par mot de passe" in Page.read(answer.text).text("div", role="alert")


def test_without_provider_there_is_no_such_page(tmp_path: Path) -> None:
    with workspace_site(tmp_path) as site:
        assert site.client.get("/connexion/fournisseur").status_code == 404
        assert "Se connecter avec" not in site.client.get("/connexion").text


def test_the_departure_hides_its_proofs_from_the_address(meeting: Meeting) -> None:
    there = urlsplit(meeting.client.get(LEAVE).headers["location"])
    asked = parse_qs(there.query)
    assert asked["code_challenge_method"] == ["S256"]
    assert "code_verifier" not in asked
    assert asked["redirect_uri"] == [BACK]
