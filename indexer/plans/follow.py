"""What is late, who has an appointment this week, who gave no news: for the list of people followed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from indexer.plans.model import MAILED, OPEN
from indexer.plans.tables import plan_changes, plan_lines, plan_meetings

SILENCE: Final = timedelta(days=30)

_AT_ONCE: Final = 500
"""Ids of one query: SQLite takes 32,766 at most, and PostgreSQL plans long lists badly."""


@dataclass(frozen=True, slots=True)
class Followed:
    """`late` counts steps and appointments whose day is over; `open` the steps still to do; `last` is the last news.

    `next` is the next appointment, `reminder` the next reminder. All empty for a dossier without a plan.
    """

    late: int = 0
    open: int = 0
    next: datetime | None = None
    last: datetime | None = None
    reminder: datetime | None = None

    def is_this_week(self, now: datetime) -> bool:
        """An appointment between now and Sunday night, on the calendar of `now`."""
        return _is_this_week(self.next, now)

    def reminds_this_week(self, now: datetime) -> bool:
        """The same for a reminder."""
        return _is_this_week(self.reminder, now)

    def is_silent(self, now: datetime, since: datetime) -> bool:
        """No news for 30 days; `since` is when the dossier began, for who never had any."""
        return now - (self.last or since) >= SILENCE


def _is_this_week(at: datetime | None, now: datetime) -> bool:
    if at is None:
        return False
    there = at.astimezone(now.tzinfo).date()
    return now.date() <= there <= now.date() + timedelta(days=6 - now.weekday())


def read_followed(connection: Connection, dossier_ids: Collection[str], now: datetime) -> dict[str, Followed]:
    """One for each dossier that has a plan. No text is unsealed."""
    found: dict[str, Followed] = {}
    for row in _rows(connection, dossier_ids, _lines(now)):
        found[row.dossier_id] = Followed(late=row.late or 0, open=row.open)
    for row in _rows(connection, dossier_ids, _meetings(now)):
        known = found.get(row.dossier_id, Followed())
        found[row.dossier_id] = replace(known, late=known.late + (row.late or 0), next=row.next, reminder=row.reminder)
    for row in _rows(connection, dossier_ids, _news()):
        found[row.dossier_id] = replace(found.get(row.dossier_id, Followed()), last=row.last)
    return found


def _lines(now: datetime) -> Select[Any]:
    late = func.count().filter(plan_lines.c.due < now.date())
    query = select(plan_lines.c.dossier_id, late.label("late"), func.count().label("open"))
    return query.where(plan_lines.c.state.in_(OPEN)).group_by(plan_lines.c.dossier_id)


def _meetings(now: datetime) -> Select[Any]:
    """An appointment of today is not late before its day is over."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    late = func.count().filter(plan_meetings.c.at < midnight)
    coming, reminds = plan_meetings.c.at >= midnight, plan_meetings.c.kind == "rappel"
    query = select(
        plan_meetings.c.dossier_id,
        late.label("late"),
        func.min(plan_meetings.c.at).filter(coming, ~reminds).label("next"),
        func.min(plan_meetings.c.at).filter(coming, reminds).label("reminder"),
    )
    return query.where(plan_meetings.c.done.is_(False)).group_by(plan_meetings.c.dossier_id)


def _news() -> Select[Any]:
    """A reminder that was mailed is no news of the person."""
    query = select(plan_changes.c.dossier_id, func.max(plan_changes.c.at).label("last"))
    return query.where(plan_changes.c.field != MAILED).group_by(plan_changes.c.dossier_id)


def _rows(connection: Connection, dossier_ids: Collection[str], query: Select[Any]) -> Iterator[Row[Any]]:
    ids = sorted(dossier_ids)
    column = query.selected_columns["dossier_id"]
    for start in range(0, len(ids), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(ids[start : start + _AT_ONCE])))
