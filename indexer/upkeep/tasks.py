"""The list of daily duties. Each part adds its line; what a task imports is read when it runs."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from indexer.upkeep.task import Task

if TYPE_CHECKING:
    from indexer.workspace import Workspace


def _requests(workspace: "Workspace", now: datetime) -> int:
    from indexer.relay.daily import remind_and_close

    return remind_and_close(workspace.relay, now)


def _troubles(workspace: "Workspace", now: datetime) -> int:
    from indexer.relay.daily import tell_troubles

    return tell_troubles(workspace.relay, now)


def _old_requests(workspace: "Workspace", now: datetime) -> int:
    from indexer.relay.daily import erase_over

    return erase_over(workspace.relay, now)


def _news(workspace: "Workspace", now: datetime) -> int:
    from indexer.alerts.searching import opening_search
    from indexer.alerts.weekly import tell_news

    return tell_news(workspace.alerts, opening_search(workspace), now)


def _old_alerts(workspace: "Workspace", now: datetime) -> int:
    from indexer.alerts.weekly import erase_over

    return erase_over(workspace.alerts, now)


def _publications_true(workspace: "Workspace", now: datetime) -> int:
    from indexer.publish.daily import ask_if_true

    return ask_if_true(workspace.publications, now)


def _publications_back(workspace: "Workspace", now: datetime) -> int:
    from indexer.publish.daily import wake_up

    return wake_up(workspace.publications, now)


def _standings(workspace: "Workspace", now: datetime) -> int:
    from indexer.publish.requests import refresh_standings

    return refresh_standings(workspace.publications, now)


def _old_publications(workspace: "Workspace", now: datetime) -> int:
    from indexer.publish.daily import erase_over

    return erase_over(workspace.publications, now)


def _old_files(workspace: "Workspace", now: datetime) -> int:
    from indexer.dossiers.retention import end_retention

    return end_retention(workspace, now)


def _reminders(workspace: "Workspace", now: datetime) -> int:
    from indexer.plans.reminding import mail_reminders

    return mail_reminders(workspace.catalogue.database, workspace.outbox, workspace.sealer, now)


def _accounts(workspace: "Workspace", now: datetime) -> int:  # noqa: ARG001  accounts have the workspace's clock
    return workspace.accounts.erase_old()


def _mails(workspace: "Workspace", now: datetime) -> int:
    return workspace.outbox.erase_old(now)


def _old_companies(workspace: "Workspace", now: datetime) -> int:
    return workspace.mobilise.forget_old(now)


TASKS: Final[tuple[Task, ...]] = (
    Task("demandes", "demandes relancées ou fermées", _requests),
    Task("refus", "adresses qui ne marchent pas, dites aux demandeurs", _troubles),
    Task("pieces", "pièces jointes et demandes effacées", _old_requests),
    Task("alertes", "alertes envoyées", _news),
    Task("fin-alertes", "alertes finies ou jamais confirmées", _old_alerts),
    Task("publications", "publications : « toujours d’actualité ? », ou endormies", _publications_true),
    Task("pauses", "publications de retour de pause", _publications_back),
    Task("immersions", "immersions : mois complet ou non, part de réponses", _standings),
    Task("fin-publications", "publications finies ou jamais confirmées, effacées", _old_publications),
    Task("dossiers", "dossiers annoncés ou effacés, textes trop anciens", _old_files),
    Task("rappels", "rappels d’emploi envoyés aux référents", _reminders),
    Task("comptes", "sessions, liens et accès anciens, effacés", _accounts),
    Task("entreprises", "entreprises dont téléphone et courriel sont effacés", _old_companies),
    Task("courriels", "courriels effacés", _mails),
)
