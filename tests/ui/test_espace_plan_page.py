"""The plan of a person, as the professionals who accompany them make it and change it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.errors import EngineError
from indexer.matching.matcher import Matcher
from indexer.plans.model import Fields
from tests.support.pages import BELFORT, RENT
from tests.support.small_feeds import offer, structure
from tests.support.workspace import WorkspaceSite, make_user, send, sign_in, sign_in_as, workspace_site

RECORDS = [
    structure(nom="Toit solidaire", telephone="+33384000101", **BELFORT),
    offer(1, nom="Payer un loyer en retard", thematiques=(RENT,), frais="gratuit", telephone="+33384000102",
          latitude=47.64, longitude=6.86, **BELFORT),
    offer(2, nom="Loyer en retard, que faire", thematiques=(RENT,), latitude=47.64, longitude=6.86, **BELFORT),
    offer(3, nom="Cours de cuisine", latitude=47.64, longitude=6.86, **BELFORT),
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Iterator[WorkspaceSite]:
    with workspace_site(tmp_path, RECORDS) as site:
        yield site


class Followed:
    """A référent signed in, and the file of a person who must pay a rent in Belfort."""

    def __init__(self, site: WorkspaceSite, **answers: str) -> None:
        self.site, self.client = site, site.client
        self.actor = sign_in(site.client, name="Camille R.")
        given = {"code_commune": "90010", f"besoin:{RENT}": "besoin"} | answers
        new = NewDossier("A. B.", Consent.ORAL, {name: value for name, value in given.items() if value})
        self.id = site.workspace.dossiers.create(self.actor, new).id
        self.base = f"/espace/personnes/{self.id}"

    def get(self, path: str = "/plan") -> str:
        answer = self.client.get(self.base + path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return unescape(answer.text)

    def send(self, path: str, client: TestClient | None = None, **fields: str | list[str]) -> str:
        """The page one lands on; its address is checked to be one of ours."""
        client = client or self.client
        answer = send(client, self.base + path, fields)
        if answer.status_code == 303:
            assert answer.headers["location"].startswith(("/espace/", "/offres"))
            answer = client.get(answer.headers["location"])
        return unescape(answer.text)

    def later(self, days: int) -> None:
        """Another day: the session of the first one is over."""
        self.site.clock.move(days=days)
        sign_in_as(self.client, self.actor.user_id)

    def add(self, *titles: str) -> list[str]:
        plans = self.site.workspace.plans
        return [line.id for line in plans.add(self.actor, self.id, [Fields(title) for title in titles])]

    def titles(self) -> list[str]:
        plan = self.site.workspace.plans.of(self.actor, self.id)
        return [line.fields.titre for line in plan.lines]


@pytest.fixture
def followed(site: WorkspaceSite) -> Followed:
    return Followed(site)


def boxes(text: str) -> dict[str, bool]:
    """What is proposed, by value: whether it is ticked."""
    found = re.findall(r'<input type="checkbox"[^>]*name="choix" value="([^"]*)"( checked)?', text)
    return {value: bool(checked) for value, checked in found}


def test_an_empty_plan_proposes_the_best_of_each_need_ticked(followed: Followed) -> None:
    proposed = boxes(followed.get())
    assert len(proposed) == 2
    assert list(proposed.values()) == [True, False]
    assert all(value.startswith(f"{RENT}|") for value in proposed)


def test_what_is_ticked_becomes_the_plan(followed: Followed) -> None:
    chosen = [value for value, ticked in boxes(followed.get()).items() if ticked]
    page = followed.send("/plan/propositions", choix=chosen)
    assert len(followed.titles()) == 1
    assert "1 étape" in page.replace("\u00a0", " ")


def test_a_value_that_names_no_offer_and_no_need_is_left_out(followed: Followed) -> None:
    followed.send("/plan/propositions", choix=["x|inconnu--1", "x|", "|", f"{RENT}|\0--", f"{RENT}|"])
    assert followed.titles() == ["Chercher une solution : Payer son loyer"]


def test_a_rebuilt_plan_proposes_more_and_takes_nothing_away(followed: Followed) -> None:
    followed.send("/plan/propositions", choix=list(boxes(followed.get()))[:1])
    followed.add("Appeler la mairie")
    left = boxes(followed.get("/plan/propositions"))
    assert len(left) == 1
    followed.send("/plan/propositions", choix=list(left))
    assert len(followed.titles()) == 3


def test_without_a_place_the_page_says_what_to_do(site: WorkspaceSite) -> None:
    followed = Followed(site, code_commune="")
    for path in ("/plan", "/plan/propositions"):
        page = followed.get(path)
        assert "où vit la personne" in page
        assert f'href="{followed.base}/situation"' in page


def test_while_offers_cannot_be_searched_steps_can_be_written(
    followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise EngineError("le moteur est loin")

    monkeypatch.setattr(Matcher, "match", fail)
    assert "Les offres ne peuvent pas être cherchées" in followed.get()
    followed.send("/plan/lignes", titre="Refaire le CV")
    assert followed.titles() == ["Refaire le CV"]


def test_an_offer_that_came_since_the_last_look_is_told_new(followed: Followed) -> None:
    followed.get("/plan/propositions")
    followed.later(2)
    more = offer(9, nom="Aide neuve au loyer", thematiques=(RENT,), latitude=47.64, longitude=6.86, **BELFORT)
    followed.site.world.bring([*RECORDS, more], now=followed.site.clock())
    followed.site.world.index()
    page = followed.get("/plan/propositions")
    assert "1 offre nouvelle" in page.replace("\u00a0", " ")
    assert page.count(">Nouveau<") == 1
    assert "Nouveau" not in followed.get("/plan/propositions")


def test_a_step_in_ones_own_words_is_added_and_an_empty_one_refused(followed: Followed) -> None:
    followed.send("/plan/lignes", titre="Refaire le CV")
    assert followed.titles() == ["Refaire le CV"]
    assert "le titre de l’étape est vide" in followed.send("/plan/lignes", titre="  ")


def test_a_line_is_changed_by_its_form(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    page = followed.send(f"/plan/lignes/{line}", version="1", titre="Refaire le CV", etat="en-cours",
                         qui="partenaire", partenaire="La mission locale", echeance="2026-03-09", heures="2,5",
                         note="Avec une photo.", raison="")  # fmt: skip
    for said in ("En cours", "La mission locale", "pour le lundi 9 mars", "2,5 h par semaine", "Avec une photo."):
        assert said in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("echeance", "demain", "cette date n’est pas lisible"),
        ("heures", "beaucoup", "Heures par semaine"),
        ("heures", "inf", "Heures par semaine"),
        ("heures", "nan", "Heures par semaine"),
        ("etat", "x", "Choisissez où en est"),
        ("qui", "x", "Choisissez qui fait"),
        ("version", "x", "Rouvrez le plan"),
    ],
)
def test_a_field_that_cannot_be_read_is_told_and_nothing_typed_is_lost(
    followed: Followed, field: str, value: str, said: str
) -> None:
    [line] = followed.add("Refaire le CV")
    sent = {"version": "1", "titre": "Refaire le CV", "note": "Une longue note"} | {field: value}
    page = followed.send(f"/plan/lignes/{line}", **sent)
    assert said in page
    assert "Une longue note" in page
    assert followed.site.workspace.plans.of(followed.actor, followed.id).lines[0].version == 1


def test_two_professionals_who_change_one_line_see_both_versions_and_choose(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    colleague = followed.site.client_for()
    sign_in_as(colleague, make_user(followed.site.workspace, name="Driss B."))
    followed.send(f"/plan/lignes/{line}", colleague, version="1", titre="Refaire le CV", note="Le lundi")
    page = followed.send(f"/plan/lignes/{line}", version="1", titre="Refaire le CV", note="Le mardi", heures="3")
    assert "Version de Driss B. : « Le lundi »" in page
    assert "La vôtre : « Le mardi »" in page
    page = followed.send(f"/plan/lignes/{line}", version="2", titre="Refaire le CV", note="Le lundi", heures="3",
                         choix_note="mien", mien_note="Le mardi")  # fmt: skip
    assert "Le mardi" in page
    assert "3 h par semaine" in page


def test_a_line_that_a_colleague_took_off_can_be_put_back(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    followed.send(f"/plan/lignes/{line}/retirer", version="1")
    page = followed.send(f"/plan/lignes/{line}", version="1", titre="Refaire le CV", note="x")
    assert "quelqu’un d’autre l’a retirée" in page
    assert 'value="Refaire le CV"' in page


def test_taking_off_a_line_that_changed_meanwhile_asks_again(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    followed.send(f"/plan/lignes/{line}", version="1", titre="Refaire le CV", note="Important")
    page = followed.send(f"/plan/lignes/{line}/retirer", version="1")
    assert "Rien n’est retiré" in page
    followed.send(f"/plan/lignes/{line}/retirer", version="2")
    assert followed.titles() == []


def test_lines_move_up_and_down(followed: Followed) -> None:
    first, second = followed.add("a", "b")
    followed.send(f"/plan/lignes/{second}/deplacer", sens="haut")
    assert followed.titles() == ["b", "a"]
    followed.send(f"/plan/lignes/{second}/deplacer", sens="bas")
    assert followed.titles() == ["a", "b"]
    assert first != second


def test_another_offer_takes_the_place_of_a_line_and_keeps_its_note(followed: Followed) -> None:
    followed.send("/plan/propositions", choix=list(boxes(followed.get()))[:1])
    [before] = followed.site.workspace.plans.of(followed.actor, followed.id).lines
    followed.send(f"/plan/lignes/{before.id}", version="1", note="Avec son fils")
    page = followed.get(f"/plan/lignes/{before.id}/autres")
    [other] = set(re.findall(r'name="offre" value="([^"]+)"', page)) - {before.fields.offre_id, "ex--o3"}
    followed.send(f"/plan/lignes/{before.id}/autres", version="2", offre=other)
    [after] = followed.site.workspace.plans.of(followed.actor, followed.id).lines
    assert (after.fields.offre_id, after.fields.note) == (other, "Avec son fils")
    assert after.fields.titre != before.fields.titre


def test_an_offer_that_is_gone_is_told_on_its_line_with_what_can_replace_it(followed: Followed) -> None:
    followed.send("/plan/propositions", choix=list(boxes(followed.get()))[:1])
    [line] = followed.site.workspace.plans.of(followed.actor, followed.id).lines
    followed.site.world.bring([one for one in RECORDS if one[1]["id"] != line.fields.offre_id], accept_loss=True)
    followed.site.world.index()
    page = followed.get()
    assert "Cette offre n’est plus proposée." in page
    assert f"{followed.base}/plan/lignes/{line.id}/autres" in page
    assert 'name="offre"' in followed.get(f"/plan/lignes/{line.id}/autres")
    assert "Cette offre n’est plus proposée." in followed.get("/suivi")


def test_the_bar_follows_who_chooses_offers_and_goes_when_they_are_done(followed: Followed) -> None:
    start = followed.client.get(f"{followed.base}/plan/chercher")
    assert start.headers["location"] == "/offres?code_commune=90010"
    results = followed.client.get("/offres?code_commune=90010")
    assert results.headers["cache-control"] == "no-store"
    assert "Ajouter au plan de A. B." in results.text
    added = send(followed.client, f"{followed.base}/plan/ajouter", {"offre": "ex--o3", "retour": "/offres/ex--o3"})
    assert added.headers["location"] == "/offres/ex--o3"
    assert "Dans le plan" in followed.client.get("/offres/ex--o3").text
    assert followed.titles() == ["Cours de cuisine"]
    send(followed.client, f"{followed.base}/plan/arreter")
    assert "Ajouter au plan" not in followed.client.get("/offres").text


def test_the_bar_is_nobody_else_s(followed: Followed) -> None:
    other = followed.site.client_for("referent", "Autre organisation")
    for client in (other, followed.site.client_for()):
        client.cookies.set("plan-en-cours", followed.id)
        answer = client.get("/offres")
        assert answer.status_code == 200
        assert "A. B." not in answer.text
    assert "Cookie" in followed.site.client_for().get("/offres").headers["vary"]


def test_after_adding_one_never_lands_on_another_site(followed: Followed) -> None:
    for back in ("https://ailleurs.exemple", "//ailleurs.exemple", "/\\ailleurs.exemple"):
        added = send(followed.client, f"{followed.base}/plan/ajouter", {"offre": "ex--o3", "retour": back})
        assert added.headers["location"] == "/espace"


def test_the_sheet_says_where_to_go_and_whom_to_call(followed: Followed) -> None:
    followed.send("/plan/propositions", choix=[f"{RENT}|ex--o1"])
    for path in ("/plan/feuille", "/plan/feuille?taille=grande"):
        page = followed.get(path)
        for said in ("Payer un loyer en retard", "Toit solidaire", "03 84 00 01 02", "Camille R."):
            assert said in page
    assert "paper-large" in followed.get("/plan/feuille?taille=grande")


def test_dates_go_to_a_calendar(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    followed.send(f"/plan/lignes/{line}", version="1", echeance="2026-03-09")
    followed.send("/suivi/rendez-vous", jour="2026-03-10", heure="14:30", objet="Point", lieu="Mairie")
    file = followed.client.get(f"{followed.base}/plan/dates.ics")
    assert file.headers["content-type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20260309" in file.text
    assert "DTSTART:20260310T133000Z" in file.text
    assert "LOCATION:Mairie" in file.text


def test_the_history_says_who_did_what(followed: Followed) -> None:
    [line] = followed.add("Refaire le CV")
    followed.send(f"/plan/lignes/{line}", version="1", etat="fait")
    page = followed.get("/plan/historique")
    assert "Camille R." in page
    assert "a changé l’état de « Refaire le CV » : à faire → fait" in page


def test_a_change_of_situation_says_what_it_changes(site: WorkspaceSite) -> None:
    followed = Followed(site, age="24")
    followed.send("/plan/propositions", choix=[f"{RENT}|"])
    assert "La situation a changé" not in followed.get()
    followed.later(366)
    assert "25 ans : le RSA" in followed.get()


READ = ("/plan", "/plan/historique", "/plan/feuille", "/plan/dates.ics", "/plan/lien", "/plan/propositions",
        "/plan/chercher", "/suivi", "/plan/lignes/x/autres")  # fmt: skip


@pytest.mark.parametrize("path", READ)
def test_a_plan_of_another_organisation_does_not_exist(followed: Followed, path: str) -> None:
    for role in ("referent", "administrateur"):
        stranger = followed.site.client_for(role, "Autre organisation")
        assert stranger.get(followed.base + path).status_code == 404
    assert followed.site.client_for().get(followed.base + path).status_code == 303


@pytest.mark.parametrize("odd", ["é", "x" * 65, "%00"])
def test_an_odd_id_is_not_found(followed: Followed, odd: str) -> None:
    assert followed.client.get(f"/espace/personnes/{odd}/plan").status_code == 404
