"""Sharing ends by itself or at once; a hand-over gives the file as it is."""

from dataclasses import replace

import pytest

from indexer.accounts import Accounts, Role, User
from indexer.dossiers import Dossiers, NotFound, RefusedAnswers
from indexer.dossiers.saving import save_answers
from indexer.dossiers.sharing import HAND_OVER_DAYS, MAX_DAYS, Sharing
from indexer.sealing import Sealer
from tests.support.clocks import MovedClock
from tests.support.dossiers import CLAIRE, KARIM, LEA, open_file

COLLEAGUE = User(
    "lea", "lea@ccas.test", "Léa", Role.REFERENT, "ccas", "CCAS", MovedClock()(), None, False, False, False
)


def test_a_shared_file_opens_until_its_day_and_can_be_written(dossiers: Dossiers, clock: MovedClock) -> None:
    made = open_file(dossiers)
    Sharing(dossiers).share(CLAIRE, made.id, "ccas", days=10)
    assert save_answers(dossiers, LEA, made.id, 1, {"age": "40"}).dossier.answers == {"age": "40"}
    assert [one.id for one in dossiers.iter_for(LEA)] == [made.id]
    clock.move(days=10)
    with pytest.raises(NotFound):
        dossiers.get(LEA, made.id)


def test_a_sharing_taken_back_closes_the_file_at_once(dossiers: Dossiers) -> None:
    made, sharing = open_file(dossiers), Sharing(dossiers)
    sharing.share(CLAIRE, made.id, "ccas", days=10)
    (share,) = sharing.of(KARIM, made.id)
    sharing.revoke(KARIM, made.id, share.id)
    assert [one.active for one in sharing.of(CLAIRE, made.id)] == [False]
    with pytest.raises(NotFound):
        dossiers.get(LEA, made.id)


def test_sharing_twice_with_one_organisation_keeps_one_sharing(dossiers: Dossiers) -> None:
    made, sharing = open_file(dossiers), Sharing(dossiers)
    sharing.share(CLAIRE, made.id, "ccas", days=10)
    sharing.share(CLAIRE, made.id, "ccas", days=90)
    assert [one.active for one in sharing.of(CLAIRE, made.id)].count(True) == 1


def test_who_it_is_shared_with_neither_shares_it_on_nor_deletes_it_nor_hands_it_over(dossiers: Dossiers) -> None:
    made, sharing = open_file(dossiers), Sharing(dossiers)
    sharing.share(CLAIRE, made.id, "ccas", days=10)
    (share,) = sharing.of(LEA, made.id)
    for forbidden in (
        lambda: sharing.share(LEA, made.id, "autre", 10),
        lambda: sharing.revoke(LEA, made.id, share.id),
        lambda: sharing.hand_over(LEA, made.id, COLLEAGUE),
        lambda: dossiers.delete(LEA, made.id),
    ):
        with pytest.raises(NotFound):
            forbidden()
    assert dossiers.get(CLAIRE, made.id) == made


@pytest.mark.parametrize("days", [0, -1, MAX_DAYS + 1])
def test_a_sharing_without_an_end_in_the_year_is_refused(dossiers: Dossiers, days: int) -> None:
    made = open_file(dossiers)
    with pytest.raises(RefusedAnswers):
        Sharing(dossiers).share(CLAIRE, made.id, "ccas", days)


def test_a_file_is_not_shared_with_its_own_organisation(dossiers: Dossiers) -> None:
    made = open_file(dossiers)
    with pytest.raises(RefusedAnswers):
        Sharing(dossiers).share(CLAIRE, made.id, CLAIRE.organisation_id, 10)


def test_a_sharing_of_another_file_is_not_found(dossiers: Dossiers) -> None:
    mine, other, sharing = open_file(dossiers), open_file(dossiers), Sharing(dossiers)
    sharing.share(CLAIRE, other.id, "ccas", 10)
    (share,) = sharing.of(CLAIRE, other.id)
    with pytest.raises(NotFound):
        sharing.revoke(CLAIRE, mine.id, share.id)


def test_a_hand_over_to_another_organisation_gives_the_file_as_it_is(dossiers: Dossiers) -> None:
    made = open_file(dossiers, note="tout ce qui a été dit")
    Sharing(dossiers).hand_over(CLAIRE, made.id, COLLEAGUE)
    given = dossiers.get(LEA, made.id)
    assert (given.referent_id, given.organisation_id, given.answers) == ("lea", "ccas", made.answers)
    with pytest.raises(NotFound):
        dossiers.get(CLAIRE, made.id)


def test_what_other_packages_keep_follows_a_file_to_its_new_organisation_only(dossiers: Dossiers) -> None:
    followed: list[tuple[str, ...]] = []
    dossiers.also_hand_over(
        lambda connection, dossier_id, organisation_id: followed.append((dossier_id, organisation_id))
    )
    made = open_file(dossiers)
    Sharing(dossiers).hand_over(CLAIRE, made.id, replace(COLLEAGUE, organisation_id=CLAIRE.organisation_id))
    assert followed == []
    Sharing(dossiers).hand_over(CLAIRE, made.id, COLLEAGUE)
    assert followed == [(made.id, "ccas")]


def test_the_former_organisation_may_keep_access_for_a_month(dossiers: Dossiers, clock: MovedClock) -> None:
    made = open_file(dossiers)
    Sharing(dossiers).hand_over(CLAIRE, made.id, COLLEAGUE, keep_access=True)
    assert dossiers.get(CLAIRE, made.id).organisation_id == "ccas"
    clock.move(days=HAND_OVER_DAYS)
    with pytest.raises(NotFound):
        dossiers.get(CLAIRE, made.id)


@pytest.mark.parametrize("change", [{"disabled": True}, {"role": Role.ADMINISTRATEUR}, {"organisation_id": ""}])
def test_a_file_is_not_handed_to_who_follows_nobody(dossiers: Dossiers, change: dict[str, object]) -> None:
    made = open_file(dossiers)
    with pytest.raises(RefusedAnswers):
        Sharing(dossiers).hand_over(CLAIRE, made.id, replace(COLLEAGUE, **change))  # type: ignore[arg-type]


def test_the_log_of_accesses_tells_each_reading_once_and_what_was_decided(
    dossiers: Dossiers, clock: MovedClock
) -> None:
    made = open_file(dossiers)
    for _ in range(3):
        dossiers.get(KARIM, made.id)
    Sharing(dossiers).share(CLAIRE, made.id, "ccas", 10)
    assert isinstance(dossiers.sealer, Sealer)
    told = Accounts(dossiers.database, dossiers.sealer, clock).accesses(made.id)
    assert [(one.user_id, one.kind) for one in told] == [
        ("claire", "partage"),
        ("karim", "lecture"),
        ("claire", "lecture"),
        ("claire", "ouverture"),
    ]
