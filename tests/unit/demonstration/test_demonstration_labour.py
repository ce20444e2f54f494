"""The invented labour market of the demonstration."""

import tomllib
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from indexer.demonstration.travail import load_example_labour
from indexer.geocode.communes import load_communes
from indexer.labour.bridge import load_bridge
from indexer.labour.market import Market
from indexer.labour.service import Labour
from indexer.reference.loaded import loaded_tables, stamp_of
from indexer.reference.shipped import rome_labels
from tests.support.demonstration import OFFERS

NOW = datetime(2026, 3, 1, tzinfo=UTC)
FIGURES: dict[str, Any] = tomllib.loads(
    resources.files("indexer.demonstration").joinpath("travail.toml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exemples") / "ref"
    assert load_example_labour(folder, NOW)
    return folder


@pytest.fixture(scope="module")
def belfort(directory: Path) -> Market:
    commune = load_communes().get("90010")
    assert commune is not None
    labour = Labour(directory)
    return labour.at(labour.place_of(commune))


def test_every_figure_is_said_to_be_an_example(directory: Path, belfort: Market) -> None:
    assert {table.millesime for table in loaded_tables(directory).values()} == {"exemple"}
    assert {(one.millesime, one.source) for one in belfort.tensions} == {
        ("exemple", "Exemple fictif, pour la démonstration")
    }


def test_most_jobs_of_the_demonstration_have_a_level(belfort: Market) -> None:
    codes = {code for offer in OFFERS for code in offer.get("metiers", ())}
    known = {code for code in codes if belfort.tension(code) is not None}
    assert len(known) / len(codes) > 0.75


def test_a_job_named_by_a_finer_code_has_the_level_of_the_older_one(belfort: Market) -> None:
    assert "G1609" not in FIGURES["niveaux"]
    finer, older = belfort.tension("G1609"), belfort.tension("G1602")
    assert finer is not None
    assert older is not None
    assert (finer.code_rome, finer.niveau) == ("G1609", older.niveau)


def test_a_secret_is_among_the_examples(belfort: Market) -> None:
    found = belfort.hiring("D1101")
    assert found is not None
    assert (found.projets, found.secret) == (None, True)


def test_the_file_names_only_codes_and_families_that_exist() -> None:
    jobs = set(FIGURES["niveaux"]) | set(FIGURES["proches"]) | set(FIGURES["plus_fins"])
    jobs |= {code for finer in FIGURES["plus_fins"].values() for code in finer}
    jobs |= {code for others in FIGURES["proches"].values() for code in others}
    assert jobs <= set(rome_labels())
    assert set(FIGURES["embauches"]) <= {code for family in load_bridge() for code in family.familles}
    assert {code[:3] for code in FIGURES["niveaux"]} == set(FIGURES["domaines"])


def test_examples_that_are_there_are_not_loaded_again(directory: Path) -> None:
    before = stamp_of(directory)
    assert not load_example_labour(directory, NOW)
    assert stamp_of(directory) == before
