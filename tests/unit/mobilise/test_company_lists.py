"""Reading a coordinator's list: any usual table, faults told by line and handed back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.geocode.communes import load_communes
from indexer.mobilise.model import MobiliseError
from indexer.mobilise.reading import CompanyList, read_companies, write_faults
from tests.support.mobilising import siret

HEADER = "SIRET;Nom;Adresse;Code postal;Commune;NAF;Courriel;Téléphone\n"


def read(text: str | bytes) -> CompanyList:
    content = text.encode() if isinstance(text, str) else text
    return read_companies(content, "liste.csv", load_communes())


def row(number: int = 1, **cells: str) -> str:
    own = {"siret": siret(number), "nom": "Restaurant", "adresse": "1 rue des Sapins", "cp": "90000"}
    own |= {"commune": "Belfort", "naf": "56.10A", "mail": "a@exemple.fr", "tel": "03 84 00 01 01"}
    return ";".join((own | cells).values()) + "\n"


def test_a_row_becomes_a_company() -> None:
    [found] = read(HEADER + row()).companies
    assert (found.siret, found.code_insee, found.naf) == (siret(1), "90010", "5610A")
    assert (found.phone, found.mail) == ("+33384000101", "a@exemple.fr")


@pytest.mark.parametrize(
    "header",
    [
        "N° SIRET,Raison sociale,Rue,CP,Ville,Code APE,E-mail,Tél.",
        "numéro de siret,DENOMINATION,adresse postale,code_postal,localité,ape,mél,tel",
    ],
)
def test_the_usual_names_of_columns_are_known(header: str) -> None:
    [found] = read(f"{header}\n" + row().replace(";", ",")).companies
    assert found.code_insee == "90010"


def test_a_title_above_the_columns_and_windows_accents_are_taken() -> None:
    [found] = read(("Mes entreprises à joindre\n" + HEADER + row(nom="Café")).encode("cp1252")).companies
    assert found.name == "Café"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"siret": siret(1)[:-1] + str((int(siret(1)[-1]) + 1) % 10)}, "clé de contrôle"),
        ({"siret": "900000001"}, "SIREN"),
        ({"siret": ""}, "SIRET absent"),
        ({"nom": ""}, "Nom absent"),
        ({"naf": "restauration"}, "NAF illisible"),
        ({"commune": "Nulle-Part", "cp": "99999"}, "Commune inconnue"),
        ({"mail": "nul"}, "Courriel illisible"),
        ({"tel": "zéro"}, "Téléphone"),
    ],
)
def test_a_row_at_fault_is_told_with_its_line_and_left_out(cells: dict[str, str], reason: str) -> None:
    found = read(HEADER + row(2) + row(1, **cells))
    [fault] = found.faults
    assert (fault.line, len(found.companies)) == (3, 1)
    assert reason in fault.reason


def test_the_second_row_of_a_siret_is_a_fault_that_names_the_first() -> None:
    found = read(HEADER + row() + row(nom="Encore"))
    assert [company.name for company in found.companies] == ["Restaurant"]
    assert "ligne 2" in found.faults[0].reason


def test_all_that_is_wrong_in_a_row_is_told_at_once() -> None:
    [fault] = read(HEADER + row(nom="", naf="x")).faults
    assert "Nom absent" in fault.reason
    assert "NAF illisible" in fault.reason


def test_faults_handed_back_can_be_mended_and_read_again() -> None:
    faults = read(HEADER + row(naf="x")).faults
    mended = write_faults(faults).replace(";x;", ";5610A;")
    assert [company.siret for company in read(mended).companies] == [siret(1)]


def test_a_cell_handed_back_is_never_a_formula() -> None:
    faults = read(HEADER + row(nom="=HYPERLINK(1)", naf="x")).faults
    [_, cells] = csv.reader(io.StringIO(write_faults(faults)), delimiter=";")
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"bonjour", b"a;b\n1;2\n", HEADER.encode(), b"PK\x03\x04non"])
def test_what_is_no_list_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(MobiliseError) as told:
        read(content)
    assert "/tmp" not in str(told.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(MobiliseError, match="Colonnes absentes : NAF"):
        read("SIRET;Nom;Commune\n1;2;3\n")


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=1, max_size=8))
def test_no_row_makes_the_reading_fail(cells: list[str]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerow(cells)
    try:
        found = read(HEADER + row(2) + text.getvalue())
    except MobiliseError:
        return  # a null character, a quote: said in words
    assert len(found.companies) + len(found.faults) >= 1
