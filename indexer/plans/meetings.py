"""Appointments, reviews, and reminders in the first months of work."""

import secrets
from datetime import datetime
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection, Row, delete, insert, select, update

from indexer.plans.errors import PlanError
from indexer.plans.model import MAX_TITLE, MAX_WORDS, Meeting, MeetingKind
from indexer.plans.sealed import Sealing, seal_json, unseal_json
from indexer.plans.tables import plan_meetings

FIRST_MONTHS: Final = (1, 3, 6)
"""Months after a job was found at which one asks how it goes."""

_MOST: Final = 200


def read_meetings(connection: Connection, sealer: Sealing, dossier_id: str) -> tuple[Meeting, ...]:
    """From the earliest to the latest."""
    query = select(plan_meetings).where(plan_meetings.c.dossier_id == dossier_id)
    rows = connection.execute(query.order_by(plan_meetings.c.at, plan_meetings.c.id))
    return tuple(_meeting(row, sealer) for row in rows)


def read_meeting(connection: Connection, sealer: Sealing, dossier_id: str, meeting_id: str) -> Meeting:
    """PlanError for one that is not there."""
    query = select(plan_meetings).where(plan_meetings.c.dossier_id == dossier_id, plan_meetings.c.id == meeting_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise PlanError("Ce rendez-vous n’est plus là : quelqu’un d’autre l’a retiré.")
    return _meeting(row, sealer)


def add_meeting(connection: Connection, sealer: Sealing, dossier_id: str, meeting: Meeting) -> None:
    """PlanError beyond 200: nobody follows that many."""
    held = connection.execute(select(plan_meetings.c.id).where(plan_meetings.c.dossier_id == dossier_id)).all()
    if len(held) >= _MOST:
        raise PlanError("Trop de rendez-vous sont notés. Retirez les plus anciens.")
    sealed = seal_json(sealer, {"objet": meeting.objet, "note": meeting.note, "lieu": meeting.lieu})
    row = {"id": meeting.id, "dossier_id": dossier_id, "kind": meeting.kind, "at": meeting.at, "done": meeting.done}
    connection.execute(insert(plan_meetings).values(row | {"sealed": sealed}))


def finish_meeting(connection: Connection, sealer: Sealing, meeting: Meeting, note: str) -> None:
    """It took place; `note` is what was said."""
    sealed = seal_json(sealer, {"objet": meeting.objet, "note": checked_words(note), "lieu": meeting.lieu})
    connection.execute(update(plan_meetings).where(plan_meetings.c.id == meeting.id).values(done=True, sealed=sealed))


def drop_meeting(connection: Connection, meeting_id: str) -> None:
    connection.execute(delete(plan_meetings).where(plan_meetings.c.id == meeting_id))


def build_meeting(kind: MeetingKind, at: datetime, objet: str, note: str = "", lieu: str = "") -> Meeting:
    """PlanError for words that are too long. A review is written once it took place."""
    objet, lieu = objet.strip(), lieu.strip()
    if len(objet) > MAX_TITLE or len(lieu) > MAX_TITLE:
        raise PlanError(f"Le sujet et le lieu ont {MAX_TITLE} caractères au plus.")
    return Meeting(secrets.token_urlsafe(9), kind, at, kind == "point", objet, checked_words(note), lieu)


def build_reminders(hired: datetime) -> list[Meeting]:
    """How it goes, one, three and six months after a job was found."""
    return [
        build_meeting("rappel", hired + relativedelta(months=months), f"Emploi : comment ça va après {months} mois ?")
        for months in FIRST_MONTHS
    ]


def checked_words(text: str) -> str:
    """PlanError when it is too long."""
    text = text.strip()
    if len(text) > MAX_WORDS:
        raise PlanError(f"Ce texte est trop long : {MAX_WORDS} caractères au plus.")
    return text


def _meeting(row: Row[Any], sealer: Sealing) -> Meeting:
    return Meeting(row.id, row.kind, row.at, row.done, **unseal_json(sealer, row.sealed))
