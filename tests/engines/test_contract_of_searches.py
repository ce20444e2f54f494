"""What every engine finds, and in which order. Runs on each engine of conftest."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from indexer.engines.base import (
    Document,
    Names,
    Need,
    Place,
    SearchEngine,
    Slot,
)
from indexer.engines.ranking import FAINT, PREDICTED
from tests.engines.documents import ANYTHING, LILLE, document, ids, words, world
from tests.engines.worlds import DIMENSIONS, EPOCH, TODAY


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


def test_a_thematique_that_the_offer_says_nothing_of_is_found_and_comes_after_one_that_it_speaks_of(
    engine: SearchEngine,
) -> None:
    permit = "mobilite--preparer-un-permis"
    theme = {"codes": {"thematiques": (permit, "mobilite")}}
    world(
        engine,
        document("a--1", **theme, predicted=(permit,)),
        document("a--2", **theme, faint=(permit,)),
        document("a--3", **theme),
    )
    needed = engine.search(replace(ANYTHING, needs=(Need(permit, 0.9),), facets=("thematiques",)))
    assert [hit.id for hit in needed.hits] == ["a--3", "a--2", "a--1"]
    assert needed.facets["thematiques"][permit] == 3
    worths = [hit.parts["besoin"] for hit in needed.hits]
    assert worths == pytest.approx([0.9, 0.9 * FAINT, 0.9 * PREDICTED])


def test_a_deduced_job_is_found_and_counted_and_comes_after_a_stated_one(engine: SearchEngine) -> None:
    job = {"codes": {"metiers": ("F1703",)}}
    world(engine, document("a--1", **job, predicted=("F1703",)), document("a--2", **job))
    asked = replace(ANYTHING, filters={"metiers": frozenset({"F1703"})}, facets=("metiers",))
    answer = engine.search(asked)
    assert [hit.id for hit in answer.hits] == ["a--2", "a--1"]
    assert answer.facets["metiers"]["F1703"] == 2
    wanted = {hit.id: hit.parts["besoin"] for hit in engine.search(replace(ANYTHING, metiers=("F1703",))).hits}
    near = {hit.id: hit.parts["besoin"] for hit in engine.search(replace(ANYTHING, metiers=("F1704", "F1703"))).hits}
    assert wanted["a--2"] > wanted["a--1"] > 0
    assert near == wanted


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


def test_a_facet_lists_what_an_offer_names_while_it_matches_every_value(engine: SearchEngine) -> None:
    world(
        engine,
        document("a--1", codes={"publics": ("tous-publics",)}, anything=frozenset({"publics"})),
        document("a--2", codes={"publics": ("jeunes",)}),
    )
    counts = engine.search(replace(ANYTHING, facets=("publics",))).facets["publics"]
    assert counts == {"": 2, "tous-publics": 1, "jeunes": 2}
