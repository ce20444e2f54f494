"""Every route as every other role, and as nobody. A new route is tried too: it is guarded, or named here as public."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from indexer.accounts import Actor, Role
from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.plans.meetings import build_meeting
from indexer.plans.model import Fields
from search_api.app import create_app
from search_api.logs import build_log
from tests.support.pages import BELFORT
from tests.support.routes_of import FoundRoute, routes_of
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, send, sign_in, workspace_site
from tests.ui.test_publish_pages import link_in_mail, press, write_all

NAME = "Zéphyrine Q."
ELSEWHERE = "Une autre organisation"

PUBLIC = frozenset(
    """
    / /offres /carte.json /offres/{record_id:path}/signaler /structures/{record_id:path}/signaler
    /offres/{offer_id:path}/seances.ics /ma-liste /plan /plan/garder /offres/{offer_id:path}
    /structures/{structure_id:path} /a-propos /accessibilite /confidentialite /mentions-legales /sources
    /sources/{flux} /plan-du-site /robots.txt /sitemap.xml /sitemap-{name}.xml /assets/{name} /v1/suggest
    /connexion /connexion/code /connexion/reprise /connexion/oubli /connexion/fournisseur
    /deconnexion/fournisseur /deconnexion/fournisseur/depart /deconnexion/fournisseur/retour
    /connexion/fournisseur/retour /connexion/demonstration /alertes/nouvelle
    /demande/nouvelle /publier /publier/lien-perdu
    """.split()
)
"""Open to all: they hold nothing of a person, or only what the visitor sends."""

BY_LINK = frozenset(
    """
    /connexion/mot-de-passe/{token} /mes-reponses/{token} /demande/{token} /demande/{token}/pieces/{document_id}
    /alertes/{token} /mon-plan/{token} /mon-plan/{token}/dates.ics /publier/confirmer/{jeton} /publier/contact/{jeton}
    /publier/adresse/{jeton} /ne-plus-solliciter/{token} /publier/{jeton}/envoyee
    /publier/{jeton}/{etape} /ma-publication/{jeton}
    """.split()
)
"""Open to who holds a link: a guessed one opens nothing."""

ON_THIS_MACHINE = frozenset(["/courriels", "/courriels/{mail_id}"])
"""Open on the machine itself and to administrators."""

COMPUTING = frozenset(["/v1/understand", "/v1/match", "/v1/profiles/diagnostic-usager"])
PUBLISHING = frozenset(
    """
    /v1/immersions /v1/ateliers /v1/publications/confirmation /v1/publications/etat /v1/publications/pause
    /v1/publications/reprise /v1/publications/fermeture
    """.split()
)

GUESSED = {"token": "a" * 43, "jeton": "a" * 43, "document_id": "1", "etape": "1", "mail_id": "1"}
FOLLOWERS = frozenset({Role.REFERENT, Role.COORDINATEUR})
KEEPERS = frozenset({Role.COORDINATEUR, Role.ADMINISTRATEUR})
EXPECTED = {
    "/espace/organisations": frozenset({Role.ADMINISTRATEUR}),
    "/espace/equipe": KEEPERS,
    "/moderation": KEEPERS,
    "/espace/personnes": FOLLOWERS,
    "/espace/situations": FOLLOWERS,
    "/espace/orientations": FOLLOWERS,
    "/mobilisation": frozenset({Role.COORDINATEUR}),
}
"""Who may come to what begins so; all who are signed in, to the rest of the workspace."""

OWN = frozenset({"dossier_id", "request_id"})
"""Parameters of what belongs to an organisation: the file itself says who may open it."""

QUERIES = {"/espace/orientations/nouvelle": "?offre=ex--o1"}
ACTIONS = {"/espace/equipe/{user_id}": {"action": "fermer"}, "/espace/orientations/{request_id}": {"action": "retirer"}}
ABSENT = frozenset({"/espace/personnes/{dossier_id}/reponses", "/mobilisation/entreprises/{siret}"})
"""Addresses of what this site holds none of."""


@dataclass
class Matrix:
    """A site with one file, one plan, one request and one publication; `owner` follows the person."""

    site: WorkspaceSite
    owner: TestClient
    actor: Actor
    values: dict[str, str]
    clients: dict[tuple[Role, bool], TestClient] = field(default_factory=dict)

    def routes(self) -> list[FoundRoute]:
        return routes_of(self.site.world.app)

    def guarded(self) -> Iterator[tuple[FoundRoute, str]]:
        """Routes for which one must be signed in, with a method of each."""
        for route in self.routes():
            if route.roles is not None:
                yield from ((route, method) for method in sorted(route.methods - {"HEAD"}))

    def client(self, role: Role, *, stranger: bool) -> TestClient:
        """One browser a role, of the file's organisation or of another."""
        key = role, stranger
        if key not in self.clients:
            organisation = {"organisation": ELSEWHERE} if stranger else {}
            self.clients[key] = self.site.client_for(role, **organisation)
        return self.clients[key]

    def address(self, route: FoundRoute) -> str:
        return route.address(self.values) + QUERIES.get(route.path, "")

    def ask(self, client: TestClient, route: FoundRoute, method: str) -> Response:
        """With the token of a form where one is sent."""
        address = self.address(route)
        return client.get(address) if method == "GET" else send(client, address, ACTIONS.get(route.path))


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    records = [structure(courriel="accueil@garage.example", **BELFORT), offer(nom="Réparer sa voiture", **BELFORT)]
    with workspace_site(tmp_path_factory.mktemp("matrix"), records) as site:
        owner = site.client_for()
        actor = sign_in(owner)
        yield Matrix(site, owner, actor, _fill(site, owner, actor))


