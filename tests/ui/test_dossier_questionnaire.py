"""The questionnaire: saved by its button or by itself, by two people at once, never without the right to."""

from collections.abc import Iterator

import pytest

from indexer.dossiers.fields import NEED, all_fields
from tests.support.workspace import WorkspaceSite, send, sign_in, workspace_site
from tests.ui.pages_content import XSS, Page

RENT = NEED + "logement-hebergement--reduire-les-impayes-de-loyer"
JSON = {"accept": "application/json"}


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorkspaceSite]:
    """Opened once: each test opens files of its own."""
    with workspace_site(tmp_path_factory.mktemp("dossiers")) as site:
        yield site


@pytest.fixture
def site(shared_site: WorkspaceSite) -> WorkspaceSite:
    sign_in(shared_site.client, name="Claire")
    return shared_site


def new_file(site: WorkspaceSite, **fields: str) -> str:
    """The address of a new file."""
    sent = {"nom": "M. B.", "accord": "oral"} | fields
    answer = send(site.client, "/espace/personnes/nouvelle", sent)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].removesuffix("?lire=oui").removesuffix("/situation")


def test_a_file_is_opened_only_with_the_person_s_agreement(site: WorkspaceSite) -> None:
    answer = send(site.client, "/espace/personnes/nouvelle", {"nom": "M. B."})
    assert answer.status_code == 422
    assert "Demandez d’abord son accord" in answer.text
    assert 'value="M. B."' in answer.text
    new_file(site)
    assert "M. B." in site.client.get("/espace/personnes").text


def test_a_national_number_is_refused_and_what_was_typed_stays(site: WorkspaceSite) -> None:
    sent = {"nom": "M. B.", "accord": "oral", "colle": "numéro 284057505612374"}
    answer = send(site.client, "/espace/personnes/nouvelle", sent)
    assert answer.status_code == 422
    assert "Maillage n’en a pas besoin" in answer.text
    assert "284057505612374" in answer.text


def test_the_button_saves_every_field_and_the_page_shows_them(site: WorkspaceSite) -> None:
    address = new_file(site)
    sent = {"version": "1", "complet": "1", "nom": "Z.", "lieu": "Belfort", "age": "31", RENT: "besoin", "note": XSS}
    answer = send(site.client, f"{address}/situation", sent)
    assert answer.status_code == 303
    told = site.client.get(answer.headers["location"])
    assert told.headers["cache-control"] == "no-store"
    page = Page.read(told.text)
    checked = {e.get("name"): e.get("value") for e in page.all("input") if "checked" in e.attrib and e.get("value")}
    assert checked == {RENT: "besoin"}
    values = {e.get("name"): e.get("value") for e in page.all("input")}
    assert (values["nom"], values["age"], values["lieu"], values["version"]) == ("Z.", "31", "Belfort (90000)", "2")
    assert XSS not in told.text


def test_the_page_asks_every_question(site: WorkspaceSite) -> None:
    page = Page.read(site.client.get(f"{new_file(site)}/situation").text)
    asked = {e.get("name") for tag in ("input", "textarea") for e in page.all(tag)}
    assert set(all_fields()) <= asked


