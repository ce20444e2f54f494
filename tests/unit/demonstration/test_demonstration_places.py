"""The communes are real, the points lie in them, and a real import has nothing to mend."""

from datetime import UTC, datetime, time
from typing import Any

import pytest

from indexer.geocode.communes import load_communes
from indexer.geocode.distance import distance_km
from indexer.geocode.locate import locate
from indexer.normalise.normalise import normalise
from indexer.schema import Kind, RawRecord, Severity
from tests.support.demonstration import OFFERS, RECORDS, STRUCTURES, TODAY

NOON = datetime.combine(TODAY, time(12), UTC)
BELFORT = (47.63859, 6.86283)
MARGIN_KM = 2.0
PLACED = [record for record in RECORDS if "code_insee" in record]


@pytest.mark.parametrize("record", PLACED, ids=lambda record: record["id"])
def test_a_commune_has_its_name_and_postal_code_and_holds_the_point(record: dict[str, Any]) -> None:
    commune = load_communes().get(record["code_insee"])
    assert commune is not None
    assert record["commune"] == commune.nom.replace("'", "’")
    assert record["code_postal"] in commune.codes_postaux
    point = (record.get("latitude", commune.latitude), record.get("longitude", commune.longitude))
    assert distance_km(*point, commune.latitude, commune.longitude) <= commune.rayon_km + MARGIN_KM
    assert distance_km(*point, *BELFORT) < 35


def test_the_territory_is_covered_beyond_its_main_town() -> None:
    communes = {record["code_insee"] for record in PLACED}
    assert len(communes) >= 25
    assert {code[:2] for code in communes} == {"90", "25", "70"}
    local = sum(record["code_insee"].startswith("90") for record in PLACED)
    assert local >= 0.75 * len(PLACED)


@pytest.mark.parametrize(
    ("kind", "record"),
    [*((Kind.STRUCTURE, one) for one in STRUCTURES), *((Kind.OFFER, one) for one in OFFERS)],
    ids=lambda value: value["id"] if isinstance(value, dict) else value.value,
)
def test_an_import_takes_a_record_without_a_warning(kind: Kind, record: dict[str, Any]) -> None:
    raw = RawRecord(kind, "demonstration", "demonstration.json", 1, {**record})
    taken, issues = normalise(raw, lambda draft: locate(draft, load_communes()), NOON)
    assert taken is not None
    assert [issue for issue in issues if issue.gravite is not Severity.INFO] == []


def test_remote_offers_say_where_one_must_live() -> None:
    remote = [offer for offer in OFFERS if "a-distance" in offer.get("modes_accueil", [])]
    assert len(remote) >= 25
    assert [offer["id"] for offer in remote if not offer.get("zone_eligibilite")] == []
