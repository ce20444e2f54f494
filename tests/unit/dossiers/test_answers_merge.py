"""Two people who write at once: nobody's change is lost."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.dossiers import Dossiers
from indexer.dossiers.merge import Conflict, merge
from indexer.dossiers.saving import read_changes, save_answers
from indexer.sealing import Sealer
from tests.support.dossiers import CLAIRE, KARIM, open_file

FILES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["", "1", "2"]))


def at(values: dict[str, str], field: str) -> str:
    return values.get(field, "")


@given(FILES, FILES, FILES)
def test_every_change_is_in_the_file_or_shown(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    merged = merge(base, theirs, mine)
    shown = {conflict.field: conflict for conflict in merged.conflicts}
    for field in "abcd":
        kept = merged.values.get(field, "")
        if at(theirs, field) != at(base, field):
            assert kept == at(theirs, field)
        if field in mine and at(mine, field) != at(base, field):
            assert kept == at(mine, field) or shown[field] == Conflict(field, at(theirs, field), at(mine, field))


@given(FILES, FILES, FILES)
def test_nothing_changes_that_nobody_changed(
    base: dict[str, str], theirs: dict[str, str], mine: dict[str, str]
) -> None:
    merged = merge(base, theirs, mine)
    for field in "abcd":
        if at(theirs, field) == at(base, field) and (field not in mine or at(mine, field) == at(base, field)):
            assert merged.values.get(field, "") == at(base, field)


@given(FILES, FILES)
def test_without_a_known_base_every_difference_is_shown(theirs: dict[str, str], mine: dict[str, str]) -> None:
    merged = merge(None, theirs, mine)
    assert {c.field for c in merged.conflicts} == {f for f in mine if at(mine, f) != at(theirs, f)}
    assert merged.values == {field: value for field, value in theirs.items() if value}


def test_two_referents_who_change_different_fields_lose_nothing(dossiers: Dossiers) -> None:
    made = open_file(dossiers, age="31", note="avant")
    save_answers(dossiers, CLAIRE, made.id, 1, {"age": "32", "note": "avant"})
    saved = save_answers(dossiers, KARIM, made.id, 1, {"age": "31", "note": "après", "permis": "oui"})
    assert saved.conflicts == ()
    assert saved.dossier.answers == {"age": "32", "note": "après", "permis": "oui"}
    assert saved.dossier.version == 3


def test_two_referents_who_change_one_field_see_both(dossiers: Dossiers) -> None:
    made = open_file(dossiers, note="avant")
    save_answers(dossiers, CLAIRE, made.id, 1, {"note": "dit Claire"})
    saved = save_answers(dossiers, KARIM, made.id, 1, {"note": "dit Karim"})
    assert saved.conflicts == (Conflict("note", "dit Claire", "dit Karim"),)
    assert saved.dossier.answers["note"] == "dit Claire"
    again = save_answers(dossiers, KARIM, made.id, saved.dossier.version, {"note": "dit Karim"})
    assert (again.conflicts, again.dossier.answers["note"]) == ((), "dit Karim")


def test_a_version_that_never_was_overwrites_nothing(dossiers: Dossiers) -> None:
    made = open_file(dossiers, note="avant")
    for version in (-1, 0, 7):
        saved = save_answers(dossiers, KARIM, made.id, version, {"note": "écrasé"})
        assert (saved.written, [c.field for c in saved.conflicts]) == (False, ["note"])


def test_saving_the_same_again_writes_nothing(dossiers: Dossiers) -> None:
    made = open_file(dossiers, note="avant")
    assert not save_answers(dossiers, CLAIRE, made.id, 1, {"note": "avant", "age": ""}).written


def test_the_history_says_who_changed_what_and_is_sealed(dossiers: Dossiers) -> None:
    made = open_file(dossiers, note="avant")
    save_answers(dossiers, KARIM, made.id, 1, {"note": "après", "nom": "Z."})
    with dossiers.database.reading() as connection:
        changes = read_changes(dossiers, connection, made.id, 0)
        stored = connection.exec_driver_sql("SELECT avant FROM dossier_changes").scalar_one()
    assert [(c.author_id, c.field, c.before) for c in changes] == [
        ("karim", "nom", "M. B."),
        ("karim", "note", "avant"),
    ]
    assert isinstance(dossiers.sealer, Sealer)
    assert "avant" not in stored


def test_a_name_is_never_emptied(dossiers: Dossiers) -> None:
    made = open_file(dossiers)
    assert save_answers(dossiers, CLAIRE, made.id, 1, {"nom": ""}).dossier.nom == "M. B."
