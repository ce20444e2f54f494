"""Opening hours: OSM as is, French when wholly understood, else dropped."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.normalise.hours import is_osm_hours, parse_hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Mo-Fr 09:00-12:00,14:00-17:30", "Mo-Fr 09:00-12:00,14:00-17:30"),
        ("Mo-Fr 09:00-12:00; PH off;", "Mo-Fr 09:00-12:00; PH off"),
        ("mo-fr 09:00-12:00", "Mo-Fr 09:00-12:00"),
        ("24/7", "24/7"),
        ("lundi au vendredi 9h-12h / 14h-17h30", "Mo-Fr 09:00-12:00,14:00-17:30"),
        ("Lun-Ven : 8h30 à 12h", "Mo-Fr 08:30-12:00"),
        ("Du lundi au vendredi de 9h à 12h et de 14h à 17h", "Mo-Fr 09:00-12:00,14:00-17:00"),
        ("Lundi, mercredi et jeudi : 9h - midi", "Mo 09:00-12:00; We-Th 09:00-12:00"),
        ("Mardi de 17:15 à 18:45 Jeudi de 17:15 à 18:45", "Tu 17:15-18:45; Th 17:15-18:45"),
        ("tous les jours 9h-18h sauf dimanche", "Mo-Sa 09:00-18:00"),
        ("lundi 9h-12h, lundi 14h-17h", "Mo 09:00-12:00,14:00-17:00"),
        ("Lundi : 9h-12h ; mardi : fermé", "Mo 09:00-12:00"),
        ("lundi matin 9h-12h et après-midi 14h-17h", "Mo 09:00-12:00,14:00-17:00"),
        ("<ul><li>Lundi 9h-12h</li></ul>", None),
        ("24h/24 7j/7", "24/7"),
        ('{"lundi": "9h-12h", "mardi": ["9h-12h", "14h-16h"]}', "Mo 09:00-12:00; Tu 09:00-12:00,14:00-16:00"),
        ("9h-17h", None),
        ("sur rendez-vous", None),
        ("lundi au vendredi 9h-12h sur rendez-vous", None),
        ("lundi au vendredi 9h-12h, mercredi 14h-17h", None),
        ("lundi 9h-12h, fermé lundi après-midi", None),
        ("lundi 17h-9h", None),
        ("vendredi au lundi 9h-12h", None),
        ("lundi 9h-12h 11h-14h", None),
        ("lundi 9h-12h et 11h-14h", None),
        ("lundi 25h-26h", None),
        ('"sur rendez-vous"', None),
    ],
)
def test_hours(offer: Any, text: str, hours: str | None) -> None:
    record, issues = offer(horaires_accueil=text)
    assert record.horaires_accueil == hours
    assert any(i.regle == "horaires-non-compris" for i in issues) is (hours is None)


def test_hours_by_day_as_an_object(offer: Any) -> None:
    assert offer(horaires_accueil={"lundi": "9h-12h"})[0].horaires_accueil == "Mo 09:00-12:00"
    assert offer(horaires_accueil={"lundi": {"x": 1}})[0].horaires_accueil is None


WORDS = (
    "lundi|mardi|ven|au|-|9h|12h30|14:00|et|,|/|fermé|sauf|matin|tous les jours|Mo|Fr|09:00|24/7|;|sur rdv|midi|:|le"
)
words = st.sampled_from(WORDS.split("|"))


@given(st.lists(words, max_size=12).map(" ".join) | st.text(max_size=40))
def test_what_is_given_back_is_always_osm_and_stays_itself(text: str) -> None:
    hours = parse_hours(text)
    assert hours is None or (is_osm_hours(hours) and parse_hours(hours) == hours)
