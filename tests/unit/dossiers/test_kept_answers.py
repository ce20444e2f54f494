"""Answers under a code: eight days, few tries, read by who follows people only."""

import pytest
from sqlalchemy import text

from indexer.accounts import Role
from indexer.dossiers import Dossiers, NotFound, kept_answers
from indexer.dossiers.errors import RefusedAnswers
from indexer.dossiers.kept_answers import LETTERS, LIVES, KeptAnswers
from indexer.errors import ExpiredLinkError, TooManyAttemptsError
from tests.support.clocks import MovedClock
from tests.support.dossiers import CLAIRE, KARIM, somebody


def test_a_code_gives_the_answers_however_it_is_typed(dossiers: Dossiers) -> None:
    kept = KeptAnswers(dossiers)
    code = kept.keep({"age": "31", "note": "du retard"})
    assert set(code) <= {*LETTERS, "-"}
    for typed in (code, code.lower(), f" {code.replace('-', ' ')} "):
        assert kept.read(CLAIRE, typed) == {"age": "31", "note": "du retard"}


def test_after_eight_days_the_answers_are_gone_from_the_database(dossiers: Dossiers, clock: MovedClock) -> None:
    kept = KeptAnswers(dossiers)
    code = kept.keep({"age": "31"})
    clock.move(days=LIVES.days)
    with pytest.raises(ExpiredLinkError):
        kept.read(CLAIRE, code)
    kept.keep({"age": "32"})
    with dossiers.database.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM kept_answers")) == 1


def test_guessing_codes_is_stopped_for_the_guesser_alone(dossiers: Dossiers) -> None:
    kept = KeptAnswers(dossiers)
    code = kept.keep({"age": "31"})
    for _ in range(5):
        with pytest.raises(ExpiredLinkError):
            kept.read(CLAIRE, "BBBB-BBBB")
    with pytest.raises(TooManyAttemptsError):
        kept.read(CLAIRE, code)
    assert kept.read(KARIM, code) == {"age": "31"}


def test_an_administrator_reads_no_answers(dossiers: Dossiers) -> None:
    kept = KeptAnswers(dossiers)
    code = kept.keep({"age": "31"})
    with pytest.raises(NotFound):
        kept.read(somebody("admin", "mission-locale", Role.ADMINISTRATEUR), code)


def test_nobody_fills_the_database_with_answers(dossiers: Dossiers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_answers, "MOST", 1)
    kept = KeptAnswers(dossiers)
    kept.keep({"age": "31"})
    with pytest.raises(RefusedAnswers):
        kept.keep({"age": "32"})


def test_the_answers_and_the_code_are_not_readable_in_the_database(dossiers: Dossiers) -> None:
    code = KeptAnswers(dossiers).keep({"note": "du retard"})
    with dossiers.database.reading() as connection:
        (row,) = connection.execute(text("SELECT code_hash, reponses FROM kept_answers"))
    assert code.replace("-", "") not in row.code_hash
    assert "retard" not in row.reponses
