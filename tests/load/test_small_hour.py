"""Twelve référents at once on real servers lose nothing; and the reckoning would see it if they did."""

from pathlib import Path

import orjson
import pytest

from tests.load.hour.ledger import Fact, Ledger, WrongAnswer
from tests.load.hour.reckoning import Reckoning, compare
from tests.load.workspace_hour import run_hour

REFERENTS = 12
HELD = {
    "nom": "A.",
    "reponses": {"age": "31"},
    "historique": [{"champ": "age", "avant": "30"}],
    "orientations": [],
    "plan": [{"sorte": "étape", "titre": "Le CV", "note": "Avec Driss.", "offre_id": None}],
}


@pytest.mark.slow
def test_twelve_referents_at_once_lose_nothing(tmp_path: Path, catalogue_url: str) -> None:
    on_sqlite = catalogue_url.startswith("sqlite")
    url = None if on_sqlite else catalogue_url
    ledger, _, found = run_hour(tmp_path, REFERENTS, clients=8, processes=1 if on_sqlite else 2, database_url=url)
    assert dict(ledger.errors) == {}
    assert found.faults() == []
    assert found.held["dossiers"] == REFERENTS
    assert ledger.acknowledged == REFERENTS * 16


@pytest.mark.parametrize(
    "fact",
    [Fact("reponse", "age", "32"), Fact("etape", "La lettre"), Fact("note", "Le CV", "Avec Camille."),
     Fact("demande", "ex--o1", "Bonjour"), Fact("nom", "nom", "B.")],
)  # fmt: skip
def test_a_change_that_is_nowhere_is_counted_as_lost(fact: Fact) -> None:
    ledger, found = Ledger(), Reckoning()
    ledger.hold("dossier", fact)
    compare(orjson.dumps(HELD).decode(), "dossier", ledger, found)
    assert (found.checked, len(found.lost)) == (1, 1)
    assert found.faults() == found.lost


def test_a_value_that_another_one_replaced_is_found_in_the_history_when_both_wrote_it() -> None:
    ledger, found = Ledger(), Reckoning()
    ledger.contest("dossier", Fact("reponse", "age", "30"))
    ledger.hold("dossier", Fact("reponse", "age", "31"), Fact("note", "Le CV", "Avec Driss."))
    compare(orjson.dumps(HELD).decode(), "dossier", ledger, found)
    assert (found.checked, found.lost) == (3, [])


def test_a_row_too_few_a_doubled_mail_and_a_deadlock_are_faults() -> None:
    found = Reckoning(held={"dossiers": 1}, said={"dossiers": 2}, deadlocks=1, mails_twice=1)
    assert len(found.faults()) == 3


def test_an_action_that_fails_is_counted_and_stops_no_other() -> None:
    ledger = Ledger()
    for _ in range(2):
        with ledger.noticing("orienter"):
            raise WrongAnswer("500")
    assert dict(ledger.errors) == {"orienter : WrongAnswer 500": 2}
