"""The published tables, as a deployment loads them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer.geocode.communes import load_communes
from indexer.labour.bridge import load_bridge
from indexer.labour.load import load_reference
from indexer.labour.market import Market
from indexer.labour.rows import iter_table
from indexer.labour.service import Labour
from indexer.reference.loaded import generation_in_service

REAL = Path(__file__).parents[3].parent / "shared" / "data" / "reference"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REAL.is_dir(), reason="les données publiques de ../shared/data sont absentes"),
]


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reference")
    load_reference(REAL, folder, datetime(2026, 3, 1, tzinfo=UTC))
    return folder


def at(labour: Labour, code: str) -> Market:
    commune = load_communes().get(code)
    assert commune is not None
    return labour.at(labour.place_of(commune))


@pytest.mark.parametrize(
    ("commune", "bassin"),
    [("90010", "Belfort"), ("59350", "Lille"), ("13055", "Marseille"), ("69381", "Lyon Centre"), ("2A004", "Ajaccio")],
)
def test_a_commune_or_an_arrondissement_is_in_its_bassin(directory: Path, commune: str, bassin: str) -> None:
    assert at(Labour(directory), commune).territory.nom == bassin


def test_nearly_every_commune_has_a_bassin(directory: Path) -> None:
    labour, communes = Labour(directory), load_communes()
    codes = [row["code_insee"] for row in iter_table(REAL, "communes") if row["type"] == "COM"]
    known = [commune for code in codes if (commune := communes.get(code)) is not None and commune.is_place]
    placed = sum(labour.place_of(commune).bassin_embauches is not None for commune in known)
    assert placed / len(known) > 0.995


def test_every_level_says_where_and_when_it_was_measured(directory: Path) -> None:
    for commune in ("90010", "59350", "97411", "48095"):
        listed = at(Labour(directory), commune).tensions
        assert len(listed) > 300
        assert {(one.territoire.type, one.millesime) for one in listed} <= {
            ("bassin", "2021"), ("departement", "2019"), ("region", "2019"),
        }  # fmt: skip
        assert all(1 <= one.niveau <= 5 for one in listed)


def test_the_bridge_covers_most_of_the_hiring_projects(directory: Path) -> None:
    folder = generation_in_service(directory)
    assert folder is not None
    bridged = {code for family in load_bridge() for code in family.familles}
    counts = [(row["code_metier_bmo"], row.count("met_projets") or 0) for row in iter_table(folder, "bmo")]
    assert bridged <= {code for code, _ in counts}
    covered = sum(count for code, count in counts if code in bridged)
    assert covered / sum(count for _, count in counts) > 0.85


def test_every_job_of_the_bridge_is_one_that_shortages_are_published_for(directory: Path) -> None:
    figures = Labour(directory).figures
    assert figures is not None
    published = {row["Rome"] for row in iter_table(REAL, "fap225_rome")}
    assert {code for family in load_bridge() for code in family.metiers} <= published