def _fill(site: WorkspaceSite, owner: TestClient, actor: Actor) -> dict[str, str]:
    workspace = site.workspace
    answers = {"code_commune": "90010", "note": f"Ce que {NAME} a dit."}
    dossier = workspace.dossiers.create(actor, NewDossier(NAME, Consent.ORAL, answers))
    (line,) = workspace.plans.add(actor, dossier.id, [Fields(titre="Appeler le garage", offre_id="ex--o1")])
    meeting = build_meeting("rendez-vous", site.clock.now, "Faire le point")
    workspace.plans.add_meeting(actor, dossier.id, meeting)
    wanted = {"personne": NAME, "joindre": "referent", "accord": "oui", "message": "Bonjour"}
    asked = send(owner, "/espace/orientations/nouvelle?offre=ex--o1", wanted)
    write_all(site.client)
    press(site.client, link_in_mail(site.client, "/publier/confirmer/"))
    listed = site.client_for("coordinateur").get("/moderation").text
    return {
        "dossier_id": dossier.id,
        "line_id": line.id,
        "meeting_id": meeting.id,
        "request_id": asked.headers["location"].partition("?")[0].rpartition("/")[2],
        "publication_id": re.findall(r'href="/moderation/([\w-]+)"', listed)[0],
        "user_id": actor.user_id,
        "siret": "73282932000074",
    }


def test_every_route_is_guarded_or_named_as_public(matrix: Matrix) -> None:
    open_routes = {route.path for route in matrix.routes() if route.roles is None}
    assert open_routes == PUBLIC | BY_LINK | ON_THIS_MACHINE


def test_what_the_api_takes_computes_or_is_a_publication_by_its_token(matrix: Matrix) -> None:
    """It reads no cookie: nothing of it is done in the name of who is signed in."""
    app = create_app(services=matrix.site.world.app.state.services, log=build_log("error", io.StringIO()))
    taking = {route.path for route in routes_of(app) if route.methods - {"GET", "HEAD"}}
    assert taking == COMPUTING | PUBLISHING


def test_each_route_lets_in_the_roles_that_it_should(matrix: Matrix) -> None:
    wrong = {}
    for route, method in matrix.guarded():
        if OWN & set(route.names):
            continue
        longest = max((start for start in EXPECTED if route.path.startswith(start)), key=len, default="")
        expected = EXPECTED.get(longest, frozenset(Role))
        if route.roles is not None and not route.roles <= expected:
            wrong[f"{method} {route.path}"] = route.roles - expected
    assert wrong == {}


def test_nobody_is_sent_to_sign_in_and_sees_nothing(matrix: Matrix) -> None:
    wrong = {}
    for route, method in matrix.guarded():
        nobody = matrix.site.client_for()
        address = matrix.address(route)
        answer = nobody.get(address) if method == "GET" else nobody.post(address, data={"x": "y"})
        led = answer.headers.get("location", "").startswith("/connexion")
        if (answer.status_code, led) != ((303, True) if method == "GET" else (401, False)) or NAME in answer.text:
            wrong[f"{method} {route.path}"] = answer.status_code
    assert wrong == {}


