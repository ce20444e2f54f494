"""24 months after the last change a file goes; its référent is told a month before."""

from datetime import UTC, datetime

import pytest

from indexer.accounts import Role, User
from indexer.dossiers import Dossiers, NotFound
from indexer.dossiers.prefills import Prefills
from indexer.dossiers.retention import Correspondence, erase_ended, erase_past_texts, warn_of_end
from indexer.dossiers.saving import read_changes, save_answers
from indexer.mail.outbox import Outbox
from tests.support.clocks import MovedClock
from tests.support.dossiers import CLAIRE, open_file

USER = User(
    "claire", "claire@ml.test", "Claire", Role.REFERENT, "mission-locale", "ML", MovedClock()(), None, False, False,
    False,
)  # fmt: skip


@pytest.fixture
def letters(dossiers: Dossiers, clock: MovedClock) -> Correspondence:
    outbox = Outbox(dossiers.database, dossiers.sealer, clock, "https://maillage.test")
    return Correspondence(outbox, {"claire": USER}.get, "/espace/personnes/{}".format)


def run(dossiers: Dossiers, letters: Correspondence, clock: MovedClock) -> tuple[int, int]:
    return warn_of_end(dossiers, letters, clock()), erase_ended(dossiers, clock())


def test_a_file_is_told_then_deleted_and_not_a_day_before(
    dossiers: Dossiers, letters: Correspondence, clock: MovedClock
) -> None:
    made = open_file(dossiers)
    steps = []
    for month, day, hour in ((2, 1, 13), (2, 2, 13), (3, 2, 11), (3, 2, 13)):
        clock.now = datetime(2028, month, day, hour, tzinfo=UTC)
        steps.append(run(dossiers, letters, clock))
    assert steps == [(0, 0), (1, 0), (0, 0), (0, 1)]
    with pytest.raises(NotFound):
        dossiers.get(CLAIRE, made.id)


def test_the_warning_says_the_day_and_the_page_and_nothing_of_the_person(
    dossiers: Dossiers, letters: Correspondence, clock: MovedClock
) -> None:
    made = open_file(dossiers, nom="Zoé", note="du retard")
    clock.now = datetime(2028, 2, 10, tzinfo=UTC)
    run(dossiers, letters, clock)
    (entry,) = letters.outbox.recent()
    assert entry.mail is not None
    assert entry.mail.to == "claire@ml.test"
    assert f"https://maillage.test/espace/personnes/{made.id}" in entry.mail.text
    assert "09/03/2028" in entry.mail.text
    assert "Zoé" not in entry.mail.text + entry.mail.subject


def test_a_change_starts_the_time_again(dossiers: Dossiers, letters: Correspondence, clock: MovedClock) -> None:
    made = open_file(dossiers)
    clock.now = datetime(2028, 2, 10, tzinfo=UTC)
    assert run(dossiers, letters, clock) == (1, 0)
    save_answers(dossiers, CLAIRE, made.id, 1, {"age": "40"})
    clock.now = datetime(2028, 4, 1, tzinfo=UTC)
    assert run(dossiers, letters, clock) == (0, 0)
    assert dossiers.get(CLAIRE, made.id).answers == {"age": "40"}


def test_tasks_that_slept_for_years_warn_before_they_delete(
    dossiers: Dossiers, letters: Correspondence, clock: MovedClock
) -> None:
    open_file(dossiers)
    clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    assert run(dossiers, letters, clock) == (1, 0)
    clock.move(days=28)
    assert run(dossiers, letters, clock) == (0, 1)


def test_a_file_whose_referent_is_gone_is_deleted_all_the_same(dossiers: Dossiers, clock: MovedClock) -> None:
    letters = Correspondence(Outbox(dossiers.database, dossiers.sealer, clock), {}.get, str)
    open_file(dossiers)
    clock.now = datetime(2030, 1, 1, tzinfo=UTC)
    run(dossiers, letters, clock)
    clock.move(days=28)
    assert run(dossiers, letters, clock) == (0, 1)
    assert letters.outbox.recent() == []


def test_more_files_than_one_transaction_takes_are_all_told(
    dossiers: Dossiers, letters: Correspondence, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.dossiers.retention._AT_ONCE", 2)
    for _ in range(5):
        open_file(dossiers)
    clock.now = datetime(2028, 2, 10, tzinfo=UTC)
    assert run(dossiers, letters, clock) == (5, 0)


def test_former_values_and_unsettled_answers_go_after_a_year(dossiers: Dossiers, clock: MovedClock) -> None:
    made = open_file(dossiers, note="avant")
    save_answers(dossiers, CLAIRE, made.id, 1, {"note": "après"})
    Prefills(dossiers).answer(Prefills(dossiers).make(CLAIRE, made.id), {"age": "32"})
    clock.move(days=400)
    assert erase_past_texts(dossiers, clock()) == 2
    with dossiers.database.reading() as connection:
        assert read_changes(dossiers, connection, made.id, 0) == []
    assert dossiers.get(CLAIRE, made.id).answers == {"note": "après"}
