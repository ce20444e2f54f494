"""« Comment ça va ? » after a job was found: the référent is told by mail, once a reminder, once a week at most.

The mail holds links and a number: neither names nor words of anyone. That a reminder was mailed is a line of the plan's
history, so nothing else has to remember it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, exists, select

from indexer.accounts import User
from indexer.catalogue.database import Database
from indexer.catalogue.dialects import take_turns
from indexer.dossiers.letters import find_open_user
from indexer.dossiers.model import Statut
from indexer.dossiers.tables import dossiers
from indexer.geocode.clocks import MAINLAND
from indexer.mail.letter import Button, Mail, Paragraph, build_body
from indexer.mail.outbox import Outbox
from indexer.plans.history import write_change
from indexer.plans.model import MAILED, SITE, Change
from indexer.plans.sealed import Sealing
from indexer.plans.tables import plan_changes, plan_meetings

LISTED: Final = 10
"""Links of one mail; the list of people followed shows the others."""

FOLLOW_PAGE: Final = "/espace/personnes/{}/suivi"
PEOPLE_PAGE: Final = "/espace/personnes"


def mail_reminders(database: Database, outbox: Outbox, sealer: Sealing, now: datetime) -> int:
    """The daily task: how many mails were written. A référent who had one this week waits for the next week."""
    written = 0
    with database.reading() as connection:
        referents = connection.scalars(_due(now).with_only_columns(dossiers.c.referent_id).distinct()).all()
    for referent_id in sorted(referents):
        with database.writing() as connection:
            written += _mail_one(connection, outbox, sealer, referent_id, now)
    return written


def _mail_one(connection: Connection, outbox: Outbox, sealer: Sealing, referent_id: str, now: datetime) -> bool:
    """Read again in the transaction: another process may have told them meanwhile."""
    take_turns(connection, f"rappels:{referent_id}")
    user = find_open_user(connection, referent_id)
    mine = dossiers.c.referent_id == referent_id
    rows = connection.execute(_due(now).where(mine).order_by(plan_meetings.c.at, plan_meetings.c.id)).all()
    year, week, _ = now.astimezone(MAINLAND).isocalendar()
    if user is None or not rows:
        return False
    if not outbox.put(connection, _letter(user, outbox, rows), f"rappels-{referent_id}-{year}-{week}"):
        return False
    for row in rows:
        change = Change(now, SITE, MAILED, "", None, None, row.id)
        write_change(connection, sealer, row.dossier_id, change)
    return True


def _due(now: datetime) -> Any:
    """Reminders whose day has come, of files still followed, that no mail told yet."""
    told = exists().where(plan_changes.c.line_id == plan_meetings.c.id, plan_changes.c.field == MAILED)
    query = select(plan_meetings.c.id, plan_meetings.c.dossier_id).join_from(
        plan_meetings, dossiers, dossiers.c.id == plan_meetings.c.dossier_id
    )
    due = (plan_meetings.c.kind == "rappel") & plan_meetings.c.done.is_(False) & (plan_meetings.c.at <= now)
    return query.where(due, dossiers.c.statut == Statut.ACTIF, ~told)


def _letter(user: User, outbox: Outbox, rows: Sequence[Row[Any]]) -> Mail:
    files = sorted({row.dossier_id for row in rows})
    who = "une personne qui a trouvé" if len(files) == 1 else f"{len(files)} personnes qui ont trouvé"
    links = [Button("Ouvrir le suivi", outbox.absolute(FOLLOW_PAGE.format(one))) for one in files[:LISTED]]
    body = build_body(
        (
            Paragraph("Bonjour,"),
            Paragraph(f"C’est le moment de prendre des nouvelles de {who} un emploi ces derniers mois."),
            *links,
            Button("Voir toutes les personnes suivies", outbox.absolute(PEOPLE_PAGE)),
            Paragraph("Chaque rappel n’est envoyé qu’une fois, et un courriel par semaine au plus."),
        )
    )
    return Mail(user.email, "Des nouvelles à prendre", body.text, body.html, "suivi")
