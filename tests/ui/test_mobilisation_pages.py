"""Mobilising companies: from the list that a coordinator brings to what a company answered."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from indexer.mail.tables import mails
from indexer.mobilise.tables import companies, stop_links
from tests.support.clocks import MovedClock
from tests.support.labour_tables import load_labour
from tests.support.mobilising import siret
from tests.support.pages import BELFORT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, send, workspace_site

HEADER = "SIRET;Nom;Adresse;Code postal;Commune;NAF;Courriel;Téléphone\n"
RESTAURANT = f"{siret(1)};Chez Lou;1 rue des Sapins;90000;Belfort;56.10A;lou@restaurant.exemple.fr;03 84 00 01 01\n"
CANTEEN = f"{siret(2)};La Cantine;2 rue des Sapins;90000;Belfort;56.10A;;03 84 00 01 02\n"
WRONG = "123;Sans numéro;;90000;Belfort;56.10A;;\n"

NOW = MovedClock().now


def immersion(number: int, company: str, rome: str) -> object:
    told = {"entreprise": "Chez Lou", "siret": company}
    return offer(
        number, type_offre="immersion", metiers=(rome,), immersion=told, latitude=47.64, longitude=6.86, **BELFORT
    )


RECORDS = [structure(**BELFORT), immersion(1, siret(9), "N4101")]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceSite]:
    """One site for all tests here: its tables of the labour market take seconds to read."""
    folder = tmp_path_factory.mktemp("mobilisation")
    load_labour(folder)
    with workspace_site(folder, RECORDS, reference_dir=folder / "ref") as site:  # type: ignore[arg-type]
        yield site


@pytest.fixture(scope="module")
def signed_in(world: WorkspaceSite) -> dict[str, TestClient]:
    return {role: world.client_for(role) for role in ("coordinateur", "referent", "administrateur")}


@pytest.fixture
def site(world: WorkspaceSite) -> WorkspaceSite:
    """As it was at first: no company, no mail, the same day."""
    world.clock.now = NOW
    with world.workspace.catalogue.database.writing() as connection:
        for table in (stop_links, companies, mails):
            connection.execute(delete(table))
    return world


@pytest.fixture
def client(site: WorkspaceSite, signed_in: dict[str, TestClient]) -> TestClient:
    return signed_in["coordinateur"]


def bring(client: TestClient, text: str = HEADER + RESTAURANT + CANTEEN, name: str = "liste.csv") -> str:
    answer = send(client, "/mobilisation/liste", files={"liste": (name, text.encode(), "text/csv")})
    return unescape(answer.text)


def read(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


def company(number: int = 1) -> str:
    return f"/mobilisation/entreprises/{siret(number)}"


def letters(site: WorkspaceSite) -> list[str]:
    return [entry.mail.text for entry in site.workspace.outbox.recent(20) if entry.mail is not None]


@pytest.mark.parametrize("role", ["referent", "administrateur"])
@pytest.mark.parametrize("address", ["/mobilisation", "/mobilisation/entreprises", company()])
def test_for_all_but_coordinators_it_does_not_exist(
    site: WorkspaceSite, signed_in: dict[str, TestClient], role: str, address: str
) -> None:
    assert signed_in[role].get(address).status_code == 404
    assert site.client_for().get(address).status_code == 303


def test_others_can_neither_bring_a_list_nor_invite(
    site: WorkspaceSite, client: TestClient, signed_in: dict[str, TestClient]
) -> None:
    bring(client)
    referent = signed_in["referent"]
    for address in ("/mobilisation/liste", "/mobilisation/lignes-a-corriger", company(), f"{company()}/inviter"):
        assert send(referent, address, {"suite": "refuse", "lignes": "a"}).status_code == 404
    assert letters(site) == []


def test_without_a_list_the_page_asks_for_one_and_names_the_job_that_lacks_most(client: TestClient) -> None:
    page = read(client, "/mobilisation")
    assert "Cette semaine : apportez la liste de vos entreprises" in page
    assert "« Commis / Commise de cuisine » : aucune immersion" in page


def test_the_page_says_first_whom_to_call_and_for_which_job(client: TestClient) -> None:
    bring(client)
    page = read(client, "/mobilisation")
    assert "Cette semaine : appelez 2 entreprises pour « Commis / Commise de cuisine »" in page
    assert "30 projets d’embauche, aucune immersion sur le territoire" in page
    assert page.index("Cette semaine") < page.index("Les métiers qui manquent") < page.index("pour découvrir le métier")


def test_figures_bear_their_territory_their_year_and_their_source(client: TestClient) -> None:
    page = read(client, "/mobilisation")
    assert "bassin Belfort et Alentours, 2021" in page
    assert "67 % difficiles ; bassin Belfort en Ville, 2024" in page
    assert "Source :" in page


def test_a_count_under_secrecy_is_never_zero(client: TestClient) -> None:
    page = client.get("/mobilisation").text
    row = page[page.index("Serveur / Serveuse") :].partition("</tr>")[0]
    assert "non publié" in row


def test_without_figures_the_page_says_so_and_what_to_do(tmp_path: Path) -> None:
    with workspace_site(tmp_path) as site:
        page = read(site.client_for("coordinateur"), "/mobilisation")
    assert "Les tensions de recrutement ne sont pas chargées" in page
    assert "Apporter une liste" in page


def test_rows_at_fault_are_told_by_line_and_handed_back(client: TestClient) -> None:
    page = bring(client, HEADER + RESTAURANT + WRONG)
    assert re.search(r"1\s+entreprise ajoutée", page)
    assert "Ligne 3 : SIRET illisible" in page
    lines = re.findall(r'<textarea name="lignes" hidden>(.*?)</textarea>', page, re.DOTALL)[0]
    answer = send(client, "/mobilisation/lignes-a-corriger", {"lignes": lines})
    assert answer.headers["content-disposition"] == 'attachment; filename="lignes-a-corriger.csv"'
    assert "Sans numéro" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("text", ["", "bonjour", "\x00\x01", "<html>;\n"])
def test_what_is_no_list_is_refused_on_the_page(client: TestClient, text: str) -> None:
    answer = send(client, "/mobilisation/liste", files={"liste": ("liste.csv", text.encode(), "text/csv")})
    assert answer.status_code == 422
    assert 'href="#liste"' in answer.text


def test_no_file_at_all_is_said(client: TestClient) -> None:
    answer = send(client, "/mobilisation/liste", {})
    assert answer.status_code == 422
    assert "Choisissez un fichier" in answer.text


def test_a_company_s_page_gives_the_words_to_say_with_the_hiring_around_it(client: TestClient) -> None:
    bring(client)
    page = read(client, company())
    assert "découvrir le métier « Commis / Commise de cuisine »" in page
    assert "Ce métier recrute ici : 30 projets d’embauche, 67 % difficiles" in page
    assert "Appeler le 03 84 00 01 01" in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_an_invitation_leaves_once_and_the_second_is_refused_with_its_date(
    site: WorkspaceSite, client: TestClient
) -> None:
    bring(client)
    assert send(client, f"{company()}/inviter").status_code == 303
    again = send(client, f"{company()}/inviter")
    assert again.status_code == 422
    assert "déjà partie le 02/03/2026" in again.text
    assert len(letters(site)) == 1
    assert f"/publier?siret={company().rpartition('/')[2]}" in letters(site)[0]


def test_one_click_in_the_mail_gives_peace_and_erases_the_address(site: WorkspaceSite, client: TestClient) -> None:
    bring(client)
    send(client, f"{company()}/inviter")
    [address] = re.findall(r"/ne-plus-solliciter/[\w-]+", letters(site)[0])
    stranger = site.client_for()
    assert "Ne plus me solliciter" in stranger.get(address).text
    assert "Invitée" in read(client, company())
    assert stranger.post(address, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    page = read(client, company())
    assert "Ne plus solliciter" in page
    assert "par l’entreprise elle-même" in page
    assert "lou@restaurant" not in page
    assert "Appeler le" not in page


def test_a_wrong_stop_link_is_told_kindly(site: WorkspaceSite) -> None:
    answer = site.client.get("/ne-plus-solliciter/nimporte")
    assert answer.status_code == 410
    assert "Copiez-le en entier" in answer.text


def test_a_coordinator_notes_what_a_company_answered(client: TestClient) -> None:
    bring(client)
    assert send(client, company(), {"suite": "refuse"}).status_code == 303
    assert "A refusé, le 02/03/2026, par Personne" in read(client, company())
    assert "appelez 1 entreprise" in read(client, "/mobilisation")


@pytest.mark.parametrize("wanted", ["", "a-publie-presque", "x" * 300])
def test_an_unknown_outcome_is_refused(client: TestClient, wanted: str) -> None:
    bring(client)
    assert send(client, company(), {"suite": wanted}).status_code == 422


def test_a_company_that_publishes_is_marked_by_itself(site: WorkspaceSite, client: TestClient) -> None:
    bring(client)
    site.world.bring([structure(**BELFORT), immersion(1, siret(1), "G1602")], accept_loss=True)  # type: ignore[list-item]
    assert "A publié" in read(client, company())
    assert ">1</td>" in client.get("/mobilisation").text
    site.world.bring(RECORDS, accept_loss=True)  # type: ignore[arg-type]


def test_companies_are_listed_by_job_and_by_state(client: TestClient) -> None:
    bring(client, HEADER + RESTAURANT + CANTEEN + f"{siret(3)};Garage;;90000;Belfort;4520A;;\n")
    send(client, company(2), {"suite": "refuse"})
    page = read(client, "/mobilisation/entreprises?metier=G1602&etat=refuse")
    assert "La Cantine" in page
    assert "Chez Lou" not in page
    assert "Garage" not in page


def test_late_companies_are_told_after_two_weeks(site: WorkspaceSite, client: TestClient) -> None:
    bring(client)
    send(client, f"{company()}/inviter")
    site.clock.move(days=14)
    later = site.client_for("coordinateur")  # the session of the first one is over
    assert "Une entreprise invitée depuis plus de deux semaines" in read(later, "/mobilisation")


@pytest.mark.parametrize(
    "address",
    [
        "/mobilisation?bassin=ZZZZ",
        "/mobilisation?bassin=%00&tout=peut-etre",
        "/mobilisation/entreprises?metier=Z&page=-1",
        "/mobilisation/entreprises?etat=x&page=99999999",
    ],
)
def test_an_altered_address_still_gives_a_page(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_an_unknown_company_is_not_found(client: TestClient) -> None:
    for address in (company(99), "/mobilisation/entreprises/abc"):
        assert client.get(address).status_code == 404
        assert send(client, address, {"suite": "refuse"}).status_code == 404
        assert send(client, f"{address}/inviter").status_code == 404


def test_no_mail_address_stands_in_a_list(client: TestClient) -> None:
    bring(client)
    assert "exemple.fr" not in client.get("/mobilisation/entreprises").text
