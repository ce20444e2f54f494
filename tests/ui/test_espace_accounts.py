"""The account and the team, as pages show them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest

from tests.support.workspace import COOKIE, PASSWORD, WorkspaceSite, make_user, send, sign_in, workspace_site
from tests.ui.pages_content import XSS, Page

NEW = "cheval agrafe pile exact"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path) as opened:
        yield opened


def last_mail(site: WorkspaceSite) -> str:
    mail = site.workspace.outbox.recent()[0].mail
    assert mail is not None
    return f"{mail.to}\n{mail.subject}\n{mail.text}"


def link_of(mail: str) -> str:
    found = re.search(r"/connexion/mot-de-passe/\S+", mail)
    assert found is not None
    return found[0]


def test_a_forgotten_password_is_chosen_again_by_mail(site: WorkspaceSite) -> None:
    user = site.workspace.accounts.get_user(make_user(site.workspace))
    assert "/connexion/oubli" in Page.read(site.client.get("/connexion").text).links().values()
    site.client.post("/connexion/oubli", data={"courriel": user.email.upper()})
    link = link_of(last_mail(site))
    assert user.email in Page.read(site.client.get(link).text).text()
    weak = site.client.post(link, data={"mot_de_passe": "court"})
    assert (
        weak.status_code,
        Page.read(weak.text).links()["Choisissez un mot de passe d'au moins 12 caractères : quelques mots suffisent."],
    ) == (422, "#mot_de_passe")
    assert site.client.post(link, data={"mot_de_passe": NEW}).headers["location"] == "/connexion?fait=mot-de-passe"
    assert "Votre mot de passe a changé." in last_mail(site)
    assert site.client.get(link).status_code == 410
    assert site.client.post("/connexion", data={"courriel": user.email, "mot_de_passe": NEW}).status_code == 303


def test_nobody_learns_by_the_reset_who_has_an_account(site: WorkspaceSite) -> None:
    user = site.workspace.accounts.get_user(make_user(site.workspace))
    pages = [
        site.client.post("/connexion/oubli", data={"courriel": email}).text.replace(email, "…")
        for email in (user.email, "personne@exemple.org")
    ]
    assert pages[0] == pages[1]
    assert len(site.workspace.outbox.recent()) == 1


def test_resets_of_one_address_are_few(site: WorkspaceSite) -> None:
    told = [site.client.post("/connexion/oubli", data={"courriel": "a@exemple.org"}).status_code for _ in range(4)]
    assert told == [200, 200, 200, 429]


def test_the_account_shows_its_owner_and_changes_the_password(site: WorkspaceSite) -> None:
    actor = sign_in(site.client)
    elsewhere = site.workspace.accounts.start_session(actor.user_id)
    assert actor.organisation_name in Page.read(site.client.get("/espace/compte").text).text("dl")
    wrong = send(site.client, "/espace/compte/mot-de-passe", {"ancien": "faux", "mot_de_passe": NEW})
    assert (wrong.status_code, Page.read(wrong.text).links()["Ce mot de passe n'est pas le vôtre."]) == (422, "#ancien")
    done = send(site.client, "/espace/compte/mot-de-passe", {"ancien": PASSWORD, "mot_de_passe": NEW})
    assert done.headers["location"] == "/espace/compte?fait=mot-de-passe"
    assert site.client.get("/espace/compte").status_code == 200
    assert site.workspace.accounts.actor_of(elsewhere) is None


def test_a_second_factor_is_put_in_place_shown_once_and_stopped(site: WorkspaceSite) -> None:
    sign_in(site.client)
    offered = Page.read(site.client.get("/espace/compte/double-verification").text)
    secret = offered.text("code").replace(" ", "")
    (sealed,) = [e.get("value") for e in offered.all("input", name="cle")]
    (drawing,) = offered.all("div", role="img")[0]
    assert drawing.tag.endswith("svg")
    wrong = send(site.client, "/espace/compte/double-verification", {"cle": sealed, "code": "000000"})
    assert wrong.status_code == 422
    assert Page.read(wrong.text).text("code").replace(" ", "") == secret
    code = pyotp.TOTP(secret).at(site.clock.now)
    placed = send(site.client, "/espace/compte/double-verification", {"cle": sealed, "code": code})
    assert len(re.findall(r"<li>[a-z2-9]{4}(?:-[a-z2-9]{4}){3}</li>", placed.text)) == 10
    assert "La double vérification est en place" in last_mail(site)
    end = "/espace/compte/double-verification/arreter"
    assert send(site.client, end, {"mot_de_passe_actuel": "faux"}).status_code == 422
    assert send(site.client, end, {"mot_de_passe_actuel": PASSWORD}).status_code == 303
    assert "La double vérification est arrêtée" in last_mail(site)


def test_a_secret_that_we_did_not_offer_is_not_taken(site: WorkspaceSite) -> None:
    actor = sign_in(site.client)
    code = pyotp.TOTP("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP").at(site.clock.now)
    send(site.client, "/espace/compte/double-verification", {"cle": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "code": code})
    assert not site.workspace.accounts.get_user(actor.user_id).second_factor


def test_a_coordinator_invites_who_then_chooses_a_password_and_comes_in(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur", name="Noa")
    fields = {"nom": XSS, "courriel": "zoe@exemple.fr", "role": "referent"}
    assert send(site.client, "/espace/equipe", fields).headers["location"] == "/espace/equipe?fait=invitation"
    assert "Noa vous invite" in last_mail(site)
    assert "Invité, pas encore venu" in Page.read(site.client.get("/espace/equipe").text).text()
    guest, link = site.client_for(), link_of(last_mail(site))
    guest.post(link, data={"mot_de_passe": NEW})
    assert guest.post("/connexion", data={"courriel": "zoe@exemple.fr", "mot_de_passe": NEW}).status_code == 303
    assert guest.get("/espace/equipe").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"role": "administrateur"}, "#role"),
        ({"courriel": "rien"}, "#courriel"),
        ({"nom": ""}, "#nom"),
        ({}, "#courriel"),
    ],
)
def test_what_cannot_be_invited_is_told_and_stays_in_the_form(
    site: WorkspaceSite, changed: dict[str, str], field: str
) -> None:
    actor = sign_in(site.client, "coordinateur")
    known = site.workspace.accounts.get_user(actor.user_id).email
    answer = send(site.client, "/espace/equipe", {"nom": "Zoé", "courriel": known, "role": "referent"} | changed)
    page = Page.read(answer.text)
    assert answer.status_code == 422
    assert field in page.links().values()
    assert page.all("input", id="nom")[0].get("value") == ({"nom": "Zoé"} | changed)["nom"]


def test_a_coordinator_closes_and_opens_accounts_of_the_own_organisation_only(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur")
    accounts = site.workspace.accounts
    mine, keeper = make_user(site.workspace), make_user(site.workspace, "administrateur")
    foreign = make_user(site.workspace, organisation="Mission locale")
    session = accounts.start_session(mine)
    assert send(site.client, f"/espace/equipe/{mine}", {"action": "fermer"}).status_code == 303
    assert accounts.actor_of(session) is None
    assert "Compte fermé" in Page.read(site.client.get("/espace/equipe").text).text()
    send(site.client, f"/espace/equipe/{mine}", {"action": "ouvrir"})
    assert not accounts.get_user(mine).disabled
    assert send(site.client, f"/espace/equipe/{keeper}", {"action": "fermer"}).status_code == 422
    assert send(site.client, f"/espace/equipe/{foreign}", {"action": "fermer"}).status_code == 404
    assert send(site.client, "/espace/equipe/inconnu", {"action": "fermer"}).status_code == 404
    assert send(site.client, f"/espace/equipe/{mine}", {"action": "effacer"}).status_code == 422
    assert not [u for u in accounts.users() if u.disabled]


def test_an_administrator_adds_organisations_and_invites_to_any(site: WorkspaceSite) -> None:
    sign_in(site.client, "administrateur")
    fields = {"nom_organisation": "Mission locale", "siret": ""}
    assert send(site.client, "/espace/organisations", fields).headers["location"] == "/espace/equipe?fait=organisation"
    assert send(site.client, "/espace/organisations", fields).status_code == 422
    home = site.workspace.accounts.find_organisation("mission locale")
    person = {"nom": "Zoé", "courriel": "zoe@exemple.fr", "role": "coordinateur", "organisation": home.id}
    send(site.client, "/espace/equipe", person)
    invited = site.workspace.accounts.find_user("zoe@exemple.fr")
    assert invited is not None
    assert invited.organisation_id == home.id
    assert send(site.client, "/espace/equipe", person | {"courriel": "x@y.fr", "organisation": "?"}).status_code == 404


def test_only_an_administrator_adds_organisations(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur")
    assert send(site.client, "/espace/organisations", {"nom_organisation": "X"}).status_code == 404


@pytest.mark.parametrize("role", ["referent", "coordinateur", "administrateur"])
def test_the_navigation_leads_only_where_the_role_may_go(site: WorkspaceSite, role: str) -> None:
    sign_in(site.client, role)
    page = Page.read(site.client.get("/espace").text)
    (navigation,) = page.all("nav", aria_label="Espace de travail")
    links = [a.get("href") for a in navigation.iter("a")]
    assert "/espace/compte" in links
    assert {link: site.client.get(link).status_code for link in links} == dict.fromkeys(links, 200)
    assert COOKIE in site.client.cookies


def test_a_coordinator_gives_a_referent_the_right_to_moderate_and_takes_it(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur")
    colleague = site.client_for()
    member = f"/espace/equipe/{sign_in(colleague).user_id}"
    assert colleague.get("/moderation").status_code == 404
    assert "Publications" not in Page.read(colleague.get("/espace").text).text()
    assert send(site.client, member, {"action": "moderer"}).headers["location"].endswith("fait=moderation")
    assert "modère les publications" in Page.read(site.client.get("/espace/equipe").text).text()
    assert colleague.get("/moderation").status_code == 200
    assert "Publications" in Page.read(colleague.get("/espace").text).text()
    send(site.client, member, {"action": "ne-plus-moderer"})
    assert colleague.get("/moderation").status_code == 404


def test_the_right_to_moderate_is_not_given_to_a_role_that_has_it_nor_by_a_referent(site: WorkspaceSite) -> None:
    sign_in(site.client, "coordinateur")
    other = make_user(site.workspace, "coordinateur")
    answer = send(site.client, f"/espace/equipe/{other}", {"action": "moderer"})
    assert answer.status_code == 422
    assert "modère déjà" in answer.text
    referent = site.client_for("referent")
    assert send(referent, f"/espace/equipe/{make_user(site.workspace)}", {"action": "moderer"}).status_code == 404