def test_every_control_has_its_label_and_no_id_comes_twice(site: WorkspaceSite) -> None:
    page = Page.read(site.client.get(f"{new_file(site)}/situation").text)
    labelled = {label.get("for") for label in page.all("label")}
    controls = [e for tag in ("input", "textarea") for e in page.all(tag) if e.get("type") != "hidden"]
    assert {e.get("id") for e in controls} <= labelled
    ids = [e.get("id") for e in page.root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_a_box_that_is_unticked_is_emptied(site: WorkspaceSite) -> None:
    address = new_file(site)
    send(site.client, f"{address}/situation", {"version": "1", "complet": "1", "gratuit": "oui", "nom": "Z."})
    send(site.client, f"{address}/situation", {"version": "2", "complet": "1", "nom": "Z."})
    page = Page.read(site.client.get(f"{address}/situation").text)
    assert [e.get("name") for e in page.all("input") if "checked" in e.attrib and e.get("value")] == []


def test_one_wrong_field_does_not_hold_back_the_others(site: WorkspaceSite) -> None:
    address = new_file(site)
    sent = {"version": "1", "complet": "1", "nom": "Z.", "age": "trente", "lieu": "Zzzyx", "envies": "le bois"}
    answer = send(site.client, f"{address}/situation", sent)
    assert answer.status_code == 422
    assert 'value="trente"' in answer.text
    assert 'value="Zzzyx"' in answer.text
    assert {"#age", "#lieu"} <= set(Page.read(answer.text).links().values())
    assert "le bois" in site.client.get(f"{address}/situation").text


def test_two_colleagues_who_save_at_once_are_merged_or_shown_both(site: WorkspaceSite) -> None:
    address = new_file(site)
    other = site.client_for("referent")
    send(other, f"{address}/situation", {"version": "1", "note": "dit l’autre", "permis": "oui"})
    answer = send(site.client, f"{address}/situation", {"version": "1", "note": "dit moi", "age": "31"})
    assert answer.status_code == 409
    assert "dit l’autre" in answer.text
    assert ">dit moi</textarea>" in answer.text
    kept = send(site.client, f"{address}/situation", {"version": "3"}, headers=JSON).json()
    assert kept["version"] == 3
    page = site.client.get(f"{address}/situation").text
    assert ">dit l’autre</textarea>" in page
    assert 'value="31"' in page


def test_the_script_is_told_what_others_changed_what_clashes_and_what_is_wrong(site: WorkspaceSite) -> None:
    address = new_file(site)
    other = site.client_for()
    sign_in(other, name="Karim")
    send(other, f"{address}/situation", {"version": "1", "note": "autre", "permis": "oui", "lieu": "Belfort"})
    sent = {"version": "1", "complet": "1", "nom": "M. B.", "note": "moi", "age": "3"}
    answer = send(site.client, f"{address}/situation", sent, headers=JSON)
    told = answer.json()
    assert answer.status_code == 422
    assert told["version"] == 2
    assert told["champs"] == {"permis": "oui"}
    assert [(c["champ"], c["leur"], c["mien"], c["qui"]) for c in told["conflits"]] == [
        ("note", "autre", "moi", "Karim")
    ]
    assert list(told["erreurs"]) == ["age"]


def test_what_the_texts_say_is_shown_and_not_kept(site: WorkspaceSite) -> None:
    address = new_file(site)
    answer = send(site.client, f"{address}/situation/lecture", {"note": "je n'ai rien à manger, j'ai 31 ans"})
    assert answer.status_code == 200
    assert set(answer.json()) == {"besoins", "metiers", "age"}
    assert answer.json()["age"] == "31"
    assert "31 ans" not in site.client.get(f"{address}/situation").text


def test_a_pasted_diagnosis_fills_the_questionnaire(site: WorkspaceSite) -> None:
    profile = '{"lieu": {"code_commune": "90010"}, "age": 40, "besoins": [{"thematique": "sante"}]}'
    page = site.client.get(f"{new_file(site, colle=profile)}/situation").text
    assert 'value="40"' in page
    assert 'value="Belfort (90000)"' in page


def test_a_diagnosis_of_france_travail_without_a_place_leaves_the_place_empty(site: WorkspaceSite) -> None:
    address = new_file(site, colle='{"pouvoirAgir": {}}')
    page = Page.read(site.client.get(f"{address}/situation").text)
    assert next(e for e in page.all("input") if e.get("name") == "lieu").get("value") == ""


@pytest.mark.parametrize("pasted", ['{"lieu": ', "{}", '{"lieu": {"code_commune": "90010"}, "inconnu": 1}'])
def test_a_diagnosis_that_cannot_be_read_is_told(site: WorkspaceSite, pasted: str) -> None:
    answer = send(site.client, "/espace/personnes/nouvelle", {"nom": "Z.", "accord": "oral", "colle": pasted})
    assert answer.status_code == 422
    assert "#colle" in Page.read(answer.text).links().values()


@pytest.mark.parametrize(
    ("role", "organisation"), [("referent", "Une autre"), ("administrateur", "Maison de l’emploi")]
)
def test_to_others_the_file_does_not_exist(site: WorkspaceSite, role: str, organisation: str) -> None:
    address = new_file(site, nom="Mimosa")
    other = site.client_for(role, organisation)
    assert other.get(f"{address}/situation").status_code == 404
    assert send(other, f"{address}/situation", {"version": "1", "note": "x"}).status_code == 404
    assert send(other, f"{address}/situation/lecture", {"note": "x"}).status_code == 404
    assert "Mimosa" not in other.get("/espace/personnes").text


def test_without_a_session_what_was_typed_is_held(site: WorkspaceSite) -> None:
    address = new_file(site)
    answer = site.client_for().post(f"{address}/situation", data={"version": "1", "note": "long texte"})
    assert answer.status_code == 401
    assert 'name="reprise"' in answer.text


def test_a_form_of_another_site_saves_nothing(site: WorkspaceSite) -> None:
    address = new_file(site)
    assert site.client.post(f"{address}/situation", data={"version": "1", "note": "x"}).status_code == 403


def test_a_full_name_is_noticed_and_kept_by_one_tick(site: WorkspaceSite) -> None:
    sent = {"nom": "Léa Bernard", "accord": "oral"}
    answer = send(site.client, "/espace/personnes/nouvelle", sent)
    assert answer.status_code == 422
    assert "ressemble à un nom complet" in answer.text
    box = next(e for e in Page.read(answer.text).all("input") if e.get("name") == "garder_nom")
    assert box.get("value") == "Léa Bernard"
    assert "Léa Bernard" not in site.client.get("/espace/personnes").text
    changed = send(
        site.client, "/espace/personnes/nouvelle", {**sent, "nom": "Zoé Bernard", "garder_nom": "Léa Bernard"}
    )
    assert changed.status_code == 422
    new_file(site, nom="Léa Bernard", garder_nom="Léa Bernard")
    assert "Léa Bernard" in site.client.get("/espace/personnes").text


def test_the_questionnaire_notices_a_new_full_name_and_saves_the_rest(site: WorkspaceSite) -> None:
    address = f"{new_file(site)}/situation"
    sent = {"version": "1", "nom": "Léa Bernard", "age": "31"}
    told = send(site.client, address, sent, headers=JSON)
    assert told.status_code == 422
    assert "nom complet" in told.json()["erreurs"]["nom"]
    page = site.client.get(address).text
    assert ('value="M. B."' in page, 'value="31"' in page) == (True, True)
    kept = send(site.client, address, {**sent, "version": "2", "garder_nom": "Léa Bernard"}, headers=JSON)
    assert kept.status_code == 200
    again = send(site.client, address, {**sent, "version": "3", "age": "32"}, headers=JSON)
    assert (again.status_code, again.json()["erreurs"]) == (200, {})
