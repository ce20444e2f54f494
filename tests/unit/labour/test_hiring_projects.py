"""Hiring projects by our bridge, and the bridge itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.demonstration.travail import load_example_labour
from indexer.errors import ReferenceDataError
from indexer.geocode.communes import load_communes
from indexer.labour.bridge import load_bridge
from indexer.labour.model import Hiring
from indexer.labour.service import Labour
from indexer.reference.loaded import loaded_tables
from indexer.reference.shipped import rome_labels
from tests.support.labour_tables import SURVEY, Loader


def hiring(labour: Labour, rome: str, commune: str = "90010") -> Hiring | None:
    found = load_communes().get(commune)
    assert found is not None
    return labour.at(labour.place_of(found)).hiring(rome)


def test_projects_are_those_of_the_family_of_the_job_in_the_bassin(labour: Loader) -> None:
    found = hiring(labour(), "G1602")
    assert found is not None
    assert (found.famille, found.projets, found.difficiles, found.secret) == ("Cuisiniers", 30, 20, False)
    assert (found.difficult_share, found.millesime, found.territoire.code) == (0.67, "2024", "B024")


def test_a_secret_is_no_zero(labour: Loader) -> None:
    found = hiring(labour(), "G1803")
    assert found is not None
    assert (found.projets, found.difficiles, found.secret, found.difficult_share) == (None, None, True, None)


def test_difficult_projects_that_are_secret_give_no_share(labour: Loader) -> None:
    found = hiring(labour(), "K2204")
    assert found is not None
    assert (found.projets, found.secret, found.difficult_share) == (40, False, None)


def test_a_family_without_a_row_in_the_bassin_is_told_of_the_region(labour: Loader) -> None:
    found = hiring(labour(), "J1501")
    assert found is not None
    assert (found.projets, found.territoire.type) == (12, "region")


def test_a_sum_with_a_secret_in_it_is_a_least(labour: Loader) -> None:
    rows = SURVEY + "2024,J0X30,Manutention,90,B024,*,*,*\n2024,J0X31,Manutention,90,B024,10,5,*\n"
    found = hiring(labour(bmo_2024=rows), "N1105")
    assert found is not None
    assert (found.projets, found.difficiles, found.secret) == (10, None, True)


def test_a_job_outside_the_bridge_has_no_figure_rather_than_a_guess(labour: Loader) -> None:
    assert hiring(labour(), "A1501") is None


def test_a_finer_job_is_in_the_family_of_the_one_it_comes_from(labour: Loader) -> None:
    found = hiring(labour(), "G1609")
    assert found is not None
    assert found.famille == "Cuisiniers"


@pytest.mark.parametrize("count", ["douze", "-3", "1.5"])
def test_a_count_that_is_none_refuses_the_load(labour: Loader, count: str) -> None:
    rows = SURVEY + f"2024,S1X40,Cuisiniers,90,B024,{count},1,1\n"
    with pytest.raises(ReferenceDataError, match=r"bmo, ligne 2, colonne met_projets"):
        labour(bmo_2024=rows)


def test_the_bridge_holds_each_family_and_each_job_once() -> None:
    families = [code for family in load_bridge() for code in family.familles]
    jobs = [code for family in load_bridge() for code in family.metiers]
    assert len(families) == len(set(families)) >= 120
    assert len(jobs) == len(set(jobs))
    assert set(jobs) <= set(rome_labels())
    assert len({family.nom for family in load_bridge()}) == len(load_bridge())


def test_jobs_that_share_skills_are_akin(labour: Loader) -> None:
    loaded = labour()
    assert loaded.akin("G1602") == ("G1601",)
    assert loaded.akin("G1609") == ("G1601",)
    assert loaded.akin("K2204") == ()


def test_examples_do_not_stay_beside_published_tables(tmp_path: Path, labour: Loader) -> None:

    assert load_example_labour(tmp_path / "ref", datetime(2026, 3, 1, tzinfo=UTC))
    assert {table.millesime for table in loaded_tables(tmp_path / "ref").values()} == {"exemple"}
    shown = hiring(Labour(tmp_path / "ref"), "G1602")
    assert shown is not None
    assert (shown.millesime, shown.source) == ("exemple", "Exemple fictif, pour la démonstration")
    labour(without=("bmo_2024",))
    assert "bmo" not in loaded_tables(tmp_path / "ref")
    assert not load_example_labour(tmp_path / "ref", datetime(2026, 3, 1, tzinfo=UTC))
