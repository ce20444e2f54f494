import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.names import arrondissement_code, departement_of_postal_code, fold, without_article, without_cedex


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("St-Étienne", "saint etienne"),
        ("STE MARIE", "sainte marie"),
        ("L’Étang-Salé", "l etang sale"),
        ("Mons-en-Barœul", "mons en baroeul"),
        ("VILLENEUVE S/ LOT", "villeneuve sur lot"),
        ("  Le   Havre ", "le havre"),
    ],
)
def test_spellings_of_a_name_fold_to_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text(max_size=60))
def test_folding_is_ascii_and_stable(text: str) -> None:
    once = fold(text)
    assert once.isascii()
    assert fold(once) == once


def test_an_article_and_a_cedex_are_taken_off() -> None:
    assert without_article("la rochelle") == "rochelle"
    assert without_article("la") == ""
    assert without_article("lavaur") == "lavaur"
    assert without_cedex("lille cedex 9") == "lille"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Paris 10e Arrondissement", "75110"),
        ("PARIS 10", "75110"),
        ("Lyon 03", "69383"),
        ("Marseille 1er", "13201"),
        ("Paris 21", None),
        ("Paris", None),
        ("Lyons-la-Forêt", None),
    ],
)
def test_the_wording_of_an_arrondissement_gives_its_code(written: str, code: str | None) -> None:
    assert arrondissement_code(fold(written)) == code


@pytest.mark.parametrize(
    ("postal", "departements"),
    [("59777", ("59",)), ("97495", ("974",)), ("20090", ("2A", "2B")), ("5900", ()), ("abcde", ())],
)
def test_a_postal_code_begins_with_its_departement(postal: str, departements: tuple[str, ...]) -> None:
    assert departement_of_postal_code(postal) == departements
