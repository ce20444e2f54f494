"""What is proposed of a partner's table, and how sure it is."""

from pathlib import Path

import pytest

from indexer.sources.declare import add_source
from indexer.sources.guess import Column, Guess, guess_file, match_columns
from indexer.sources.guess_toml import build_guess_toml, count_doubts
from indexer.sources.guess_values import find_separator, translate_values
from indexer.sources.load import read_source
from tests.support.messy_workbook import write_messy_workbook


@pytest.fixture
def messy(tmp_path: Path) -> Guess:
    return guess_file(write_messy_workbook(tmp_path / "ateliers.xlsx"))


def test_columns_of_a_messy_workbook_are_recognised(messy: Guess) -> None:
    expected = {
        "structure": "Organisme",
        "nom": "Atelier",
        "debut": "Quand / Date",
        "heure": "Quand / Horaires",
        "telephone": "Contact / Téléphone",
        "courriel": "Contact / Mail",
        "adresse": "Lieu / Adresse",
        "code_postal": "Lieu / CP",
        "publics": "Pour qui ?",
        "frais": "Tarif",
        "places": "Nb places",
        "thematiques": "Thème",
    }
    assert {field: messy.name_of(field) for field in messy.matches} == expected
    assert (messy.left, messy.first_line) == ((), 4)


def test_the_proposal_is_a_source_that_holds(messy: Guess, tmp_path: Path) -> None:
    text = build_guess_toml(messy, "ateliers")
    source = read_source(add_source(tmp_path / "sources", "ateliers", text))
    assert source.format == "tableur"
    assert [fiche.genre for fiche in source.fiches] == ["structure", "offre"]
    assert source.fiches[1].sessions["debut"].modele == "{Quand / Date|date}[ {Quand / Horaires|heure}]"
    assert 1 <= count_doubts(text) < 15


def test_what_is_unsure_is_marked(messy: Guess) -> None:
    lines = build_guess_toml(messy, "ateliers").splitlines()
    marked = [line for line in lines if "# ?" in line]
    assert any("Zzz inconnu" in line for line in marked)
    assert any(line.startswith("titre") for line in marked)
    assert not any(line.startswith("courriel") for line in marked)


def test_values_alone_tell_a_column_without_a_telling_name() -> None:
    columns = [Column("Colonne 7", ("a@b.fr", "c@d.fr")), Column("Intitulé", ("CV", "Code"))]
    match = match_columns(columns)["courriel"]
    assert (match.column.name, match.sure) == ("Colonne 7", False)


def test_values_that_contradict_a_name_make_it_unsure() -> None:
    told = match_columns([Column("Téléphone", ("voir site", "accueil", "non"))])
    assert "telephone" not in told


def test_an_empty_column_is_nothing() -> None:
    assert match_columns([Column("Téléphone", ("", ""))]) == {}


@pytest.mark.parametrize(
    ("field", "value", "code", "sure"),
    [
        ("publics", "Tous publics", "tous-publics", True),
        ("frais", "5 € la séance", "payant", True),
        ("frais", "Gratuit", "gratuit", True),
        ("frais", "selon le quotient", None, False),
        ("publics", "Martiens", None, False),
    ],
)
def test_words_are_translated_into_the_vocabulary(field: str, value: str, code: str | None, sure: bool) -> None:
    (translation,) = translate_values(field, [value], None)
    assert (translation.code, translation.sure) == (code, sure)


def test_the_separator_is_the_most_frequent_one() -> None:
    assert find_separator(["a ; b", "c;d, e"]) == ";"
    assert find_separator(["a", "b"]) is None


def test_blocks_of_empty_cells_are_proposed_to_be_copied(tmp_path: Path) -> None:
    rows = ["Structure;Intitulé;Ville", "CCAS;A;Belfort", ";B;Belfort", ";C;Belfort", "Café;D;Belfort"]
    (tmp_path / "a.csv").write_text("\n".join(rows))
    assert guess_file(tmp_path / "a.csv").copied == ("Structure",)


def test_a_table_of_unknown_columns_still_gives_a_file_to_complete(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Xyz;Abc\n1;2\n")
    text = build_guess_toml(guess_file(tmp_path / "a.csv"), "a")
    assert "nommez-la" in text
    assert "'Xyz'" in text
