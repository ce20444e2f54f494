"""Dates, validity and sessions, judged by a given clock (4 May 2026, 10:00 UTC)."""

from datetime import date
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("given_date", "kept", "rule"),
    [
        ("2026-04-16", date(2026, 4, 16), None),
        ("2026-04-16T23:30:00+00:00", date(2026, 4, 17), None),
        ("2026-04-16 08:00:00", date(2026, 4, 16), None),
        ("16/04/2026", date(2026, 4, 16), None),
        ("2026-05-05", date(2026, 5, 5), "date-future-proche"),
        ("2026-05-06", date(2026, 5, 6), "date-future-proche"),
        ("2026-05-07", None, "date-future"),
        ("0026-04-16", None, "date-impossible"),
        ("1999-12-31", None, "date-impossible"),
        ("31/02/2026", None, "date-impossible"),
        ("hier", None, "date-impossible"),
        (20260416, None, "date-impossible"),
        ("9999-12-31T23:59:59-12:00", None, "date-impossible"),
    ],
)
def test_the_date_of_the_last_change(offer: Any, given_date: Any, kept: date | None, rule: str | None) -> None:
    record, issues = offer(date_maj=given_date)
    assert record.date_maj == kept
    assert [i.regle for i in issues] == ([rule] if rule else [])


def test_the_year_0026_is_not_guessed_but_2026_is_proposed(offer: Any) -> None:
    assert "2026" in offer(date_maj="0026-04-16")[1][0].message


def test_validity_keeps_its_good_bounds(offer: Any) -> None:
    assert offer(validite={"debut": "01/09/2026", "fin": ""})[0].validite.debut == date(2026, 9, 1)
    record, issues = offer(validite={"debut": "jamais", "fin": "2026-12-31", "x": 1})
    assert (record.validite.debut, record.validite.fin) == (None, date(2026, 12, 31))
    assert [i.regle for i in issues] == ["date-impossible", "champ-inconnu"]
    assert offer(validite={"debut": "2026-12-31", "fin": "2026-01-01"})[0].validite is None


@pytest.mark.parametrize(
    ("fields", "debut", "written"),
    [
        ({}, "2026-05-04T14:00:00", "2026-05-04T14:00:00+02:00"),
        ({}, "2026-01-04 14:00", "2026-01-04T14:00:00+01:00"),
        ({"code_insee": "97411"}, "2026-05-04T14:00", "2026-05-04T14:00:00+04:00"),
        ({"code_postal": "97200"}, "04/05/2026 à 14h30", "2026-05-04T14:30:00-04:00"),
        ({"code_postal": "98800"}, "2026-05-04T03:00:00Z", "2026-05-04T14:00:00+11:00"),
        ({}, "2026-05-04", "2026-05-04T00:00:00+02:00"),
    ],
)
def test_a_session_bears_the_offset_of_its_place(offer: Any, fields: dict[str, str], debut: str, written: str) -> None:
    (session,) = offer(sessions=[{"debut": debut}], **fields)[0].sessions
    assert session.debut.isoformat() == written


@pytest.mark.parametrize(
    "bad",
    [
        {"debut": "0026-05-04T14:00"},
        {"debut": "2026-05-04T14:00", "fin": "2026-05-04T13:00"},
        {"debut": "2026-05-04T14:00", "fin": "tard"},
        {"debut": None},
        {"lieu": "Belfort"},
        "lundi",
        None,
        12,
    ],
)
def test_a_bad_session_is_dropped_and_the_others_stay(offer: Any, bad: Any) -> None:
    good = {
        "debut": "2026-05-05T09:00",
        "fin": "2026-05-05T12:00",
        "lieu": "<b>Salle</b> 2",
        "places": "12",
        "places_restantes": -1,
    }
    record, issues = offer(sessions=[bad, good])
    (session,) = record.sessions
    assert (session.lieu, session.places, session.places_restantes) == ("Salle 2", 12, None)
    assert {i.champ for i in issues} == {"sessions"}


def test_sessions_are_in_order_and_one_alone_may_be_an_object(offer: Any) -> None:
    record, _ = offer(sessions=[{"debut": "2026-06-01"}, {"debut": "2026-05-01"}])
    assert [s.debut.month for s in record.sessions] == [5, 6]
    assert len(offer(sessions={"debut": "2026-06-01"})[0].sessions) == 1
    assert offer(sessions="lundi")[0].sessions == ()
