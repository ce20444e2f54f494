"""Levels of shortage: where they are looked for, and what is said of them."""

from pathlib import Path

import pytest

from indexer.errors import ReferenceDataError
from indexer.geocode.communes import load_communes
from indexer.labour.figures import FILE
from indexer.labour.load import figures_to_mend
from indexer.labour.market import Market
from indexer.labour.service import Labour
from indexer.reference.loaded import generation_in_service, loaded_tables
from tests.support.labour_tables import FAMILIES, LEVELS, Loader


def market(labour: Labour, code: str = "90010") -> Market:
    commune = load_communes().get(code)
    assert commune is not None
    return labour.at(labour.place_of(commune))


def test_a_level_is_that_of_the_bassin_with_its_year_and_factors(labour: Loader) -> None:
    found = market(labour()).tension("G1602")
    assert found is not None
    assert (found.niveau, found.millesime) == (5, "2021")
    assert (found.territoire.type, found.territoire.code, found.territoire.nom) == (
        "bassin", "B019", "Belfort et Alentours",
    )  # fmt: skip
    assert found.facteurs == {
        "intensite-embauches": 4, "manque-main-d-oeuvre": 3, "non-durabilite": 2, "conditions-de-travail": 1,
        "inadequation-geographique": 5,
    }  # fmt: skip


def test_without_a_level_in_the_bassin_the_departement_is_asked_and_said(labour: Loader) -> None:
    found = market(labour()).tension("F1603")
    assert found is not None
    assert (found.niveau, found.millesime, found.territoire.type, found.territoire.code) == (
        4, "2019", "departement", "90",
    )  # fmt: skip  # of its two families, that with most people at work; the coarser families are left out


def test_without_a_level_in_the_departement_the_region_is_asked_and_said(labour: Loader) -> None:
    found = market(labour()).tension("K2204")
    assert found is not None
    assert (found.niveau, found.territoire.type, found.territoire.nom) == (3, "region", "Bourgogne-Franche-Comté")


def test_a_job_that_nothing_is_published_of_has_no_level(labour: Loader) -> None:
    assert market(labour()).tension("M1805") is None


def test_a_finer_code_takes_the_level_of_the_one_it_comes_from(labour: Loader) -> None:
    found = market(labour()).tension("G1609")
    assert found is not None
    assert (found.code_rome, found.niveau) == ("G1609", 5)


def test_a_commune_that_no_table_places_has_its_departement(labour: Loader) -> None:
    delle = market(labour(), "90033")
    assert delle.territory.type == "departement"
    assert delle.tension("G1602") is None
    assert delle.tension("F1603") is not None


def test_a_job_is_in_the_legal_list_only_when_all_its_families_are(labour: Loader) -> None:
    here = market(labour())
    assert [one.liste_legale for code in ("F1603", "K2204") if (one := here.tension(code))] == [True, False]
    text = "Region,Famille Professionnelle,Code FAP\nBourgogne-Franche-Comté,x,S1Z40\n"
    one_of_two = market(labour(metiers_tension_arrete_2024=text)).tension("F1603")
    assert one_of_two is not None
    assert one_of_two.liste_legale is False


def test_without_the_legal_list_nothing_is_said_of_it(labour: Loader) -> None:
    found = market(labour(without=("metiers_tension_arrete_2024",))).tension("F1603")
    assert found is not None
    assert found.liste_legale is None


def test_the_whole_list_goes_from_the_scarcest(labour: Loader) -> None:
    listed = [(one.niveau, one.code_rome) for one in market(labour()).tensions]
    assert listed == [(5, "G1602"), (5, "N4101"), (4, "F1603"), (4, "G1803"), (3, "K2204")]


def test_of_several_years_the_last_is_read(labour: Loader) -> None:
    rows = LEVELS + "2021,G1602,B019,1,1,1,1,1,1,1,1\n2022,G1602,B019,1,3,1,1,1,1,1,1\n"
    found = market(labour(tension_rome_bassin_2021=rows)).tension("G1602")
    assert found is not None
    assert found.niveau == 3


def test_without_any_table_nothing_is_known(tmp_path: Path) -> None:
    nothing = Labour(tmp_path / "ref")
    here = market(nothing)
    assert (here.tension("G1602"), here.hiring("G1602"), here.tensions) == (None, None, ())
    assert (nothing.akin("G1602"), nothing.bassins(), nothing.domains()) == ((), {}, {})
    assert here.territory.code == "90"


def test_tables_loaded_later_are_taken_at_the_next_question(labour: Loader, tmp_path: Path) -> None:
    waiting = Labour(tmp_path / "ref")
    assert market(waiting).tension("G1602") is None
    labour()
    assert market(waiting).tension("G1602") is not None


BAD = {
    "a level of 7": ("tension_rome_bassin_2021", LEVELS + "2021,G1602,B019,1,7,1,1,1,1,1,1\n", "n'est pas un niveau"),
    "no year": ("tension_rome_bassin_2021", LEVELS + ",G1602,B019,1,5,1,1,1,1,1,1\n", "ligne 2 : «  » n'est pas une"),
    "cut short": ("tension_rome_bassin_2021", LEVELS + "2021,G1602,B019,1,5\n", "5 valeurs pour 11 colonnes"),
    "words as a level": (
        "tension_dares_fap_2019",
        FAMILIES + "S1Z40,1,0,fort,1,1,1,1,1,1,2019,dep,fap 225,,90\n",
        "« fort » n'est pas un niveau",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_figure_that_cannot_be_one_refuses_the_whole_load(labour: Loader, tmp_path: Path, case: str) -> None:
    before = labour()
    name, text, message = BAD[case]
    with pytest.raises(ReferenceDataError, match=message):
        labour(**{name: text})
    assert market(before).tension("G1602") is not None
    assert len(list((tmp_path / "ref").glob("tables-*"))) == 1


def test_a_damaged_file_of_figures_leaves_the_rest_at_work(labour: Loader, tmp_path: Path) -> None:
    labour()
    folder = generation_in_service(tmp_path / "ref")
    assert folder is not None
    assert figures_to_mend(tmp_path / "ref") is None
    (folder / FILE).write_bytes(b"PK\x03\x04 tronqu")
    assert market(Labour(tmp_path / "ref")).tension("G1602") is None
    assert "bmo" in loaded_tables(tmp_path / "ref")
    assert "illisible" in (figures_to_mend(tmp_path / "ref") or "")


def test_tables_of_an_older_version_are_said_to_be_loaded_again(labour: Loader, tmp_path: Path) -> None:
    assert figures_to_mend(tmp_path / "ref") is None  # nothing is loaded
    labour()
    folder = generation_in_service(tmp_path / "ref")
    assert folder is not None
    (folder / FILE).unlink()
    assert "relancez" in (figures_to_mend(tmp_path / "ref") or "")
    assert market(Labour(tmp_path / "ref")).tensions == ()
