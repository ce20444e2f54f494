"""How `make lighthouse` reads a report: the mean by weights, and the one audit that a page may be excused of."""

from typing import Any

from tests.load.lighthouse import CATEGORIES, Score, middle, read_scores, show

WEIGHTS = {"speed": 3, "names": 1, "is-crawlable": 4, "advice": 0}


def report(**scores: float | None) -> dict[str, Any]:
    """A report whose four categories hold the same audits."""
    audits = {name.replace("_", "-"): score for name, score in scores.items()}
    references = [{"id": name, "weight": WEIGHTS[name]} for name in audits]
    return {
        "audits": {name: {"id": name, "score": score} for name, score in audits.items()},
        "categories": {category: {"auditRefs": references} for category in CATEGORIES},
    }


def test_a_score_is_the_mean_of_its_audits_by_their_weights() -> None:
    assert read_scores(report(speed=0.5, names=1, advice=0))["performance"] == Score(62, False, ("speed",))


def test_an_audit_that_does_not_apply_does_not_count() -> None:
    assert read_scores(report(speed=None, names=1))["seo"].value == 100


def test_a_page_that_asks_not_to_be_listed_is_excused_of_that_and_of_nothing_else() -> None:
    assert read_scores(report(speed=1, is_crawlable=0))["seo"] == Score(100, True, ())
    assert read_scores(report(speed=0.5, is_crawlable=0))["seo"].value == 50
    assert not read_scores(report(speed=1, is_crawlable=1))["seo"].excused


def test_of_several_runs_the_median_is_kept() -> None:
    assert middle([Score(value, False, ()) for value in (99, 80, 97)]).value == 97


def test_a_low_score_is_told_with_what_cost_it(capsys: Any) -> None:
    assert show("accueil", dict.fromkeys(CATEGORIES, Score(95, False, ())))
    assert not show("offre", dict.fromkeys(CATEGORIES, Score(94, False, ("speed 3 s",))))
    assert "speed 3 s" in capsys.readouterr().out
