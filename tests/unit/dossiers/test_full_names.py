"""Which pseudonyms are noticed as somebody's whole name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dossiers.naming import looks_like_full_name

CAPITALISED = st.text("abcdefghijklmnopqrstuvwxyzéèçïô", min_size=2, max_size=12).map(str.capitalize)


@pytest.mark.parametrize(
    "name",
    [
        "Léa Bernard", "Léa BERNARD", "Mme Léa Bernard", "Jean-Paul Martin", "Aïcha N’Diaye", "Jean de La Fontaine",
        "Maria dos Santos", "Ana Maria Lopez", "  Léa   Bernard ",
    ],
)  # fmt: skip
def test_a_first_name_and_a_surname_are_noticed(name: str) -> None:
    assert looks_like_full_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "", "Léa", "Léa B.", "Léa B", "L. Bernard", "Mme D.", "Mme Bernard", "M. B.", "A. B.", "AB", "Léa DB", "Mimosa",
        "petit mimosa", "Le petit Mimosa", "Dossier 12", "Groupe B2", "Léa (mardi)", "Léa et Tom", "M Mme",
    ],
)  # fmt: skip
def test_initials_pseudonyms_and_titles_pass(name: str) -> None:
    assert not looks_like_full_name(name)


@given(CAPITALISED, CAPITALISED)
def test_an_initial_in_place_of_either_name_is_enough(first: str, last: str) -> None:
    assert not looks_like_full_name(f"{first} {last[0]}.")
    assert not looks_like_full_name(f"{first[0]}. {last}")


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    assert looks_like_full_name(text) in (True, False)
