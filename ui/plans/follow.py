"""The follow-up of a person: appointments, what is late, how long each step took, the first months of work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from indexer.dossiers import Dossier
from indexer.geocode.clocks import MAINLAND
from indexer.plans.model import Change, Meeting, Plan
from ui.contexts.report import FieldError
from ui.dossiers.frame import DossierFrame, build_frame
from ui.espace.navigation import Frame
from ui.plans import urls
from ui.plans.history_page import ToldDay, iter_days
from ui.plans.plan_page import Noticed
from ui.plans.words import say_delay, say_moment
from ui.wording import say_date, say_day

_LATEST = 12
"""Changes shown here; the history tells them all."""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """`late`: its day is over and nobody said how it went."""

    id: str
    when: str
    subject: str
    place: str
    note: str
    late: bool
    action: str


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A step that is done, and how long after the one before."""

    title: str
    day: str
    delay: str


@dataclass(frozen=True, slots=True)
class FollowPage:
    """`coming` and `past` are appointments, reviews and reminders; `since` is the last look at what is new."""

    title: str
    description: str
    espace: Frame
    dossier: DossierFrame
    late: tuple[str, ...]
    lost: tuple[str, ...]
    turning: tuple[str, ...]
    coming: tuple[MeetingView, ...]
    past: tuple[MeetingView, ...]
    done: tuple[DoneStep, ...]
    latest: tuple[ToldDay, ...]
    news_url: str
    since: str
    meetings_url: str
    job_url: str
    history_url: str
    errors: tuple[FieldError, ...]
    typed: str
    today: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What the page tells of: the changes are the latest first."""

    plan: Plan
    changes: Sequence[Change]
    noticed: Noticed
    looked: datetime | None


def build_follow_page(
    frame: Frame, dossier: Dossier, followed: Followed, now: datetime, error: str = "", typed: str = ""
) -> FollowPage:
    """`error` is about the appointment just sent, `typed` its words."""
    today, plan = now.date(), followed.plan
    titles = {line.id: line.fields.titre for line in plan.lines}
    open_ones = [one for one in plan.meetings if not one.done]
    return FollowPage(
        title=f"Suivi de {dossier.nom}",
        description="Rendez-vous, points d’étape et ce qui a changé.",
        espace=frame,
        dossier=build_frame(dossier, "suivi"),
        late=tuple(_say_late(line.fields.titre, line.fields.echeance, today) for line in plan.lines
                   if line.is_late(today)),
        lost=tuple(f"« {titles[line_id]} » : {words}" for line_id, words in followed.noticed.lost.items()),
        turning=followed.noticed.turning,
        coming=tuple(_meeting(one, dossier.id, now) for one in open_ones),
        past=tuple(_meeting(one, dossier.id, now) for one in reversed(plan.meetings) if one.done),
        done=tuple(_iter_done(followed.changes, today)),
        latest=tuple(iter_days(followed.changes[:_LATEST], today)),
        news_url=urls.proposals(dossier.id),
        since="" if followed.looked is None else say_date(followed.looked.astimezone(MAINLAND).date()),
        meetings_url=urls.meetings(dossier.id),
        job_url=urls.job(dossier.id),
        history_url=urls.history(dossier.id),
        errors=(FieldError("objet", error),) if error else (),
        typed=typed,
        today=today.isoformat(),
    )  # fmt: skip


def _say_late(title: str, due: date | None, today: date) -> str:
    return title if due is None else f"{title} : c’était pour le {say_day(due, today)}."


def _meeting(meeting: Meeting, dossier_id: str, now: datetime) -> MeetingView:
    return MeetingView(
        id=meeting.id,
        when=_say_when(meeting, now.date()),
        subject=meeting.objet or ("Point d’étape" if meeting.kind == "point" else "Rendez-vous"),
        place=meeting.lieu,
        note=meeting.note,
        late=not meeting.done and meeting.at.astimezone(MAINLAND).date() < now.date(),
        action=urls.meeting(dossier_id, meeting.id),
    )


def _say_when(meeting: Meeting, today: date) -> str:
    """A reminder has a day; an appointment has an hour too."""
    if meeting.kind == "rappel":
        return say_day(meeting.at.astimezone(MAINLAND).date(), today)
    return say_moment(meeting.at, today)


def _iter_done(changes: Sequence[Change], today: date) -> Iterable[DoneStep]:
    """From the first step done to the last; one that was opened again and done again is told twice."""
    before: date | None = None
    for change in reversed(changes):
        if change.champ == "etat" and change.apres == "fait":
            day = change.at.astimezone(MAINLAND).date()
            delay = "" if before is None else f"{say_delay((day - before).days)} après l’étape d’avant"
            yield DoneStep(change.titre, say_day(day, today), delay.replace("le même jour après", "le même jour que"))
            before = day
