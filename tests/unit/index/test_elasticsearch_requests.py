"""What is asked of Elasticsearch and what is written there, without a server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import Document, Need, Place, SearchQuery, SortKey, TermGroup, VocabularyStatistics, Words
from indexer.engines.elasticsearch.clauses import build_admission, build_base, build_selections, holding
from indexer.engines.elasticsearch.mapping import FREQUENCY_STEPS, build_mapping
from indexer.engines.elasticsearch.requests import counting, in_order, select
from indexer.engines.elasticsearch.scoring import first_look
from indexer.engines.elasticsearch.writing import build_source, index_term, key_of, read_document
from indexer.engines.ranking.weights import ASKED
from indexer.engines.shared import NEVER, SATURATION

TODAY = date(2026, 3, 10)
QUERY = SearchQuery(today=TODAY)
LILLE = Place(50.63, 3.06, 20.0, frozenset({"59350", "59", "france"}))
DOCUMENT = Document(
    id="a--1",
    body=b"{}",
    vector=np.eye(4, dtype=np.float32)[0],
    terms={"loyer": 2.5, "de rien": 0.1},
    codes={"publics": ("tous-publics",), "frais": (), "sources": ("dora",)},
    anything=frozenset({"publics", "frais"}),
    latitude=50.63,
    longitude=0.0,
    on_site=True,
)


def iter_fields(clause: Any) -> Iterator[str]:
    """Every name of a field that a term or a range looks at."""
    if isinstance(clause, dict):
        for name, value in clause.items():
            if name in ("term", "terms", "range") and isinstance(value, dict):
                yield from value
            yield from iter_fields(value)
    elif isinstance(clause, list):
        for one in clause:
            yield from iter_fields(one)


def names_of(properties: dict[str, Any], prefix: str = "") -> set[str]:
    """Every field of a mapping, by its whole name."""
    names = {prefix + name for name in properties}
    for name, told in properties.items():
        names |= names_of(told.get("properties", {}), f"{prefix}{name}.")
    return names


def test_only_fields_of_the_mapping_are_asked_for_and_written() -> None:
    known = names_of(build_mapping(4, {})["properties"])
    query = replace(
        QUERY,
        words=Words((TermGroup("loyer", (("loyer", 1.0),), 1.0),)),
        needs=(Need("mobilite", 0.8),),
        metiers=("K1304",),
        place=LILLE,
        filters={"publics": frozenset({"jeunes"}), "modes_accueil": frozenset({"a-distance"})},
        starts_from=TODAY,
    )
    asked = counting(query, select(query), first_look(query, None), None)
    assert set(iter_fields(asked)) - {"field", "size", "min_doc_count"} <= known
    assert set(build_source(DOCUMENT)) <= known


def test_an_offer_that_matches_every_value_keeps_none_of_its_own_and_is_asked_for_by_its_code() -> None:
    codes = build_source(DOCUMENT)["codes"]
    assert (codes["publics"], codes["frais"], codes["sources"]) == (("*", "=tous-publics"), ("?",), ("dora",))
    wanted = build_selections(replace(QUERY, filters={"publics": frozenset({"jeunes"})}))["publics"]
    assert set(wanted["terms"]["codes.publics"]) == {"jeunes", "*", "?"}


def test_longitude_zero_is_a_point_and_an_offer_without_a_place_has_none() -> None:
    assert build_source(DOCUMENT)["point"] == {"lat": 50.63, "lon": 0.0}
    assert "point" not in build_source(replace(DOCUMENT, on_site=False))
    assert "point" not in build_source(replace(DOCUMENT, latitude=None))


def test_a_vector_of_zeros_is_not_indexed() -> None:
    assert "vector" not in build_source(replace(DOCUMENT, vector=np.zeros(4, dtype=np.float32)))


@given(st.dictionaries(st.text(min_size=1, max_size=300), st.floats(0.01, 50), max_size=20))
def test_each_term_is_one_word_that_no_analysis_cuts(terms: dict[str, float]) -> None:
    terms = {term: frequency for term, frequency in terms.items() if term.split()}
    words = build_source(replace(DOCUMENT, terms=terms))["words"].split()
    assert set(words) == {index_term(term) for term in terms}
    assert all(len(word) <= 255 for word in words)


def test_a_weighted_frequency_is_written_in_quarters_and_at_least_once() -> None:
    words = build_source(DOCUMENT)["words"].split()
    assert (words.count("loyer"), words.count("de_rien")) == (10, 1)


@given(st.text(max_size=600))
def test_keys_fit_the_server_and_never_meet_our_own_documents(document_id: str) -> None:
    key = key_of(document_id)
    assert len(key.encode()) <= 512
    assert key[:2] in ("o:", "h:")


def test_what_is_written_gives_the_document_back() -> None:
    fields = {name: [value] for name, value in build_source(DOCUMENT).items()}
    found = read_document(fields)
    assert replace(found, vector=DOCUMENT.vector) == DOCUMENT
    assert np.array_equal(found.vector, DOCUMENT.vector)


def test_asking_for_nothing_admits_all_and_words_without_a_group_admit_none() -> None:
    assert build_admission(QUERY) == {"match_all": {}}
    assert build_admission(replace(QUERY, words=Words(()))) == {"match_none": {}}


def test_groups_weigh_as_the_query_says_whatever_their_sum() -> None:
    groups = (TermGroup("a", (("a", 1.0), ("b", 0.5)), 3.0), TermGroup("c", (("c", 1.0),), 1.0))
    clause = holding(Words(groups), 0.5)["function_score"]
    held = [one["constant_score"] for one in clause["query"]["bool"]["should"]]
    assert [(one["filter"]["terms"]["words"], one["boost"]) for one in held] == [(["a", "b"], 0.75), (["c"], 0.25)]
    assert clause["min_score"] == pytest.approx(0.5, abs=1e-3)


def test_the_boost_of_a_word_undoes_what_lucene_multiplies_by() -> None:
    words = Words((TermGroup("loyer", (("loyer", 1.0),), 2.0),))
    statistics = VocabularyStatistics("v", 100, {"loyer": 10})
    (clause,) = first_look(replace(QUERY, words=words), statistics)
    boost = clause["dis_max"]["queries"][0]["term"]["words"]["boost"]
    idf = np.log(1 + (100 - 10 + 0.5) / (10 + 0.5))
    frequency = 2.5 * FREQUENCY_STEPS
    k1 = SATURATION * FREQUENCY_STEPS
    lucene = boost * idf * (k1 + 1) * frequency / (frequency + k1)
    assert lucene == pytest.approx(ASKED["mots"] * 2.5 / (2.5 + SATURATION))


def test_a_place_asks_for_the_zone_and_for_remote_or_within_reach() -> None:
    filters = build_base(replace(QUERY, place=LILLE))["bool"]["filter"]
    assert {"terms": {"zone": ["*", "59", "59350", "france"]}} in filters
    assert len(filters) == 4


def test_a_cursor_beyond_reach_goes_on_after_infinity() -> None:
    after = SortKey(1, 0, float("inf"), NEVER, "a--3")
    query = replace(QUERY, place=LILLE, sort="date")
    assert in_order(query, 5, after=after)["search_after"] == [NEVER, "Infinity", "a--3"]
    assert in_order(QUERY, 5, after=after)["search_after"] == ["a--3"]


def test_a_job_of_the_same_field_or_a_deduced_one_is_worth_less_than_the_job_asked_for() -> None:
    (best,) = first_look(replace(QUERY, metiers=("G1602",)), None)
    exact, deduced, near, deduced_near = (one["constant_score"] for one in best["dis_max"]["queries"])
    assert exact["filter"]["bool"]["filter"] == [{"term": {"codes.metiers": "G1602"}}]
    assert exact["filter"]["bool"]["must_not"] == [{"term": {"predicted": "G1602"}}]
    assert deduced["filter"] == {"term": {"predicted": "G1602"}}
    assert near["filter"]["bool"]["filter"] == [{"prefix": {"codes.metiers": "G16"}}]
    boosts = [one["boost"] for one in (exact, deduced, near, deduced_near)]
    assert boosts == sorted(boosts, reverse=True)
    assert len(set(boosts)) == len(boosts)


def test_an_offer_for_everything_is_written_as_worth_less_for_each_need() -> None:
    one, many = (("logement", "logement--a"), tuple(f"t--{i}" for i in range(12)))
    spreads = [build_source(replace(DOCUMENT, codes={"thematiques": codes}))["spread"] for codes in (one, many)]
    assert spreads[0] == 1.0 > spreads[1] > 0.5