@pytest.mark.parametrize(
    ("role", "stranger"),
    [(Role.REFERENT, True), (Role.COORDINATEUR, True), (Role.ADMINISTRATEUR, True), (Role.ADMINISTRATEUR, False)],
)
def test_the_file_of_a_person_does_not_exist_for_others(matrix: Matrix, role: Role, stranger: bool) -> None:
    before = matrix.site.workspace.plans.of(matrix.actor, matrix.values["dossier_id"])
    client, wrong = matrix.client(role, stranger=stranger), {}
    for route, method in matrix.guarded():
        if not OWN & set(route.names):
            continue
        answer = matrix.ask(client, route, method)
        if answer.status_code != 404 or NAME in answer.text:
            wrong[f"{method} {route.path}"] = answer.status_code
    assert wrong == {}
    assert matrix.site.workspace.plans.of(matrix.actor, matrix.values["dossier_id"]) == before


@pytest.mark.parametrize("role", list(Role))
def test_no_page_of_another_organisation_names_the_person(matrix: Matrix, role: Role) -> None:
    client = matrix.client(role, stranger=True)
    pages = [route for route, method in matrix.guarded() if method == "GET" and not route.names]
    assert [route.path for route in pages if NAME in client.get(route.path).text] == []


@pytest.mark.parametrize("role", list(Role))
def test_a_page_that_a_role_may_not_see_does_not_exist(matrix: Matrix, role: Role) -> None:
    client, wrong = matrix.client(role, stranger=False), {}
    for route, method in matrix.guarded():
        if route.roles is not None and role not in route.roles:
            answer = matrix.ask(client, route, method)
            if answer.status_code != 404:
                wrong[f"{method} {route.path}"] = answer.status_code
    assert wrong == {}


def test_a_referent_who_was_let_moderate_sees_publications_and_nothing_more(matrix: Matrix) -> None:
    client, wrong = matrix.site.client_for(), {}
    actor = sign_in(client)
    matrix.site.workspace.accounts.let_moderate(actor.user_id, True)
    for route, method in matrix.guarded():
        if route.roles is None or Role.REFERENT in route.roles:
            continue
        answer, moderation = matrix.ask(client, route, method), route.path.startswith("/moderation")
        if (answer.status_code == 404) is moderation:
            wrong[f"{method} {route.path}"] = answer.status_code
    assert wrong == {}
    assert "/moderation" in client.get("/espace").text


def test_the_same_addresses_do_exist_for_who_follows_the_person(matrix: Matrix) -> None:
    """Else the refusals above would prove nothing."""
    wrong = {}
    for route, method in matrix.guarded():
        if method == "GET" and route.roles is not None and Role.REFERENT in route.roles:
            answer = matrix.owner.get(matrix.address(route))
            if answer.status_code >= 400 and route.path not in ABSENT:
                wrong[route.path] = answer.status_code
    assert wrong == {}


def test_no_form_is_taken_without_our_token_nor_from_another_site(matrix: Matrix) -> None:
    wrong = {}
    for route, method in matrix.guarded():
        if method != "GET" and route.roles is not None and Role.REFERENT in route.roles:
            address = route.address(matrix.values)
            bare = matrix.owner.post(address, data={"x": "y"}).status_code
            foreign = send(matrix.owner, address, headers={"sec-fetch-site": "cross-site"}).status_code
            if (bare, foreign) != (403, 403):
                wrong[route.path] = (bare, foreign)
    assert wrong == {}
    assert matrix.site.workspace.dossiers.get(matrix.actor, matrix.values["dossier_id"]).nom == NAME


def test_the_export_of_a_file_holds_its_plan(matrix: Matrix) -> None:
    page = matrix.owner.get(f"/espace/personnes/{matrix.values['dossier_id']}/export").text
    assert "Appeler le garage" in page
    assert "Faire le point" in page


@pytest.mark.parametrize("signed", [False, True])
def test_a_guessed_link_opens_nothing_to_anyone(matrix: Matrix, signed: bool) -> None:
    client = matrix.owner if signed else matrix.site.client_for()
    wrong = {}
    for route in matrix.routes():
        if route.path in BY_LINK | ON_THIS_MACHINE:
            answer = client.get(route.address(GUESSED)) if "GET" in route.methods else None
            if answer is not None and answer.status_code not in (303, 404, 410):
                wrong[route.path] = answer.status_code
    assert wrong == {}


def test_every_page_of_the_workspace_stays_out_of_caches_and_lists(matrix: Matrix) -> None:
    wrong = {}
    for route, method in matrix.guarded():
        if method == "GET" and route.roles is not None and Role.REFERENT in route.roles:
            answer = matrix.owner.get(route.address(matrix.values))
            html = answer.headers.get("content-type", "").startswith("text/html")
            if answer.headers["cache-control"] != "no-store" or (html and answer.text and "noindex" not in answer.text):
                wrong[route.path] = answer.headers["cache-control"]
    assert wrong == {}
