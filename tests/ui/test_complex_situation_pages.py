"""A situation is told to partners without its name, answered with an offer, and read where it was asked."""

from collections.abc import Iterator

import pytest

from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from tests.support.workspace import WorkspaceSite, send, sign_in, workspace_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path_factory.mktemp("situations")) as site:
        yield site


@pytest.fixture
def address(site: WorkspaceSite) -> str:
    actor = sign_in(site.client, name="Claire")
    answers = {"age": "34", "code_commune": "90010", "note": "un secret"}
    made = site.workspace.dossiers.create(actor, NewDossier("Zéphyr", Consent.ORAL, answers))
    return f"/espace/personnes/{made.id}"


def test_the_draft_leaves_out_what_says_who_it_is(site: WorkspaceSite, address: str) -> None:
    text = site.client.get(f"{address}/partenaires").text.partition("<textarea")[2]
    assert "de 30 à 39 ans" in text
    assert not any(word in text for word in ("Zéphyr", "secret", "Belfort", "34"))


def test_a_partner_answers_with_an_offer_that_the_referent_then_reads(site: WorkspaceSite, address: str) -> None:
    send(site.client, f"{address}/partenaires", {"texte": "Une mère seule cherche à se former."})
    partner = site.client_for("referent", "CCAS partenaire")
    page = partner.get("/espace/situations").text
    assert "Une mère seule" in page
    assert "Zéphyr" not in page
    assert address not in page
    situation = page.partition('name="situation" value="')[2].partition('"')[0]
    refused = send(partner, "/espace/situations", {"situation": situation, "texte": "Idée", "offre": "ex--inconnue"})
    assert refused.status_code == 422
    assert "n’est pas au catalogue" in refused.text
    assert ">Idée</textarea>" in refused.text
    sent = {"situation": situation, "texte": "Venez à l’atelier", "offre": f"https://x.test/offres/{known_offer(site)}"}
    assert send(partner, "/espace/situations", sent).status_code == 303
    told = site.client.get(f"{address}/partenaires").text
    assert "Venez à l’atelier" in told
    assert f"/offres/{known_offer(site)}" in told
    assert "Venez à l’atelier" in site.client.get(f"{address}/export").text


def test_a_text_that_names_the_person_is_refused_and_stays_typed(site: WorkspaceSite, address: str) -> None:
    answer = send(site.client, f"{address}/partenaires", {"texte": "Zéphyr cherche un toit"})
    assert answer.status_code == 422
    assert "Zéphyr cherche un toit" in answer.text


def test_a_demand_taken_back_is_gone(site: WorkspaceSite, address: str) -> None:
    send(site.client, f"{address}/partenaires", {"texte": "Un texte bien à moi"})
    send(site.client, f"{address}/partenaires", {"reprendre": "oui"})
    assert "Un texte bien à moi" not in site.client_for("referent", "CCAS partenaire").get("/espace/situations").text


@pytest.mark.parametrize("role", ["administrateur", "referent"])
def test_others_neither_ask_for_a_file_nor_read_its_answers(site: WorkspaceSite, address: str, role: str) -> None:
    other = site.client_for(role, "Une autre organisation")
    assert other.get(f"{address}/partenaires").status_code == 404
    assert send(other, f"{address}/partenaires", {"texte": "x"}).status_code == 404


def test_an_administrator_sees_no_situation(site: WorkspaceSite) -> None:
    assert site.client_for("administrateur").get("/espace/situations").status_code == 404


def known_offer(site: WorkspaceSite) -> str:
    """The id of an offer of the catalogue."""
    with site.workspace.catalogue.database.reading() as connection:
        return str(connection.exec_driver_sql("SELECT min(id) FROM offers").scalar_one())
