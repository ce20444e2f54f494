"""The examples of docs/sources are sources that hold; a session that is past ends an offer."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.schema import Offer, Statut
from tests.unit.sources.conftest import Declare

DOCS = Path(__file__).parents[3] / "docs" / "sources"


@pytest.mark.parametrize("page", ["README.md", "tableur.md"])
def test_the_example_of_the_page_is_a_source(page: str, declare: Declare) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    assert declare(example).place


SESSIONS = [
    {"debut": "2031-03-04T09:00:00+01:00"},
    {"debut": "2031-03-06T22:00:00+01:00", "fin": "2031-03-07T01:00:00+01:00"},
]


@pytest.mark.parametrize(
    ("fields", "last"),
    [
        ({"sessions": SESSIONS}, date(2031, 3, 7)),
        ({"sessions": SESSIONS[:1]}, date(2031, 3, 4)),
        ({"sessions": SESSIONS, "validite": {"fin": "2031-06-30"}}, date(2031, 6, 30)),
        ({"sessions": SESSIONS, "validite": {"debut": "2031-01-01"}}, date(2031, 3, 7)),
        ({"sessions": SESSIONS, "horaires_accueil": "Mo-Fr 09:00-12:00"}, None),
        ({}, None),
    ],
    ids=["last session", "one session", "validity wins", "open validity", "open place", "nothing said"],
)
def test_an_offer_stands_until_its_last_session(fields: dict[str, Any], last: date | None) -> None:
    offer = Offer.model_validate({"source": "ex", "id": "ex--1", "nom": "Atelier"} | fields)
    assert offer.last_day == last
    if last is not None:
        assert offer.statut(last) is Statut.PUBLIEE
        assert offer.statut(date.fromordinal(last.toordinal() + 1)) is Statut.EXPIREE
