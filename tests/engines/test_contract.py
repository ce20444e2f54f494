"""What every engine does with versions, live changes, orders and bad requests. Runs on each engine of conftest."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from indexer.engines.base import (
    MAX_PAGED,
    Document,
    Names,
    Need,
    Place,
    SearchEngine,
    SearchQuery,
    Slot,
    TermGroup,
    Words,
)
from indexer.errors import BusyError, EngineError, NoActiveVersionError, QueryError, VersionGoneError
from tests.engines.conftest import build
from tests.engines.worlds import DIMENSIONS, EPOCH, TODAY, Oracle

LILLE = Place(50.63, 3.06, 20.0, frozenset({"59350", "59", "france"}))
ANYTHING = SearchQuery(today=TODAY)


def document(document_id: str, **facts: object) -> Document:
    """An offer in Lille, on site, about one axis of meaning."""
    base = Document(
        id=document_id,
        body=b"{}",
        vector=np.eye(DIMENSIONS, dtype=np.float32)[0],
        terms={},
        codes={},
        latitude=50.63,
        longitude=3.06,
        on_site=True,
    )
    return replace(base, **facts)  # type: ignore[arg-type]


def world(engine: SearchEngine, *documents: Document) -> None:
    build(engine, Oracle({d.id: d for d in documents}))


def ids(engine: SearchEngine, query: SearchQuery) -> list[str]:
    return [hit.id for hit in engine.search(query).hits]


def words(*terms: str) -> Words:
    return Words(tuple(TermGroup(term, ((term, 1.0),), 1.0) for term in terms))


def test_nothing_indexed_is_said_and_is_not_ready(engine: SearchEngine) -> None:
    assert not engine.health().ready
    with pytest.raises(NoActiveVersionError, match="maillage reindex"):
        engine.search(ANYTHING)


def test_an_empty_version_answers_with_nothing(engine: SearchEngine) -> None:
    world(engine)
    answer = engine.search(replace(ANYTHING, place=LILLE, words=words("loyer"), facets=("publics",)))
    assert (answer.total, answer.hits) == (0, ())


def test_a_version_is_seen_only_once_activated(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    version = engine.start_version("test/1")
    engine.add_documents(version, [document("a--1"), document("a--2")])
    assert engine.search(ANYTHING).total == 1
    engine.finish_version(version)
    assert engine.search(ANYTHING).total == 1
    assert engine.search(ANYTHING, version=version).total == 2
    engine.activate(version)
    assert engine.search(ANYTHING).total == 2
    assert engine.search(ANYTHING).version == version


def test_a_finished_version_can_be_searched_before_any_is_live(engine: SearchEngine) -> None:
    version = engine.start_version("test/1")
    engine.add_documents(version, [document("a--1")])
    engine.finish_version(version)
    assert engine.search(ANYTHING, version=version).total == 1
    assert not engine.health().ready


def test_two_builds_at_once_are_refused(engine: SearchEngine) -> None:
    version = engine.start_version("test/1")
    with pytest.raises(BusyError, match="déjà en cours"):
        engine.start_version("test/1")
    engine.discard_version(version)
    engine.discard_version(engine.start_version("test/1"))


def test_rollback_returns_to_the_version_before(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    world(engine, document("a--1"), document("a--2"))
    engine.rollback()
    assert engine.search(ANYTHING).total == 1
    with pytest.raises(EngineError, match="rien à rétablir"):
        engine.rollback()


def test_a_name_is_never_given_twice_even_after_a_rollback(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    rolled_back_from = build(engine, Oracle({"a--1": document("a--1")}))
    engine.rollback()
    assert build(engine, Oracle({"a--1": document("a--1")})) != rolled_back_from


def test_two_versions_are_kept_behind_the_live_one(engine: SearchEngine) -> None:
    names = [build(engine, Oracle({"a--1": document("a--1")})) for _ in range(5)]
    assert {info.name for info in engine.versions()} == set(names[2:])
    with pytest.raises(VersionGoneError, match="n'est plus conservée"):
        engine.search(ANYTHING, version=names[0])


@pytest.mark.parametrize("name", ["", "..", "../../etc", "offres-1-20260310-1/..", "a\x00b", "x" * 5000, "été"])
def test_a_forged_version_is_gone_and_touches_no_file(engine: SearchEngine, name: str) -> None:
    build(engine, Oracle({"a--1": document("a--1")}))
    with pytest.raises(VersionGoneError):
        engine.search(ANYTHING, version=name)


def test_the_live_version_cannot_be_discarded(engine: SearchEngine) -> None:
    version = build(engine, Oracle({"a--1": document("a--1")}))
    with pytest.raises(EngineError, match="en service"):
        engine.discard_version(version)


def test_a_live_change_is_in_the_next_search_and_in_get(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    engine.upsert([document("a--1", body=b'{"n":2}'), document("a--2")])
    assert engine.search(ANYTHING).total == 2
    found = engine.get("a--1")
    assert found is not None
    assert found.body == b'{"n":2}'
    engine.delete(["a--1", "a--absent"])
    assert ids(engine, ANYTHING) == ["a--2"]
    assert engine.get("a--1") is None


def test_health_tells_how_many_changes_came_since_the_build(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    assert engine.health().live_changes == 0
    engine.upsert([document("a--1"), document("a--2")])
    assert engine.health().live_changes == 2


def test_a_word_known_only_to_live_changes_is_in_the_vocabulary(engine: SearchEngine) -> None:
    world(engine, document("a--1", terms={"loyer": 1.0}))
    engine.upsert([document("a--2", terms={"permis": 1.0, "loyer": 1.0})])
    frequencies = engine.vocabulary().frequencies
    assert (frequencies.get("permis"), frequencies.get("loyer"), frequencies.get("absent")) == (1, 2, None)
    assert sorted(frequencies) == ["loyer", "permis"]


def test_get_gives_back_the_whole_document(engine: SearchEngine) -> None:
    whole = document(
        "a--é[1]",
        terms={"loyer": 1.5},
        codes={"publics": ("jeunes",), "sources": ("dora",)},
        anything=frozenset({"frais"}),
        zone=("59",),
        slots=(Slot(20_000, 1_728_000_000, full=True),),
        predicted=("mobilite",),
        names=Names(own=("aide", "loyer"), holder=("ccas",), around=("lill",)),
        age_min=16,
        valid_until=TODAY,
        fold=2**63 + 1,
    )
    world(engine, whole)
    found = engine.get("a--é[1]")
    assert found is not None
    assert replace(found, vector=whole.vector) == whole
    assert np.array_equal(found.vector, whole.vector)


def test_page_numbers_stop_where_the_cursor_goes_on(engine: SearchEngine) -> None:
    world(engine, document("a--1"))
    with pytest.raises(QueryError, match="curseur"):
        engine.search(replace(ANYTHING, page=MAX_PAGED, size=2))


def test_a_remote_offer_is_found_in_its_zone_and_one_without_zone_comes_after(engine: SearchEngine) -> None:
    far = {"latitude": 43.3, "longitude": 5.4, "remote": True}
    world(engine, document("a--1", **far), document("a--2", **far, zone=("13",)), document("a--3", **far, zone=("59",)))
    answer = engine.search(replace(ANYTHING, place=LILLE))
    assert [(hit.id, hit.distance_km) for hit in answer.hits] == [("a--3", None), ("a--1", None)]


def test_an_offer_on_site_out_of_its_zone_is_not_found(engine: SearchEngine) -> None:
    world(engine, document("a--1", zone=("62",)), document("a--2", zone=("france",)))
    assert ids(engine, replace(ANYTHING, place=LILLE)) == ["a--2"]


def test_on_site_with_a_place_means_within_reach(engine: SearchEngine) -> None:
    both = document("a--1", remote=True, latitude=43.3, longitude=5.4)
    world(engine, both)
    on_site = {"modes_accueil": frozenset({"en-presentiel"})}
    assert ids(engine, replace(ANYTHING, place=LILLE)) == ["a--1"]
    assert ids(engine, replace(ANYTHING, place=LILLE, filters=on_site)) == []


def test_longitude_zero_is_a_place_like_another(engine: SearchEngine) -> None:
    world(engine, document("a--1", latitude=47.0, longitude=0.0))
    here = Place(47.0, 0.0, 1.0, frozenset())
    assert [hit.distance_km for hit in engine.search(replace(ANYTHING, place=here)).hits] == [0.0]


def test_a_circle_over_the_antimeridian_finds_both_sides(engine: SearchEngine) -> None:
    world(engine, document("a--1", latitude=-14.0, longitude=179.9), document("a--2", latitude=-14.0, longitude=-179.9))
    wallis = Place(-14.0, 180.0, 30.0, frozenset())
    assert engine.search(replace(ANYTHING, place=wallis)).total == 2


def test_an_unknown_cost_comes_after_a_stated_one(engine: SearchEngine) -> None:
    world(
        engine,
        document("a--1", codes={}, anything=frozenset({"frais"})),
        document("a--2", codes={"frais": ("gratuit",)}),
        document("a--3", codes={"frais": ("payant",)}),
    )
    free = {"frais": frozenset({"gratuit"})}
    assert ids(engine, replace(ANYTHING, place=LILLE, filters=free)) == ["a--2", "a--1"]


def test_a_wish_excludes_nothing_and_a_yes_goes_before_silence_and_silence_before_a_no(engine: SearchEngine) -> None:
    world(
        engine,
        document("a--1", codes={"frais": ("payant",)}),
        document("a--2", codes={}, anything=frozenset({"frais"})),
        document("a--3", codes={"frais": ("gratuit",)}),
    )
    answer = engine.search(replace(ANYTHING, place=LILLE, wishes={"frais": frozenset({"gratuit"})}, facets=("frais",)))
    assert [hit.id for hit in answer.hits] == ["a--3", "a--2", "a--1"]
    assert [hit.parts["souhaits"] for hit in answer.hits] == [1.0, 0.5, 0.0]
    assert answer.facets["frais"] == {"payant": 2, "gratuit": 2, "": 3}


def test_an_offer_for_the_age_that_is_said_goes_first(engine: SearchEngine) -> None:
    world(engine, document("a--1", age_min=60), document("a--2"), document("a--3", age_min=16, age_max=25))
    assert ids(engine, replace(ANYTHING, place=LILLE, age=17)) == ["a--3", "a--2", "a--1"]
    assert ids(engine, replace(ANYTHING, place=LILLE, age=70)) == ["a--1", "a--2", "a--3"]


def test_on_foot_near_weighs_more_than_by_car(engine: SearchEngine) -> None:
    near = document("a--near", latitude=50.63)
    far = document("a--far", latitude=50.72, quality=1.0)
    world(engine, near, far)
    assert ids(engine, replace(ANYTHING, place=LILLE, reach="pied")) == ["a--near", "a--far"]
    by_car = {h.id: h.parts["proximite"] for h in engine.search(replace(ANYTHING, place=LILLE, reach="voiture")).hits}
    on_foot = {h.id: h.parts["proximite"] for h in engine.search(replace(ANYTHING, place=LILLE, reach="pied")).hits}
    assert by_car["a--far"] > 0.7 > 0.3 > on_foot["a--far"]


def test_a_deduced_thematique_is_found_and_counted_and_comes_after_a_stated_one(engine: SearchEngine) -> None:
    theme = {"codes": {"thematiques": ("mobilite--preparer-un-permis", "mobilite")}}
    deduced = ("mobilite--preparer-un-permis", "mobilite")
    world(engine, document("a--1", **theme, predicted=deduced), document("a--2", **theme))
    asked = replace(ANYTHING, filters={"thematiques": frozenset({"mobilite"})}, facets=("thematiques",))
    answer = engine.search(asked)
    assert [hit.id for hit in answer.hits] == ["a--2", "a--1"]
    assert answer.facets["thematiques"]["mobilite"] == 2
    needed = engine.search(replace(ANYTHING, needs=(Need("mobilite--preparer-un-permis", 0.9),)))
    assert [hit.id for hit in needed.hits] == ["a--2", "a--1"]


def test_a_name_typed_in_full_goes_before_what_answers_the_need(engine: SearchEngine) -> None:
    terms = {"mission": 1.0, "local": 1.0, "lill": 1.0}
    world(
        engine,
        document("a--1", codes={"thematiques": ("mobilite",)}, terms=terms),
        document("a--2", terms=terms, names=Names(holder=("mission", "local"), around=("lill",))),
    )
    asked = replace(ANYTHING, words=words("mission", "local", "lill"), needs=(Need("mobilite", 0.9),))
    assert ids(engine, asked) == ["a--2", "a--1"]
    assert ids(engine, replace(asked, words=words("lill"))) == ["a--1", "a--2"]


def test_a_name_is_found_behind_more_offers_than_the_window_takes(engine: SearchEngine) -> None:
    crowd = [document(f"a--{i:03}", codes={"thematiques": ("mobilite",)}, terms={"cidff": 2.0}) for i in range(400)]
    called = document("z--1", latitude=50.7, terms={"cidff": 0.5}, names=Names(holder=("cidff",)))
    world(engine, *crowd, called)
    asked = replace(ANYTHING, place=LILLE, words=words("cidff"), needs=(Need("mobilite", 0.9),))
    assert ids(engine, asked)[0] == "z--1"


def test_a_session_without_a_seat_is_worth_less_and_one_with_a_seat_is_told(engine: SearchEngine) -> None:
    day = (TODAY - EPOCH).days

    def on(document_id: str, *slots: tuple[int, bool]) -> Document:
        return document(document_id, slots=tuple(Slot(day + d, (day + d) * 86_400, full) for d, full in slots))

    world(engine, on("a--1", (2, True)), on("a--2", (2, True), (9, False)), on("a--3", (2, False)))
    answer = engine.search(replace(ANYTHING, place=LILLE))
    assert [hit.id for hit in answer.hits] == ["a--3", "a--2", "a--1"]
    assert [hit.next_start for hit in answer.hits] == [(day + d) * 86_400 for d in (2, 9, 2)]


def test_no_structure_fills_the_first_places_while_another_answers_as_well(engine: SearchEngine) -> None:
    def at(document_id: str, north: float, structure: str) -> Document:
        return document(document_id, latitude=50.63 + north, structure=structure)

    one = [at(f"a--{i}", i / 1000, "s--1") for i in range(6)]
    world(engine, *one, at("b--1", 0.007, "s--2"), at("b--2", 0.008, "s--3"), at("b--3", 0.009, "s--3"))
    first = ids(engine, replace(ANYTHING, place=LILLE))
    assert [i[0] for i in first[:5]].count("a") == 2
    assert sorted(first) == sorted([d.id for d in one] + ["b--1", "b--2", "b--3"])
    alone = replace(ANYTHING, place=LILLE, exclude=frozenset({"b--1", "b--2", "b--3"}))
    assert ids(engine, alone) == [d.id for d in one]


def test_half_of_the_words_admits_and_less_does_not(engine: SearchEngine) -> None:
    world(engine, document("a--1", terms={"loyer": 1.0}), document("a--2", terms={"permis": 1.0}))
    assert ids(engine, replace(ANYTHING, words=words("loyer", "dette"))) == ["a--1"]
    answer = engine.search(replace(ANYTHING, words=words("loyer", "dette", "expulsion")))
    assert (answer.total, answer.by_meaning_only) == (0, True)


def test_the_words_found_are_named(engine: SearchEngine) -> None:
    world(engine, document("a--1", terms={"loyer": 1.0}))
    [hit] = engine.search(replace(ANYTHING, words=words("loyer", "dette"))).hits
    assert hit.found_words == ("loyer",)


def test_when_nothing_is_admitted_the_nearest_by_meaning_are_given_and_said_to_be(engine: SearchEngine) -> None:
    axes = np.eye(DIMENSIONS, dtype=np.float32)
    world(engine, document("a--1", vector=axes[1]), document("a--2", vector=axes[0]))
    answer = engine.search(replace(ANYTHING, words=words("inconnu"), vector=axes[0]))
    assert answer.by_meaning_only
    assert [hit.id for hit in answer.hits] == ["a--2", "a--1"]


def test_an_understood_need_goes_before_a_word_by_chance(engine: SearchEngine) -> None:
    world(
        engine,
        document("a--1", terms={"loyer": 0.5}),
        document("a--2", codes={"thematiques": ("logement-hebergement",)}),
    )
    need = (Need("logement-hebergement", 0.9),)
    assert ids(engine, replace(ANYTHING, words=words("loyer", "retard"), needs=need)) == ["a--2", "a--1"]


def test_offers_of_the_job_go_before_those_of_its_field_and_before_what_answers_a_doubtful_need(
    engine: SearchEngine,
) -> None:
    world(
        engine,
        document("a--1", codes={"thematiques": ("sante",)}),
        document("a--2", codes={"thematiques": ("sante",), "metiers": ("G1603",)}),
        document("a--3", codes={"metiers": ("K1304", "G1602")}),
    )
    asked = replace(ANYTHING, needs=(Need("sante", 0.4),), metiers=("G1602",))
    assert ids(engine, asked) == ["a--3", "a--2", "a--1"]


def test_of_two_offers_that_answer_a_need_the_one_for_less_else_goes_first(engine: SearchEngine) -> None:
    everything = ("mobilite", "mobilite--preparer-un-permis", "sante", "sante--acces-aux-soins", "numerique")
    world(
        engine,
        document("a--1", codes={"thematiques": everything}),
        document("a--2", codes={"thematiques": ("mobilite", "mobilite--preparer-un-permis")}),
    )
    assert ids(engine, replace(ANYTHING, needs=(Need("mobilite--preparer-un-permis", 0.9),))) == ["a--2", "a--1"]


def test_siblings_follow_their_leader(engine: SearchEngine) -> None:
    def at(document_id: str, north: float, fold: int) -> Document:
        return document(document_id, latitude=50.63 + north, fold=fold)

    world(engine, at("a--1", 0.00, 7), at("a--2", 0.02, 0), at("a--3", 0.04, 7), at("a--4", 0.06, 0))
    assert ids(engine, replace(ANYTHING, place=LILLE)) == ["a--1", "a--3", "a--2", "a--4"]
    assert ids(engine, replace(ANYTHING, place=LILLE, sort="distance")) == ["a--1", "a--2", "a--3", "a--4"]


def test_order_by_date_puts_the_next_session_first_and_offers_without_session_last(engine: SearchEngine) -> None:
    day = (TODAY - EPOCH).days

    def on(document_id: str, *days: int) -> Document:
        return document(document_id, slots=tuple(Slot(day + d, (day + d) * 86_400) for d in days))

    world(engine, on("a--1"), on("a--2", 5), on("a--3", -3, 2), on("a--4", -3))
    assert ids(engine, replace(ANYTHING, sort="date")) == ["a--3", "a--2", "a--1", "a--4"]
    until = TODAY + timedelta(days=5)
    assert sorted(ids(engine, replace(ANYTHING, starts_from=TODAY, starts_until=until))) == ["a--2", "a--3"]


def test_more_than_the_window_is_all_listed_once(engine: SearchEngine) -> None:
    world(engine, *(document(f"a--{i:04}", latitude=50.63 + i / 1e5) for i in range(700)))
    query = replace(ANYTHING, place=LILLE, size=100)
    pages = [hit.id for page in range(1, 8) for hit in engine.search(replace(query, page=page)).hits]
    assert pages == [f"a--{i:04}" for i in range(700)]


def test_an_excluded_offer_is_not_found(engine: SearchEngine) -> None:
    world(engine, document("a--1"), document("a--2"))
    assert ids(engine, replace(ANYTHING, exclude=frozenset({"a--1"}))) == ["a--2"]


def test_a_walk_by_cursor_is_not_moved_by_live_changes(engine: SearchEngine) -> None:
    world(engine, *(document(f"a--{i:03}", latitude=50.63 + i / 1e4, quality=i % 7 / 7) for i in range(460)))
    query, seen = replace(ANYTHING, place=LILLE, size=50), []
    answer = engine.search(query)
    while True:
        seen += [hit.id for hit in answer.hits]
        if not answer.more:
            break
        engine.delete(seen[-3:])
        engine.upsert([document(f"a--new{len(seen)}", quality=1.0)])
        answer = engine.search(replace(query, after=answer.hits[-1].key), answer.snapshot)
    assert sorted(seen) == [f"a--{i:03}" for i in range(460)]


def test_by_meaning_too_each_facet_value_alone_gives_its_number(engine: SearchEngine) -> None:
    codes = [{"sources": ("dora",)}, {"sources": ("soliguide",)}]
    world(engine, *(document(f"a--{i:02}", codes=codes[i % 3 == 0]) for i in range(60)))
    vector = np.eye(DIMENSIONS, dtype=np.float32)[0]
    query = replace(ANYTHING, words=words("inconnu"), vector=vector, facets=("sources",))
    counts = dict(engine.search(query).facets["sources"])
    assert sum(counts[name] for name in ("dora", "soliguide")) == counts[""] == 20
    for name in ("dora", "soliguide"):
        alone = engine.search(replace(query, filters={"sources": frozenset({name})}))
        assert alone.total == counts[name]


@pytest.mark.parametrize("vector", [np.ones(DIMENSIONS + 4), np.full(DIMENSIONS, np.nan)])
def test_a_vector_that_does_not_fit_is_refused_before_anything_is_written(
    engine: SearchEngine, vector: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> None:
    world(engine, document("a--1"))
    with pytest.raises(EngineError, match="maillage reindex"):
        engine.upsert([document("a--2"), document("a--3", vector=vector.astype(np.float32))])
    assert engine.search(ANYTHING).total == 1
