"""Our table of sectors, and what an overview makes of it."""

import pytest

from indexer.mobilise.sectors import load_sectors, parse_naf, sector_of, sectors_of


@pytest.mark.parametrize(("typed", "naf"), [("10.71C", "1071C"), (" 1071 c ", "1071C"), ("107", None), ("Z", None)])
def test_a_naf_is_read_as_people_write_it(typed: str, naf: str | None) -> None:
    assert parse_naf(typed) == naf


@pytest.mark.parametrize(
    ("naf", "sector"),
    [
        ("1071C", "Boulangerie et pâtisserie"),
        ("1089Z", "Industries alimentaires"),
        ("9602A", "Coiffure"),
        ("9602B", "Soins de beauté"),
        ("5610C", "Restaurants"),
    ],
)
def test_the_longest_beginning_of_a_naf_names_its_sector(naf: str, sector: str) -> None:
    found = sector_of(naf)
    assert found is not None
    assert found.nom == sector


def test_a_sector_that_nobody_reviewed_gets_no_job() -> None:
    assert sector_of("6419Z") is None


def test_a_job_leads_back_to_its_sectors() -> None:
    assert [sector.nom for sector in sectors_of(["G1803"])] == ["Restaurants", "Cafés et bars"]


def test_every_sector_names_jobs_that_exist() -> None:
    assert all(sector.metiers and sector.naf for sector in load_sectors())
