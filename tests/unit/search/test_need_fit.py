"""What an offer is for, beside what was understood: needs, jobs, and how much else the offer is for."""

from datetime import date

import pytest

from indexer.engines.base import Need, SearchQuery
from indexer.engines.ranking import job_fit, need_fit, spread

LOYER, PERMIS = "logement-hebergement--payer-son-loyer", "mobilite--preparer-un-permis"
ASKED = SearchQuery(date(2026, 5, 4), needs=(Need(LOYER, 0.9), Need(PERMIS, 0.5)), metiers=("G1602",))


def fit(
    *thematiques: str, predicted: tuple[str, ...] = (), faint: tuple[str, ...] = (), metiers: tuple[str, ...] = ()
) -> float:
    return need_fit(thematiques, metiers, ASKED, predicted=predicted, faint=faint)


def test_the_surest_need_that_an_offer_answers_counts() -> None:
    assert fit(LOYER, "logement-hebergement") == pytest.approx(0.9)
    assert fit(PERMIS, "mobilite") == pytest.approx(0.5)
    assert fit("sante") == 0.0


def test_a_deduced_thematique_is_worth_less_than_a_stated_one() -> None:
    assert 0 < fit(LOYER, predicted=(LOYER,)) < fit(LOYER)


def test_a_thematique_that_the_offer_says_nothing_of_is_worth_less_than_another_and_more_than_a_deduced_one() -> None:
    assert fit(LOYER, predicted=(LOYER,)) < fit(LOYER, faint=(LOYER,)) < fit(LOYER, faint=(PERMIS,)) == fit(LOYER)


def test_an_offer_for_everything_answers_each_need_less() -> None:
    others = tuple(f"sante--{number}" for number in range(14))
    assert fit(LOYER) > fit(LOYER, *others[:4]) > fit(LOYER, *others) > 0.7 * fit(LOYER)


def test_being_alone_or_with_its_category_takes_nothing_away() -> None:
    assert spread(0) == spread(1) == spread(2) == 1.0


def test_the_job_asked_for_counts_as_a_need_and_a_job_of_its_field_half() -> None:
    assert fit(metiers=("G1602",)) == job_fit("G1602", ASKED.metiers) == 0.9
    assert fit(metiers=("K1304", "G1603")) == job_fit("G1603", ASKED.metiers) == 0.45
    assert fit(metiers=("K1304",)) == job_fit("G1602", ()) == 0.0


def test_of_a_need_and_a_job_the_better_answer_counts() -> None:
    assert fit(PERMIS, metiers=("G1602",)) == 0.9
    assert fit(LOYER, metiers=("G1603",)) == pytest.approx(0.9)
