"""The follow-up of a person: appointments, reviews, what is late, a job found."""

from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from indexer.accounts import Actor
from indexer.dossiers import NewDossier
from indexer.dossiers.model import Consent
from indexer.plans.model import Fields
from tests.support.workspace import WorkspaceSite, send, sign_in, sign_in_as, workspace_site


class Follow:
    """A file with its follow-up, and the référent who keeps it."""

    def __init__(self, site: WorkspaceSite) -> None:
        self.site = site
        self.actor: Actor = sign_in(site.client, name="Camille R.")
        new = NewDossier("A. B.", Consent.ORAL, {"code_commune": "90010"})
        self.id = site.workspace.dossiers.create(self.actor, new).id
        self.base = f"/espace/personnes/{self.id}/suivi"

    def get(self) -> str:
        answer = self.site.client.get(self.base)
        assert answer.status_code == 200
        return unescape(answer.text).replace("\u00a0", " ")

    def send(self, path: str, status: int = 303, **fields: str) -> str:
        answer = send(self.site.client, self.base + path, fields)
        assert answer.status_code == status
        return self.get() if status == 303 else unescape(answer.text).replace("\u00a0", " ")

    def later(self, days: int) -> None:
        self.site.clock.move(days=days)
        sign_in_as(self.site.client, self.actor.user_id)


@pytest.fixture
def follow(tmp_path: Path) -> Iterator[Follow]:
    with workspace_site(tmp_path) as site:
        yield Follow(site)


def test_what_was_said_and_the_next_appointment_are_kept_by_one_form(follow: Follow) -> None:
    page = follow.send(
        "/rendez-vous", note="Le CV avance.", jour="2026-03-09", heure="14:30", objet="Le CV", lieu="CCAS"
    )
    for told in ("lundi 9 mars, 14 h 30", "Le CV, CCAS", "Le CV avance.", "Points d’étape passés"):
        assert told in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Écrivez ce qui a été dit"),
        ({"jour": "demain", "note": "Dit."}, "cette date n’est pas lisible"),
        ({"jour": "2026-03-09", "heure": "midi", "note": "Dit."}, "cette heure n’est pas lisible"),
        ({"jour": "9999-01-01", "note": "Dit."}, "cette date n’est pas lisible"),
        ({"note": "x" * 2_001}, "2000 caractères"),
        ({"jour": "2026-03-09", "objet": "x" * 301}, "300 caractères"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_typed_stays(
    follow: Follow, fields: dict[str, str], said: str
) -> None:
    page = follow.send("/rendez-vous", 422, **fields)
    assert said in page
    assert fields.get("note", "") in page
    assert follow.site.workspace.plans.of(follow.actor, follow.id).meetings == ()


def test_an_appointment_that_is_over_asks_how_it_went(follow: Follow) -> None:
    follow.send("/rendez-vous", jour="2026-03-09", objet="Le CV")
    follow.later(8)
    assert "Passé : qu’en est-il ?" in follow.get()
    [meeting] = follow.site.workspace.plans.of(follow.actor, follow.id).meetings
    page = follow.send(f"/rendez-vous/{meeting.id}", action="fait", note="Absente.")
    assert "Passé" not in page
    assert "Absente." in page


def test_an_appointment_is_called_off_once(follow: Follow) -> None:
    follow.send("/rendez-vous", jour="2026-03-09", objet="Le CV")
    [meeting] = follow.site.workspace.plans.of(follow.actor, follow.id).meetings
    assert "Aucun rendez-vous" in follow.send(f"/rendez-vous/{meeting.id}", action="retirer")
    assert "n’est plus là" in follow.send(f"/rendez-vous/{meeting.id}", 422, action="retirer")


def people(follow: Follow, query: str = "") -> str:
    return unescape(follow.site.client.get(f"/espace/personnes{query}").text).replace("\u00a0", " ")


def test_the_list_of_people_puts_first_who_is_late_and_says_who_comes_this_week(follow: Follow) -> None:
    files, plans = follow.site.workspace.dossiers, follow.site.workspace.plans
    calm = files.create(follow.actor, NewDossier("C. D.", Consent.ORAL, {}))
    plans.add(follow.actor, follow.id, [Fields("Refaire le CV", echeance=date(2026, 3, 3))])
    follow.later(2)
    send(follow.site.client, f"/espace/personnes/{calm.id}/suivi/rendez-vous", {"jour": "2026-03-06"})
    page = people(follow)
    assert page.index("A. B.") < page.index("C. D.")
    assert "1 en retard" in page
    assert "Rendez-vous vendredi 6 mars" in page
    assert "C. D." not in people(follow, "?voir=retard")
    assert "A. B." not in people(follow, "?voir=semaine")
    assert "A. B." in people(follow, "?voir=n-importe-quoi")


def test_the_list_says_who_gave_no_news(follow: Follow) -> None:
    assert "Sans nouvelle" not in people(follow)
    follow.later(30)
    assert "Sans nouvelle depuis 30 jours" in people(follow)
    assert "A. B." in people(follow, "?voir=silence")


def test_a_job_found_reminds_three_times(follow: Follow) -> None:
    page = follow.send("/emploi", depuis="2026-03-02")
    for said in ("jeudi 2 avril", "mardi 2 juin", "mercredi 2 septembre", "comment ça va après 6 mois"):
        assert said in page
    assert "dites le jour" in follow.send("/emploi", 422, depuis="")


def test_the_list_calls_a_reminder_a_reminder(follow: Follow) -> None:
    follow.send("/emploi", depuis="2026-02-05")
    page = people(follow)
    assert "Rappel jeudi 5 mars" in page
    assert "Rendez-vous" not in page


def test_what_is_late_comes_first(follow: Follow) -> None:
    fields = Fields("Refaire le CV", echeance=date(2026, 3, 3))
    follow.site.workspace.plans.add(follow.actor, follow.id, [fields])
    assert "En retard" not in follow.get()
    follow.later(3)
    assert "En retard : Refaire le CV : c’était pour le mardi 3 mars." in follow.get()


def test_steps_done_tell_how_long_they_took(follow: Follow) -> None:
    plans = follow.site.workspace.plans
    lines = plans.add(follow.actor, follow.id, [Fields("Le CV"), Fields("La lettre"), Fields("L’entretien")])
    for line, days in zip(lines, (0, 12, 0), strict=True):
        follow.later(days)
        plans.change(follow.actor, follow.id, line.id, 1, Fields(line.fields.titre, etat="fait"))
    page = follow.get()
    assert "La lettre : samedi 14 mars (12 jours après l’étape d’avant)" in page.replace('<span class="soft">', "")
    assert "le même jour que l’étape d’avant" in page
