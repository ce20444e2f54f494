"""The other pages of a file: the person's link and code, sharing, handing over, taking away, deleting."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.dossiers.tables import dossier_changes, dossier_links
from indexer.plans.service import Plans
from tests.support.workspace import WorkspaceSite, make_user, send, sign_in, workspace_site
from tests.ui.pages_content import XSS, Page

RENT = "besoin:logement-hebergement--reduire-les-impayes-de-loyer"


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceSite]:
    """Opened once: each test opens files of its own."""
    with workspace_site(tmp_path_factory.mktemp("dossiers")) as site:
        yield site


@pytest.fixture
def site(shared_site: WorkspaceSite) -> WorkspaceSite:
    sign_in(shared_site.client, name="Claire")
    return shared_site


@pytest.fixture
def address(site: WorkspaceSite) -> str:
    return new_file(site, nom="M. B.", age="31")


def new_file(site: WorkspaceSite, nom: str, **answers: str) -> str:
    actor = site.workspace.accounts.actor_of(site.client.cookies["maillage"])
    assert actor is not None
    made = site.workspace.dossiers.create(actor, NewDossier(nom, Consent.ORAL, answers))
    return f"/espace/personnes/{made.id}"


def link_in(text: str) -> str:
    """The path of the only link of a person that a page shows."""
    (found,) = set(re.findall(r"/mes-reponses/[\w-]+", text))
    return found


def test_the_person_answers_by_a_link_and_the_referent_takes_what_is_right(site: WorkspaceSite, address: str) -> None:
    link = link_in(send(site.client, f"{address}/lien").text)
    person = site.client_for()
    assert "M. B." not in person.get(link).text
    answer = person.post(link, data={"complet": "1", RENT: "besoin", "age": "32", "envies": XSS})
    assert answer.status_code == 303
    assert "Vos réponses sont envoyées" in person.get(answer.headers["location"]).text
    assert "La personne a répondu" in site.client.get(address).text
    page = Page.read(site.client.get(f"{address}/reponses").text)
    fields = {e.get("name"): e.get("value") for e in page.all("input") if e.get("type") == "hidden"}
    offered = {e.get("value") for e in page.all("input") if e.get("name") == "reprendre"}
    assert offered == {RENT, "age", "envies"}
    sent = {"version": fields["version"], "cle": fields["cle"], "reprendre": [RENT, "envies"]}
    assert send(site.client, f"{address}/reponses", sent).status_code == 303
    told = Page.read(site.client.get(f"{address}/situation").text)
    assert next(e for e in told.all("input") if e.get("name") == "age").get("value") == "31"
    assert [e.get("value") for e in told.all("input") if e.get("name") == RENT and "checked" in e.attrib] == ["besoin"]
    assert person.get(link).status_code == 410


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"age": "trente"}, "âge en chiffres"),
        ({"lieu": "Zzzyx"}, "Nous ne connaissons pas cette commune"),
        ({"note": "2 84 05 75 056 123 74"}, "sécurité sociale"),
    ],
)
def test_what_the_person_must_mend_is_told_and_stays_typed(
    site: WorkspaceSite, address: str, sent: dict[str, str], message: str
) -> None:
    link = link_in(send(site.client, f"{address}/lien").text)
    answer = site.client_for().post(link, data={"complet": "1"} | sent)
    assert answer.status_code == 422
    assert message in answer.text
    assert next(iter(sent.values())) in answer.text


def test_a_link_of_a_person_that_never_was_is_told_kindly(site: WorkspaceSite) -> None:
    answer = site.client_for().get("/mes-reponses/inconnu")
    assert answer.status_code == 410
    assert "Demandez-en un nouveau" in answer.text


def test_a_closed_link_serves_no_more(site: WorkspaceSite, address: str) -> None:
    link = link_in(send(site.client, f"{address}/lien").text)
    assert send(site.client, f"{address}/lien", {"fermer": "oui"}).status_code == 303
    assert site.client_for().get(link).status_code == 410


def test_the_pages_of_the_person_are_listed_nowhere_and_kept_by_no_cache(site: WorkspaceSite, address: str) -> None:
    told = site.client_for().get(link_in(send(site.client, f"{address}/lien").text))
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in told.text


def test_answers_kept_on_the_public_page_open_a_file_by_their_code(site: WorkspaceSite) -> None:
    sent = {"lieu": "Belfort", "besoin": RENT.removeprefix("besoin:"), "age": "40", "texte": "du retard"}
    kept = site.client_for().post("/plan/garder", data=sent)
    (code,) = re.findall(r"<strong>([A-Z]{4}-[A-Z]{4})</strong>", kept.text)
    opened = send(site.client, "/espace/personnes/nouvelle", {"nom": "Z.", "accord": "oral", "code": code.lower()})
    assert opened.status_code == 303
    page = site.client.get(opened.headers["location"].removesuffix("?lire=oui")).text
    assert ">du retard</textarea>" in page
    assert 'value="40"' in page


def test_answers_that_cannot_be_kept_are_told_on_the_form(site: WorkspaceSite) -> None:
    sent = {"lieu": "Belfort", "texte": "mon numéro 284057505612374"}
    answer = site.client_for().post("/plan/garder", data=sent)
    assert answer.status_code == 422
    assert "#texte" in Page.read(answer.text).links().values()
    assert site.client_for().post("/plan/garder", data={"lieu": "Zzzyx", "texte": "a"}).status_code == 422


def test_a_wrong_code_is_told_beside_its_field(site: WorkspaceSite) -> None:
    answer = send(site.client, "/espace/personnes/nouvelle", {"nom": "Z.", "accord": "oral", "code": "BBBB-BBBB"})
    assert answer.status_code == 422
    assert "#code" in Page.read(answer.text).links().values()


def test_sharing_needs_the_person_s_agreement_and_an_organisation(site: WorkspaceSite, address: str) -> None:
    make_user(site.workspace, organisation="CCAS", name="Léa")
    ccas = site.workspace.accounts.find_organisation("CCAS").id
    sent = {"faire": "partager", "organisation": ccas, "jours": "92"}
    assert send(site.client, f"{address}/acces", sent).status_code == 422
    assert send(site.client, f"{address}/acces", sent | {"accord": "oui", "organisation": "?"}).status_code == 422
    assert send(site.client, f"{address}/acces", sent | {"accord": "oui", "jours": "9999"}).status_code == 422
    assert send(site.client, f"{address}/acces", sent | {"accord": "oui"}).status_code == 303
    lea = site.client_for("referent", "CCAS")
    assert lea.get(f"{address}/situation").status_code == 200
    assert "Partagé par" in lea.get("/espace/personnes").text
    share = re.search(r'name="partage" value="([\w-]+)"', site.client.get(f"{address}/acces").text)
    assert share is not None
    send(site.client, f"{address}/acces", {"faire": "reprendre", "partage": share[1]})
    assert lea.get(f"{address}/situation").status_code == 404


def test_who_it_is_shared_with_sees_no_way_to_share_it_on(site: WorkspaceSite, address: str) -> None:
    make_user(site.workspace, organisation="CCAS")
    ccas = site.workspace.accounts.find_organisation("CCAS").id
    send(site.client, f"{address}/acces", {"faire": "partager", "organisation": ccas, "jours": "30", "accord": "oui"})
    lea = site.client_for("referent", "CCAS")
    assert 'name="faire"' not in lea.get(f"{address}/acces").text
    assert f"{address}/supprimer" not in lea.get(address).text
    for sent in ({"faire": "partager"}, {"faire": "transmettre"}, {"faire": "reprendre"}):
        assert send(lea, f"{address}/acces", sent).status_code == 404
    assert lea.get(f"{address}/supprimer").status_code == 404
    assert send(lea, f"{address}/supprimer", {"sur": "oui"}).status_code == 404


def test_a_file_is_handed_to_another_organisation_with_all_it_holds(site: WorkspaceSite, address: str) -> None:
    lea = make_user(site.workspace, organisation="CCAS", name="Léa")
    sent = {"faire": "transmettre", "referent": lea, "accord": "oui"}
    assert send(site.client, f"{address}/acces", sent | {"referent": "x"}).status_code == 422
    assert send(site.client, f"{address}/acces", sent).headers["location"].startswith("/espace/personnes?")
    assert site.client.get(address).status_code == 404
    assert 'value="31"' in site.client_for("referent", "CCAS").get(f"{address}/situation").text


def test_the_page_of_access_says_who_read(site: WorkspaceSite, address: str) -> None:
    colleague = site.client_for()
    sign_in(colleague, name="Karim")
    colleague.get(f"{address}/situation")
    page = site.client.get(f"{address}/acces").text
    assert "Karim a ouvert le dossier" in page
    assert "Claire a créé le dossier" in page


def test_the_log_names_the_organisation_of_a_reader_from_elsewhere_and_holds_no_content(
    site: WorkspaceSite, address: str
) -> None:
    send(site.client, f"{address}/situation", {"version": "1", "note": "du retard de loyer"})
    coordinator = site.client_for("coordinateur", "Mission locale")
    home = site.workspace.accounts.find_organisation("Mission locale").id
    sent = {"faire": "partager", "organisation": home, "jours": "30", "accord": "oui"}
    send(site.client, f"{address}/acces", sent)
    coordinator.get(f"{address}/situation")
    page = site.client.get(f"{address}/acces").text
    assert "(Mission locale) a ouvert le dossier" in page
    assert "du retard de loyer" not in page
    assert "(Maison de l’emploi) a partagé le dossier" in coordinator.get(f"{address}/acces").text


def test_older_lines_of_the_log_are_one_click_away(site: WorkspaceSite, address: str) -> None:
    for _ in range(31):
        site.client.get(f"{address}/export?format=json")
    short = site.client.get(f"{address}/acces").text
    assert short.count("a pris une copie") == 30
    assert "Claire a créé le dossier" not in short
    whole = site.client.get(f"{address}/acces?tout=oui").text
    assert (whole.count("a pris une copie"), "Claire a créé le dossier" in whole) == (31, True)
    assert "Voir tout" not in whole


def test_the_whole_file_is_read_and_taken_away(site: WorkspaceSite, address: str) -> None:
    send(site.client, f"{address}/situation", {"version": "1", "note": "du retard", "lieu": "Belfort"})
    page = site.client.get(f"{address}/export").text
    assert "du retard" in page
    assert "Belfort (90000)" in page
    told = site.client.get(f"{address}/export?format=json")
    assert told.headers["content-disposition"].startswith("attachment")
    assert told.json()["reponses"] == {"age": "31", "note": "du retard", "code_commune": "90010"}
    assert {"historique", "partages", "liens"} <= set(told.json())


def test_deleting_asks_first_then_takes_everything(site: WorkspaceSite, address: str) -> None:
    send(site.client, f"{address}/situation", {"version": "1", "note": "du retard"})
    link = link_in(send(site.client, f"{address}/lien").text)
    assert send(site.client, f"{address}/supprimer").status_code == 422
    assert site.client.get(address).status_code == 200
    assert send(site.client, f"{address}/supprimer", {"sur": "oui"}).status_code == 303
    assert site.client.get(address).status_code == 404
    assert site.client_for().get(link).status_code == 410
    with site.workspace.catalogue.database.reading() as connection:
        for table in (dossier_changes, dossier_links):
            mine = table.c.dossier_id == address.rpartition("/")[2]
            assert connection.scalar(select(func.count()).select_from(table).where(mine)) == 0


def test_a_closed_file_leaves_the_list_and_comes_back(site: WorkspaceSite) -> None:
    mine = new_file(site, nom="Mimosa")
    send(site.client, f"{mine}/statut", {"statut": "clos"})
    assert "Mimosa" not in site.client.get("/espace/personnes").text
    assert "Mimosa" in site.client.get("/espace/personnes?clos=oui").text
    send(site.client, f"{mine}/statut", {"statut": "actif"})
    assert "Mimosa" in site.client.get("/espace/personnes").text


def test_what_was_typed_is_escaped_everywhere(site: WorkspaceSite) -> None:
    hostile = new_file(site, nom=XSS[:40], note=XSS, envies=XSS, metier1=XSS)
    for page in (hostile, f"{hostile}/situation", f"{hostile}/acces", f"{hostile}/export", "/espace/personnes"):
        told = site.client.get(page).text
        assert XSS not in told
        Page.read(told)


@pytest.mark.parametrize("page", ["", "/situation", "/acces", "/export", "/supprimer", "/reponses"])
@pytest.mark.parametrize("role", [None, "administrateur", "referent"])
def test_no_page_of_a_file_opens_to_others(site: WorkspaceSite, address: str, page: str, role: str | None) -> None:
    other = site.client_for(role, "Une autre organisation")
    assert other.get(address + page).status_code == (303 if role is None else 404)


@pytest.mark.parametrize("page", ["/situation", "/situation/lecture", "/acces", "/lien", "/reponses", "/statut"])
def test_no_form_of_a_file_is_taken_from_others(site: WorkspaceSite, address: str, page: str) -> None:
    other = site.client_for("referent", "Une autre organisation")
    sent = {"faire": "partager", "version": "1", "note": "x", "statut": "clos"}
    assert send(other, address + page, sent).status_code == 404
    assert f"{address}/situation" in site.client.get("/espace/personnes").text


def test_a_plan_of_the_file_finds_its_profile(site: WorkspaceSite, address: str) -> None:
    assert isinstance(site.workspace.plans, Plans)
    send(site.client, f"{address}/situation", {"version": "1", "lieu": "Belfort", RENT: "besoin"})
    actor = site.workspace.accounts.actor_of(site.client.cookies["maillage"])
    assert actor is not None
    profile = site.workspace.dossiers.get(actor, address.rpartition("/")[2]).profil
    assert profile is not None
    assert [need.thematique for need in profile.besoins] == [RENT.removeprefix("besoin:")]
