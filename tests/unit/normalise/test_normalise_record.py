"""The whole: never raises, says all, and leaves alone what is already right."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.feeds.data_inclusion import iter_raw_records
from indexer.normalise.draft import Draft
from indexer.normalise.normalise import normalise
from indexer.schema import Issue, Kind, Offer, RawRecord, Structure

NOW = datetime(2026, 5, 4, 10, tzinfo=UTC)
FEEDS = Path(__file__).parents[4] / "shared" / "data" / "feeds"
STABLE_DOUBTS = {"date-future-proche"}

FULL = {
    "id": "essai--1", "source": "essai", "structure_id": "essai--s", "nom": "Atelier CV",
    "description": "Écrire son CV.",
    "lien_source": "https://exemple.fr/1", "date_maj": "2026-04-16", "type": "atelier",
    "thematiques": ["preparer-sa-candidature"], "frais": "gratuit", "publics": ["jeunes"], "commune": "Belfort",
    "code_postal": "90000", "code_insee": "90010", "adresse": "1 rue de la Paix", "longitude": 6.86, "latitude": 47.64,
    "telephone": "+33384542424", "courriel": "a@exemple.fr", "modes_accueil": ["en-presentiel"],
    "zone_eligibilite": ["90"], "horaires_accueil": "Mo-Fr 09:00-12:00", "nombre_semaines": 2, "type_offre": "atelier",
    "sessions": [{"debut": "2026-05-05T09:00:00+02:00", "places": 8}], "metiers": ["G1602"], "langues": ["fr"],
    "accessible_pmr": True, "age_min": 16, "age_max": 25, "validite": {"debut": "2026-01-01"},
}  # fmt: skip

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(
        ["mobilite", "tous-publics", "9h-12h lundi", "0612345678", "<b>x", "2026-05-05", "www.a.fr", "a@b.fr", "1,5"]
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["debut", "fin", "lieu", "places", "siret", "capacite", "x"]), inner, max_size=3
    ),
    max_leaves=5,
)  # fmt: skip
names = sorted(
    {*Offer.model_fields, *Structure.model_fields, "types", "profils", "typologie", "@refus", "@remarques", "autre"}
)
records = st.dictionaries(st.sampled_from(names), json_values, max_size=12)


def run(kind: Kind, fields: dict[str, Any]) -> tuple[Offer | Structure | None, list[Issue]]:
    return normalise(RawRecord(kind, "flux", "f", 1, fields), lambda draft: None, NOW)


def again(record: Offer | Structure, kind: Kind) -> tuple[Offer | Structure | None, list[Issue]]:
    return run(kind, json.loads(record.model_dump_json(exclude_none=True)))


def test_a_right_record_is_left_alone(offer: Any) -> None:
    record, issues = offer(**FULL)
    assert issues == []
    kept = record.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    assert kept.keys() == FULL.keys()


@given(st.sampled_from(Kind), records, st.booleans())
@settings(max_examples=400, deadline=None)
def test_never_raises_and_settles_at_once(kind: Kind, fields: dict[str, Any], named: bool) -> None:
    record, issues = run(kind, fields | ({"id": "essai--1", "nom": "Nom"} if named else {}))
    json.dumps([issue.as_dict() for issue in issues]).encode()
    assert record is not None or issues
    if record is not None:
        same, doubts = again(record, kind)
        assert same == record
        assert [i for i in doubts if i.regle not in STABLE_DOUBTS] == []


@given(st.fixed_dictionaries({name: json_values for name in Offer.model_fields if name not in ("id", "nom", "source")}))
@settings(max_examples=60, deadline=None)
def test_no_optional_field_costs_the_record(fields: dict[str, Any]) -> None:
    record, issues = run(Kind.OFFER, fields | {"id": "essai--1", "nom": "Nom", "source": "essai"})
    assert record is not None, issues


@pytest.mark.parametrize(
    "value",
    [10**6000, "\ud800", [[[[[[[[[[[[[[[[[["x"]]]]]]]]]]]]]]]]]], {"\udfff": 1}],
    ids=["integer", "surrogate", "nesting", "key"],
)
def test_values_that_cannot_be_stored_are_dropped_not_raised(offer: Any, value: Any) -> None:
    for field in ("description", "couleur", "sessions", "telephone"):
        record, issues = offer(**{field: value})
        assert record is not None
        json.dumps([i.as_dict() for i in issues], ensure_ascii=False).encode()


def test_nesting_beyond_what_python_can_follow_is_dropped_too(offer: Any) -> None:
    value: Any = "x"
    for _ in range(5_000):
        value = [value]
    assert offer(thematiques=value)[0] is not None


def test_what_the_schema_refuses_after_locating_is_dropped_with_an_issue(offer: Any) -> None:
    def locate(draft: Draft) -> None:
        draft.set("latitude", 4_000.0)
        draft.set("invente", 1)

    record, issues = offer(locate)
    assert record.latitude is None
    assert [(i.champ, i.regle) for i in issues] == [("invente", "schema"), ("latitude", "schema")]


def test_the_raw_record_is_untouched() -> None:
    fields = {
        "id": "essai--1",
        "nom": "<b>x</b>",
        "thematiques": ["Mobilité", None],
        "sessions": [{"debut": "2026-05-05"}],
    }
    before = json.dumps(fields)
    run(Kind.OFFER, fields)
    assert json.dumps(fields) == before


@pytest.mark.real_data
@pytest.mark.parametrize(
    "name", ["lille_2026_services", "lille_2026_structures", "reunion_2025_services", "reunion_2025_structures"]
)
def test_the_real_feeds_lose_no_record_and_no_value(name: str) -> None:
    if not FEEDS.exists():
        pytest.skip("../shared/data est absent : les flux réels ne peuvent pas être lus")
    for raw in iter_raw_records([str(FEEDS / f"{name}.json")], "flux"):
        record, issues = normalise(raw, lambda draft: None, NOW)
        assert record is not None
        assert {i.regle for i in issues} <= {"html", "type-offre-deduit"}
        assert record.id == raw.fields["id"]
        assert again(record, raw.kind) == (record, [])
