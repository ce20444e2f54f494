"""How long a file is kept: 24 months after its last change, and its référent is told a month before.

Documented in docs/privacy.md, which a test compares with the figures here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection, Row, delete, select, update

from indexer.accounts import User
from indexer.dossiers.kept_answers import erase_past_answers
from indexer.dossiers.situations import erase_past_situations
from indexer.dossiers.store import Dossiers
from indexer.dossiers.tables import dossier_changes, dossier_links, dossiers
from indexer.mail.letter import Button, Mail, Paragraph, build_body
from indexer.mail.outbox import Outbox

if TYPE_CHECKING:
    from indexer.workspace import Workspace

KEPT_MONTHS: Final = 24
WARNED_MONTHS: Final = 23
NOTICE: Final = timedelta(days=28)
"""The least time between the warning and the end: where tasks were stopped for long, the warning still comes first."""

HISTORY_MONTHS: Final = 12
"""What a field held before: long enough to understand a file, not for as long as the file lives."""

UNSETTLED: Final = timedelta(days=30)
"""Answers by a link that nobody took into the file, after the end of the link."""

_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Correspondence:
    """How référents are told: `users` gives an account by its id, None when it is gone; `page` the file's address."""

    outbox: Outbox
    find_user: Callable[[str], User | None]
    page: Callable[[str], str]


def end_retention(workspace: "Workspace", now: datetime) -> int:
    """The daily task: how many files were deleted or announced, and texts past their time erased."""
    files = workspace.dossiers
    known = {user.id: user for user in workspace.accounts.users()}
    letters = Correspondence(workspace.outbox, known.get, "/espace/personnes/{}".format)
    return warn_of_end(files, letters, now) + erase_ended(files, now) + erase_past_texts(files, now)


def warn_of_end(files: Dossiers, letters: Correspondence, now: datetime) -> int:
    """Writes to the référents of files that nobody changed for 23 months; 100 files a transaction."""
    quiet = dossiers.c.changed_at <= now - relativedelta(months=WARNED_MONTHS)
    query = select(dossiers).where(quiet, dossiers.c.warned_at.is_(None)).order_by(dossiers.c.id).limit(_AT_ONCE)
    told = 0
    while True:
        with files.database.writing() as connection:
            rows = connection.execute(query).all()
            for row in rows:
                _warn(connection, letters, row, now)
        told += len(rows)
        if len(rows) < _AT_ONCE:
            return told


def erase_ended(files: Dossiers, now: datetime) -> int:
    """Deletes the files whose time is over and whose référent was told long enough ago."""
    over = dossiers.c.changed_at <= now - relativedelta(months=KEPT_MONTHS)
    with files.database.reading() as connection:
        ids = list(connection.scalars(select(dossiers.c.id).where(over, dossiers.c.warned_at <= now - NOTICE)))
    for dossier_id in ids:
        with files.database.writing() as connection:
            if connection.scalar(select(dossiers.c.id).where(dossiers.c.id == dossier_id, over)) is not None:
                files.erase(connection, dossier_id)
    return len(ids)


def erase_past_texts(files: Dossiers, now: datetime) -> int:
    """Answers under a code, unsettled answers by a link, what fields held long ago."""
    with files.database.writing() as connection:
        changes = delete(dossier_changes).where(dossier_changes.c.at <= now - relativedelta(months=HISTORY_MONTHS))
        links = delete(dossier_links).where(dossier_links.c.expires_at <= now - UNSETTLED)
        kept = erase_past_answers(connection, now) + erase_past_situations(connection, now)
        return kept + connection.execute(changes).rowcount + connection.execute(links).rowcount


def _warn(connection: Connection, letters: Correspondence, row: Row[Any], now: datetime) -> None:
    connection.execute(update(dossiers).where(dossiers.c.id == row.id).values(warned_at=now))
    user = letters.find_user(row.referent_id)
    if user is None or user.disabled:
        return
    end = (row.changed_at + relativedelta(months=KEPT_MONTHS)).date()
    body = build_body(
        (
            Paragraph("Bonjour,"),
            Paragraph(f"Un dossier que vous suivez n’a pas changé depuis {WARNED_MONTHS} mois."),
            Paragraph(f"Il sera effacé après le {max(end, (now + NOTICE).date()):%d/%m/%Y}, avec son plan."),
            Paragraph("Si vous suivez encore cette personne, ouvrez le dossier et enregistrez-le : il sera gardé."),
            Button("Ouvrir le dossier", letters.outbox.absolute(letters.page(row.id))),
        )
    )
    mail = Mail(user.email, "Un dossier va être effacé", body.text, body.html, "dossier")
    letters.outbox.put(connection, mail, f"dossier-fin-{row.id}-{row.version}-{row.changed_at:%Y%m%d}")
