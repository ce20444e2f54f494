"""iCalendar: recurrences, time zones, exceptions, and rules that never end."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from indexer.errors import FeedError
from indexer.feeds.base import REFUSAL_KEY, FeedOptions
from indexer.feeds.recurrences import MAX_OCCURRENCES
from indexer.schema import Kind, RawRecord

Read = Callable[..., list[RawRecord]]
TODAY = FeedOptions(producer="mjc", today=date(2026, 11, 22))


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\nDTSTAMP:20261101T080000Z\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//essai\nX-WR-CALNAME:MJC\n{body}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    )


def weekly(
    extra: str = "", rule: str = "FREQ=WEEKLY;COUNT=3", start: str = ";TZID=Europe/Paris:20270322T140000"
) -> str:
    return f"UID:u1\nSUMMARY:Atelier CV et emploi\nDTSTART{start}\nDURATION:PT2H\nRRULE:{rule}\n{extra}"


def starts(records: list[RawRecord]) -> list[str]:
    (offer,) = [r.fields for r in records if r.kind is Kind.OFFER and REFUSAL_KEY not in r.fields]
    return [session["debut"] for session in offer["sessions"]]


def refused(records: list[RawRecord]) -> list[Any]:
    return [r.fields[REFUSAL_KEY] for r in records if REFUSAL_KEY in r.fields]


def test_a_recurrence_keeps_its_hour_when_the_clocks_change(read: Read) -> None:
    assert starts(read(calendar(weekly()), options=TODAY)) == [
        "2027-03-22T14:00:00+01:00",
        "2027-03-29T14:00:00+02:00",
        "2027-04-05T14:00:00+02:00",
    ]


def test_dates_taken_out_and_put_in_are_respected(read: Read) -> None:
    extra = "EXDATE;TZID=Europe/Paris:20270329T140000\nRDATE;TZID=Europe/Paris:20270331T100000"
    assert starts(read(calendar(weekly(extra)), options=TODAY)) == [
        "2027-03-22T14:00:00+01:00",
        "2027-03-31T10:00:00+02:00",
        "2027-04-05T14:00:00+02:00",
    ]


def test_an_occurrence_that_was_moved_replaces_its_date(read: Read) -> None:
    exception = "RECURRENCE-ID;TZID=Europe/Paris:20270329T140000"
    moved = f"UID:u1\nSUMMARY:Atelier CV\n{exception}\nDTSTART;TZID=Europe/Paris:20270330T090000\nDURATION:PT1H"
    assert starts(read(calendar(weekly(), moved), options=TODAY))[1] == "2027-03-30T09:00:00+02:00"


def test_a_rule_without_end_stops_at_the_horizon(read: Read) -> None:
    found = starts(read(calendar(weekly(rule="FREQ=DAILY")), options=TODAY))
    assert 100 < len(found) <= MAX_OCCURRENCES


def test_an_end_given_in_universal_time_is_read_in_the_zone_of_the_event(read: Read) -> None:
    rule = "FREQ=WEEKLY;UNTIL=20270329T120000Z"  # 14:00 in Paris, summer time: included
    assert len(starts(read(calendar(weekly(rule=rule)), options=TODAY))) == 2


def test_a_day_without_hour_stays_a_day_and_its_end_is_included(read: Read) -> None:
    event = "UID:u2\nSUMMARY:Semaine de l'emploi\nDTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270306"
    (offer,) = [r.fields for r in read(calendar(event), options=TODAY) if r.kind is Kind.OFFER]
    assert offer["sessions"] == [{"debut": "2027-03-01", "fin": "2027-03-05"}]


def test_a_floating_hour_keeps_no_zone(read: Read) -> None:
    assert starts(read(calendar(weekly(rule="FREQ=WEEKLY;COUNT=1", start=":20270322T140000")), options=TODAY)) == [
        "2027-03-22T14:00:00"
    ]


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=5", "FREQ=CHAQUEFOIS", "FREQ=WEEKLY;BYDAY=XX"])
def test_a_rule_that_cannot_be_followed_refuses_that_event_alone(read: Read, rule: str) -> None:
    good = weekly().replace("UID:u1", "UID:u9")
    records = read(calendar(weekly(rule=rule), good), options=TODAY)
    assert len(starts(records)) >= 1
    assert sum(1 for r in records if r.kind is Kind.OFFER and REFUSAL_KEY not in r.fields) <= 2


def test_a_rule_that_never_matches_ends(read: Read) -> None:
    assert len(starts(read(calendar(weekly(rule="FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")), options=TODAY))) == 1


def test_an_event_of_another_century_is_refused(read: Read) -> None:
    assert (
        "trop ancienne"
        in refused(read(calendar(weekly(start=":01010101T000000", rule="FREQ=DAILY")), options=TODAY))[0]
    )


def test_a_cancelled_event_is_refused_and_an_organiser_is_a_name_never_an_address(read: Read) -> None:
    organiser = 'ORGANIZER;CN="Mission locale":mailto:prenom.nom@example.org'
    records = read(calendar(weekly("STATUS:CANCELLED"), weekly(organiser).replace("UID:u1", "UID:u3")), options=TODAY)
    assert "annulé" in refused(records)[0]
    assert "Mission locale" in [r.fields.get("nom") for r in records]
    assert "example.org" not in str([r.fields for r in records])


def test_a_place_on_one_line_gives_its_town(read: Read) -> None:
    records = read(calendar(weekly("LOCATION:Salle B\\, 3 rue A\\, 86000 Poitiers")), options=TODAY)
    assert records[-1].fields["commune"] == "Poitiers"


@pytest.mark.parametrize("content", ["<html>erreur</html>", "BEGIN:VCALENDAR\r\nnimporte", ""])
def test_what_is_no_calendar_is_said(read: Read, content: str) -> None:
    with pytest.raises(FeedError):
        read(content, "ical")
