"""The demonstration is entered by one click; anything else is not."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from indexer.accounts import Actor, User
from indexer.accounts.demonstration import prepare_accounts
from indexer.demonstration.companies import LIST, prepare_companies
from indexer.demonstration.load import build_demonstration
from indexer.demonstration.people import prepare_people
from indexer.demonstration.publications import prepare_publications
from indexer.demonstration.requests import EXAMPLES, prepare_requests
from indexer.errors import AccountError
from indexer.geocode.communes import load_communes
from indexer.mobilise.reading import read_companies
from indexer.publish.moderation import Moderation
from indexer.publish.states import State
from indexer.relay.states import State as Asked
from indexer.relay.tables import relay_requests
from indexer.schema import Kind
from indexer.workspace import Workspace
from tests.support.pages import TODAY, PagesWorld
from tests.support.small_feeds import offer, small_feed
from tests.support.workspace import COOKIE, PASSWORD, make_user, send
from tests.ui.pages_content import Page


@pytest.fixture
def world(tmp_path: Path) -> PagesWorld:
    """Examples only, with the accounts that go with them."""
    world = PagesWorld(tmp_path)
    world.bring(small_feed(3), flux="demonstration")
    prepare_accounts(workspace_of(world).accounts)
    return world


@pytest.fixture
def client(world: PagesWorld) -> Iterator[TestClient]:
    with TestClient(world.app, follow_redirects=False) as client:
        yield client


def workspace_of(world: PagesWorld) -> Workspace:
    workspace: Workspace = world.app.state.services.workspace
    return workspace


def small_demonstration() -> list[dict[str, object]]:
    """The examples of a few categories, enough for each of the three people."""
    records = build_demonstration(TODAY)
    wanted = ("logement", "famille", "mobilite", "numerique", "lecture", "remobilisation")
    offers = [r for r in records if "structure_id" in r and any(t.startswith(wanted) for t in r.get("thematiques", ()))]
    homes = {offer["structure_id"] for offer in offers}
    return [*(r for r in records if r["id"] in homes), *offers]


def actor_of(user: User) -> Actor:
    return Actor(user.id, user.name, user.role, user.organisation_id, user.organisation_name)


def accounts_offered(client: TestClient) -> list[str]:
    return [e.get("value") for e in Page.read(client.get("/connexion").text).all("input", name="compte")]


def test_two_referents_and_a_coordinator_are_entered_by_a_click(client: TestClient) -> None:
    offered = accounts_offered(client)
    assert len(offered) == 3
    roles = []
    for account in offered:
        client.cookies.clear()
        entered = client.post("/connexion/demonstration", data={"compte": account})
        assert (entered.status_code, entered.headers["location"]) == (303, "/espace")
        roles.append(Page.read(client.get("/espace").text).all("p", class_="lede")[0].text.split(". ")[1].split(",")[0])
    assert roles == ["Référent", "Référent", "Coordinateur"]


def test_as_soon_as_another_flux_comes_nobody_enters_so(world: PagesWorld, client: TestClient) -> None:
    offered = accounts_offered(client)
    world.bring([offer(90, nom="Une vraie offre")], flux="un-partenaire")
    assert accounts_offered(client) == []
    for account in offered:
        assert client.post("/connexion/demonstration", data={"compte": account}).status_code == 404
    assert COOKIE not in client.cookies


def test_who_was_inside_is_outside_when_another_flux_comes(world: PagesWorld, client: TestClient) -> None:
    client.post("/connexion/demonstration", data={"compte": accounts_offered(client)[2]})
    assert client.get("/espace").status_code == 200
    world.bring([offer(90, nom="Une vraie offre")], flux="un-partenaire")
    assert client.get("/espace").status_code == 303


def test_a_visitor_leaves_no_door_behind(world: PagesWorld, client: TestClient) -> None:
    accounts = workspace_of(world).accounts
    alix, _, noa = prepare_accounts(accounts)
    client.post("/connexion/demonstration", data={"compte": noa.id})
    tries = (
        send(client, "/espace/compte/mot-de-passe", {"ancien": "", "mot_de_passe": PASSWORD}),
        send(client, "/espace/equipe", {"nom": "Zoé", "courriel": "zoe@exemple.fr", "role": "referent"}),
        send(client, f"/espace/equipe/{alix.id}", {"action": "fermer"}),
        send(client, f"/espace/equipe/{alix.id}", {"action": "inviter"}),
    )
    assert [(answer.status_code, "démonstration servent à tous" in answer.text) for answer in tries] == [
        (422, True)
    ] * 4
    with pytest.raises(AccountError, match="servent à tous"):
        accounts.choose_password(accounts.reset_link(noa.id), PASSWORD)
    assert [user.invited for user in accounts.users()] == [True] * 3
    assert workspace_of(world).outbox.recent() == []


def test_a_catalogue_without_the_demonstration_has_no_such_door(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    (user, *_) = prepare_accounts(workspace_of(world).accounts)
    client = TestClient(world.app, follow_redirects=False)
    assert accounts_offered(client) == []
    assert client.post("/connexion/demonstration", data={"compte": user.id}).status_code == 404


def test_only_the_accounts_of_the_demonstration_are_entered_so(world: PagesWorld, client: TestClient) -> None:
    other = make_user(workspace_of(world), "administrateur")
    for account in (other, "", "inconnu"):
        assert client.post("/connexion/demonstration", data={"compte": account}).status_code == 404


def test_another_site_cannot_sign_a_visitor_in(client: TestClient) -> None:
    (account, *_) = accounts_offered(client)
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post("/connexion/demonstration", data={"compte": account}, headers=headers).status_code == 403


def test_three_people_have_a_plan_made_by_matching_and_are_made_once(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring(
        [(Kind.OFFER if "structure_id" in one else Kind.STRUCTURE, one) for one in small_demonstration()],
        flux="demonstration",
    )
    world.index()
    workspace, matcher = workspace_of(world), world.app.state.services.matcher
    assert prepare_people(workspace, lambda: matcher.match)
    assert not prepare_people(workspace, lambda: matcher.match)
    social, work, coordinator = (actor_of(user) for user in prepare_accounts(workspace.accounts))
    followed = {
        actor.name: {file.nom for file in workspace.dossiers.iter_for(actor)} for actor in (social, work, coordinator)
    }
    assert followed == {
        "Alix, référente sociale": {"Mme K.", "M. D."},
        "Sacha, référent emploi": {"Yanis", "Mme K."},
        "Noa, coordination": {"Mme K.", "M. D."},
    }
    for file in workspace.dossiers.iter_for(social):
        assert workspace.plans.of(social, file.id).lines


def test_two_publications_wait_for_the_coordinator_and_are_made_once(world: PagesWorld, client: TestClient) -> None:
    assert prepare_publications(workspace_of(world)) == 2
    assert prepare_publications(workspace_of(world)) == 0
    queue = Moderation(workspace_of(world).publications).queue()
    assert [publication.state for publication in queue] == [State.TO_MODERATE] * 2
    client.post("/connexion/demonstration", data={"compte": accounts_offered(client)[2]})
    page = Page.read(client.get("/moderation").text).text()
    assert "Boulangerie du Lion (exemple)" in page
    assert "Premiers pas sur internet" in page


def test_there_is_a_request_in_each_state_made_once(tmp_path: Path) -> None:
    world, wanted = PagesWorld(tmp_path), {f"exemple--{example.offer}" for example in EXAMPLES}
    offers = [record for record in build_demonstration(TODAY) if record["id"] in wanted]
    homes = {found["structure_id"] for found in offers}
    records = [record for record in build_demonstration(TODAY) if record["id"] in homes | wanted]
    world.bring([(Kind.OFFER if one in offers else Kind.STRUCTURE, one) for one in records], flux="demonstration")
    workspace = workspace_of(world)
    alix, *_ = prepare_accounts(workspace.accounts)
    assert prepare_requests(workspace, actor_of(alix), alix.email, "Mme K.") == len(EXAMPLES)
    assert prepare_requests(workspace, actor_of(alix), alix.email, "Mme K.") == 0
    with workspace.catalogue.database.reading() as connection:
        states = connection.scalars(select(relay_requests.c.state)).all()
    assert sorted(states) == sorted(set(Asked) - {Asked.CLOSED})


def test_there_are_companies_to_call_brought_once(world: PagesWorld) -> None:
    workspace = workspace_of(world)
    assert prepare_companies(workspace) == 8
    assert prepare_companies(workspace) == 0
    assert all(company.name.endswith("(exemple)") for company in workspace.mobilise.companies())


def test_the_list_of_companies_to_call_has_no_row_at_fault() -> None:
    content = files("indexer.demonstration").joinpath(LIST).read_bytes()
    assert read_companies(content, LIST, load_communes()).faults == ()
