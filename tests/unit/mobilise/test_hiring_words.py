"""What a company is told of hiring: territory and year are said, and secrecy is never a zero."""

from pathlib import Path

import pytest

from indexer.geocode.communes import load_communes
from indexer.labour.service import Labour
from indexer.mobilise.hiring_words import said_of_hiring
from tests.support.labour_tables import load_labour


@pytest.fixture(scope="module")
def labour(tmp_path_factory: pytest.TempPathFactory) -> Labour:
    return load_labour(tmp_path_factory.mktemp("travail"))


def said(labour: Labour, code: str) -> str | None:
    commune = load_communes().get("90010")
    assert commune is not None
    return said_of_hiring(labour, code, commune)


def test_projects_are_told_with_their_share_their_place_and_their_year(labour: Labour) -> None:
    told = said(labour, "G1602")
    assert told is not None
    assert "Ce métier recrute ici : 30 projets d’embauche, 67 % difficiles (bassin Belfort en Ville, 2024" in told


def test_a_secret_count_is_said_not_to_be_published(labour: Labour) -> None:
    told = said(labour, "G1803")
    assert told is not None
    assert "n’est pas publié" in told
    assert "0 projet" not in told


def test_a_job_that_the_survey_does_not_know_is_not_told(labour: Labour) -> None:
    assert said(labour, "N4101") is None


def test_without_tables_nothing_is_told(tmp_path: Path) -> None:
    assert said(Labour(tmp_path), "G1602") is None
