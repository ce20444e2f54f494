"""The offers that a need shows, among those found: `spread_offers` on candidates made by hand."""

from types import SimpleNamespace
from typing import Any, cast

from indexer.matching.offers import Candidate
from indexer.matching.spread import drop_unsure, spread_offers
from indexer.matching.terms import Terms


def candidate(
    name: str, score: float, doubts: tuple[int, int] = (0, 0), *, house: str = "", near: float = 0.7, **more: Any
) -> Candidate:
    facts: dict[str, Any] = {
        "urgent": False,
        "weak": False,
        "vital": False,
        "spoken": False,
        "meant": doubts[1] == 0,
        "terms": Terms(),
    } | more
    hit = SimpleNamespace(id=name, score=score, parts={"sens": near})
    return cast(
        Candidate,
        SimpleNamespace(
            hit=hit, doubts=doubts, rank=0, structure=house or name, offer=name, offre={"nom": name}, **facts
        ),
    )


def shown(*candidates: Candidate, echo: frozenset[str] = frozenset()) -> tuple[Any, ...]:
    (names,) = spread_offers([candidates], 3, [echo])
    return names


def test_what_is_for_others_is_left_out_beside_a_much_better_one_that_is() -> None:
    assert shown(candidate("sure", 0.7), candidate("for others", 0.6, (0, 1))) == ("sure",)


def test_what_is_for_others_completes_the_list_where_it_answers_about_as_well() -> None:
    assert shown(candidate("for others", 0.66, (0, 1)), candidate("sure", 0.7)) == ("sure", "for others")


def test_a_deduced_answer_is_shown_after_the_given_one() -> None:
    assert shown(candidate("deduced", 0.4, (0, 1), meant=True), candidate("given", 0.7)) == ("given", "deduced")


def test_what_is_both_closed_and_not_sure_waits_for_a_need_without_a_sure_answer() -> None:
    both = candidate("both", 0.7, (1, 1))
    assert shown(candidate("sure", 0.7), both) == ("sure",)
    assert shown(candidate("for others", 0.5, (0, 1)), both) == ("for others", "both")


def test_what_answers_for_want_of_better_is_shown_alone_and_once() -> None:
    weak = candidate("one line of a long list", 0.9, weak=True), candidate("another", 0.8, weak=True)
    assert shown(*weak, candidate("sure", 0.5)) == ("sure",)
    assert shown(*weak) == ("one line of a long list",)


def test_who_has_no_roof_is_told_of_what_is_made_for_it_and_of_nothing_else_where_there_is_some() -> None:
    bed = candidate("a bed tonight", 0.6, urgent=True, vital=True)
    assert shown(candidate("a young workers' home", 0.7), bed) == ("a bed tonight",)
    assert shown(candidate("a home", 0.7), candidate("full", 0.6, (1, 0), urgent=True, vital=True)) == (
        "a home",
        "full",
    )
    assert shown(candidate("a lawyer", 0.7), candidate("a refuge", 0.6, urgent=True)) == ("a refuge", "a lawyer")


def test_what_is_much_less_near_in_meaning_than_the_best_is_left_out_unless_its_theme_is_deduced() -> None:
    near, far = candidate("a car's repair", 0.7, near=0.9), candidate("a bicycle's", 0.7, near=0.5)
    assert shown(near, far) == ("a car's repair",)
    deduced = candidate("deduced", 0.6, (0, 1), near=0.2, meant=True)
    assert shown(near, deduced) == ("a car's repair", "deduced")


def test_among_offers_of_one_need_the_nearest_in_meaning_goes_before_a_slightly_better_score() -> None:
    assert shown(candidate("vaccines", 0.64, near=0.8), candidate("a doctor", 0.62, near=0.9))[0] == "a doctor"


def test_a_second_offer_is_shown_only_where_it_answers_about_as_well_and_a_third_must_be_nearer_still() -> None:
    first, second = candidate("a dentist", 0.7, near=0.9), candidate("a health centre", 0.65, near=0.8)
    assert shown(first, second, candidate("a vaccine", 0.69, near=0.77)) == ("a dentist", "a health centre")
    assert shown(first, candidate("as near", 0.69, near=0.88), candidate("a third", 0.65, near=0.85)) == (
        "a dentist",
        "as near",
        "a third",
    )
    assert shown(first, second, candidate("a third", 0.6, near=0.79)) == ("a dentist", "a health centre")


def test_an_offer_that_alone_takes_up_the_words_of_the_need_is_kept_though_it_is_less_near() -> None:
    near = candidate("payer un loyer en retard", 0.7, near=0.9)
    echoing, other = candidate("menace d'huissier", 0.6, near=0.6), candidate("aide au déménagement", 0.6, near=0.6)
    assert shown(near, echoing, other, echo=frozenset({"huissie"})) == (near.hit.id, echoing.hit.id)
    assert shown(near, echoing, other) == (near.hit.id,)


def test_the_words_that_the_nearest_offer_takes_up_too_keep_no_other() -> None:
    near, other = candidate("loyer et huissier", 0.7, near=0.9), candidate("un huissier", 0.6, near=0.6)
    assert shown(near, other, echo=frozenset({"huissie"})) == (near.hit.id,)


def test_an_offer_for_others_stands_alone_only_where_its_meaning_is_near() -> None:
    meal, course = candidate("a hot meal", 0.5, (0, 1), near=0.5), candidate("a course", 0.5, (0, 1), near=0.9)
    assert drop_unsure([meal, course]) == (course,)
    assert drop_unsure([meal]) == ()
    assert drop_unsure([meal, sure := candidate("sure", 0.4)]) == (meal, sure)


def test_what_stands_against_an_offer_puts_it_behind_and_keeps_it() -> None:
    assert shown(candidate("full", 0.9, (1, 0)), candidate("sure", 0.5)) == ("sure", "full")


def test_what_is_made_for_emergencies_goes_first() -> None:
    assert shown(candidate("flat share", 0.7), candidate("a bed tonight", 0.6, urgent=True))[0] == "a bed tonight"


def test_being_understood_goes_before_a_slightly_better_answer_only() -> None:
    spoken = candidate("in Arabic", 0.6, spoken=True)
    assert shown(candidate("in French", 0.65), spoken)[0] == "in Arabic"
    assert shown(candidate("in French", 0.8), spoken)[0] == "in French"


def test_an_offer_whose_text_asks_what_the_person_is_not_leaves_its_place_and_what_it_kept_out() -> None:
    refused = candidate("for tenants", 0.8, near=0.9, terms=Terms(refused=True))
    assert shown(refused, candidate("for all", 0.6, near=0.7)) == ("for all",)
    assert shown(refused) == ()


def test_an_offer_that_asks_what_is_not_known_goes_behind_one_that_asks_nothing() -> None:
    asking = candidate("with a promise of work", 0.8, terms=Terms(("à vérifier",)))
    assert shown(asking, candidate("for all", 0.7)) == ("for all", asking.hit.id)
