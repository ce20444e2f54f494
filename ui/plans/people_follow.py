"""The follow-up of all the people of a list: what is late comes first, and the list can be narrowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from indexer.dossiers import Summary
from indexer.geocode.clocks import MAINLAND
from indexer.plans.follow import Followed
from ui.dossiers.urls import PEOPLE
from ui.wording import say_count, say_day

FILTER: Final = "voir"
_LABELS: Final = {
    "": "Tous",
    "retard": "En retard",
    "semaine": "Rendez-vous cette semaine",
    "silence": "Sans nouvelle depuis 30 jours",
}


@dataclass(frozen=True, slots=True)
class FollowLink:
    """One way to narrow the list; `count` is how many people it leaves."""

    label: str
    url: str
    count: int
    current: bool


@dataclass(frozen=True)
class PeopleFollow:
    """`followed` by dossier, `now` on any clock, `chosen` one of the ways to narrow the list, or empty for all."""

    followed: Mapping[str, Followed]
    now: datetime
    chosen: str

    def arrange(self, files: Sequence[Summary]) -> list[Summary]:
        """Those of the chosen way: the most late first, then the next appointment, then the order given."""
        kept = [one for one in files if self._keeps(one, self.chosen)]
        return sorted(kept, key=self._urgency)

    def _urgency(self, one: Summary) -> tuple[int, bool, datetime]:
        followed = self._of(one)
        soonest = min((at for at in (followed.next, followed.reminder) if at is not None), default=None)
        return -followed.late, soonest is None, soonest or self.now

    def notes(self, one: Summary) -> tuple[str, ...]:
        """« 2 en retard », « Rendez-vous mardi 3 mars », « Rappel jeudi 5 mars », « Sans nouvelle depuis 30 jours »."""
        followed, here = self._of(one), self.now.astimezone(MAINLAND)
        notes = [f"{followed.late} en retard"] if followed.late else []
        if followed.next is not None and followed.is_this_week(here):
            notes.append(f"Rendez-vous {_say_day(followed.next, here)}")
        if followed.reminder is not None and followed.reminds_this_week(here):
            notes.append(f"Rappel {_say_day(followed.reminder, here)}")
        if followed.is_silent(here, one.created_at):
            days = (here - (followed.last or one.created_at)).days
            notes.append(f"Sans nouvelle depuis {say_count(days, 'jour')}")
        return tuple(notes)

    def links(self, files: Sequence[Summary]) -> tuple[FollowLink, ...]:
        """The ways that leave somebody, and the one that is chosen."""
        counts = {code: sum(self._keeps(one, code) for one in files) for code in _LABELS}
        return tuple(
            FollowLink(label, _address(code), counts[code], code == self.chosen)
            for code, label in _LABELS.items()
            if counts[code] or code in ("", self.chosen)
        )

    def _of(self, one: Summary) -> Followed:
        return self.followed.get(one.id, Followed())

    def _keeps(self, one: Summary, code: str) -> bool:
        followed, here = self._of(one), self.now.astimezone(MAINLAND)
        if code == "retard":
            return followed.late > 0
        if code == "semaine":
            return followed.is_this_week(here)
        return code != "silence" or followed.is_silent(here, one.created_at)


def _say_day(at: datetime, here: datetime) -> str:
    return say_day(at.astimezone(MAINLAND).date(), here.date())


def _address(code: str) -> str:
    return f"{PEOPLE}?{urlencode({FILTER: code})}" if code else PEOPLE


def read_choice(typed: str) -> str:
    """What is none of our ways shows everyone."""
    return typed if typed in _LABELS else ""
