"""docs/privacy.md against the code: every duration that it promises."""

import re
from pathlib import Path

from indexer.accounts import access_log
from indexer.alerts import alerts
from indexer.dossiers import kept_answers, prefills, reading_log, retention, sharing, situations
from indexer.mail import outbox
from indexer.mobilise import model
from indexer.publish import daily as publications
from indexer.relay import attachments, daily

DURATIONS = {
    "dossier, plan, suivi": f"{retention.KEPT_MONTHS} mois",
    "avertissement avant effacement": f"{retention.NOTICE.days} jours",
    "ce qu'un champ disait avant": f"{retention.HISTORY_MONTHS} mois",
    "lien pour répondre avant le rendez-vous": f"{prefills.LIVES.days} jours",
    "réponses par un lien que personne n'a reprises": f"{retention.UNSETTLED.days} jours",
    "situation complexe dite aux partenaires": f"{situations.LIVES.days} jours",
    "réponses gardées par un code": f"{kept_answers.LIVES.days} jours",
    "partage avec une organisation": f"{sharing.MAX_DAYS} jours",
    "accès gardé après un transfert": f"{sharing.HAND_OVER_DAYS} jours",
    "mots d'une demande à une structure": f"{daily.KEPT.days} jours",
    "pièces jointes d'une demande": f"{attachments.KEPT.days} jours",
    "alerte sur une recherche": f"{alerts.KEPT.days} jours",
    "texte et adresse d'un courriel envoyé": f"{outbox.KEPT_DAYS} jours",
    "brouillon d'une publication, ou publication jamais confirmée": f"{publications.DRAFT_DAYS} jours",
    "publication refusée ou retirée": f"{publications.ENDED_DAYS} jours",
    "d'où une publication a été commencée (empreinte à clé)": f"{publications.SENDER_DAYS} jours",
    "téléphone et courriel d'une entreprise à inviter": f"{model.KEPT.days} jours",
    "traces d'accès": f"{access_log.KEPT.days} jours",
}


def test_the_page_tells_every_duration_as_the_code_has_it(root: Path) -> None:
    page = (root / "docs" / "privacy.md").read_text()
    section = page.partition("## Combien de temps")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"(?m)^\| ([^|]+?) \| (\d+ \w+)[^|]* \|", section))
    assert rows == DURATIONS


def test_the_page_tells_the_warning_the_letters_and_the_pause_between_readings(root: Path) -> None:
    page = (root / "docs" / "privacy.md").read_text()
    assert f"prévenu à {retention.WARNED_MONTHS} mois" in page
    assert (kept_answers.LENGTH, reading_log.AGAIN.total_seconds()) == (8, 300)
    assert "Huit lettres" in page
    assert "moins de cinq minutes" in page
