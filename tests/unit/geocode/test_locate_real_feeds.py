"""The four public feeds, as their producers publish them."""

import json
from collections import Counter
from pathlib import Path

import pytest

from indexer.geocode.communes import Communes
from indexer.geocode.locate import locate
from indexer.normalise.draft import Draft
from indexer.schema import Kind, RawRecord, Severity

FEEDS = Path(__file__).parents[3].parent / "shared" / "data" / "feeds"
ABSENT = ("", None, [])

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="les données publiques de ../shared/data sont absentes"),
]


def locate_all(communes: Communes, name: str) -> list[Draft]:
    kind = Kind.STRUCTURE if name.endswith("structures") else Kind.OFFER
    drafts = []
    for row, record in enumerate(json.loads((FEEDS / f"{name}.json").read_bytes()), 1):
        fields = {key: value for key, value in record.items() if value not in ABSENT}
        draft = Draft(RawRecord(kind, "essai", name, row, fields))
        locate(draft, communes)
        drafts.append(draft)
    return drafts


def count(drafts: list[Draft]) -> dict[str, int]:
    return dict(Counter(issue.regle for draft in drafts for issue in draft.issues))


@pytest.mark.parametrize(("name", "size"), [("lille_2026_structures", 433), ("lille_2026_services", 557)])
def test_all_of_lille_is_located_without_a_word(shipped: Communes, name: str, size: int) -> None:
    drafts = locate_all(shipped, name)
    assert len(drafts) == size
    assert count(drafts) == {}
    assert sum(d.get("latitude") is None for d in drafts) == 0
    assert sum(d.get("position_approximative") is True for d in drafts) == 32


@pytest.mark.parametrize("name", ["reunion_2025_structures", "reunion_2025_services"])
def test_every_point_of_la_reunion_is_in_la_reunion(shipped: Communes, name: str) -> None:
    drafts = locate_all(shipped, name)
    assert all(str(d.get("code_insee")).startswith("974") for d in drafts)
    assert all(-21.40 < d.get("latitude") < -20.85 and 55.2 < d.get("longitude") < 55.86 for d in drafts)


def test_the_services_of_la_reunion_without_code_are_located_or_listed(shipped: Communes) -> None:
    drafts = locate_all(shipped, "reunion_2025_services")
    assert len(drafts) == 2705
    assert count(drafts) == {
        "point-repare": 2691,
        "point-eloigne": 3,
        "commune-par-nom": 267,
        "commune-par-code-postal": 3,
        "commune-par-departement": 1,
        "code-postal-contredit": 1,
    }
    doubtful = [i for d in drafts for i in d.issues if i.gravite is Severity.WARNING]
    assert len(doubtful) == 8


def test_the_structures_of_la_reunion_are_counted(shipped: Communes) -> None:
    assert count(locate_all(shipped, "reunion_2025_structures")) == {
        "point-repare": 1575,
        "point-eloigne": 1,
        "commune-par-nom": 220,
        "commune-par-code-postal": 2,
        "commune-par-departement": 1,
    }
