"""The filter of agendas, on events labelled by hand."""

from pathlib import Path

import pytest

from indexer.feeds.agenda_filter import judge_event

JUDGED = Path(__file__).parent / "judged" / "agenda_events.txt"


def read_judged() -> list[tuple[bool, str, str]]:
    lines = [line for line in JUDGED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(label == "oui", title, text) for label, title, text in (line.split("|") for line in lines)]


def measure(events: list[tuple[bool, str, str]]) -> tuple[float, float]:
    """Precision and recall of what is kept."""
    kept = [wanted for wanted, title, text in events if judge_event(title, text).kept]
    return sum(kept) / len(kept), sum(kept) / sum(wanted for wanted, _, _ in events)


def test_at_least_150_events_are_labelled_and_both_sides_are_there() -> None:
    events = read_judged()
    assert len(events) >= 150
    assert 0.4 < sum(wanted for wanted, _, _ in events) / len(events) < 0.6


def test_on_events_never_used_to_mend_it_the_filter_stays_good() -> None:
    precision, recall = measure(read_judged()[1::2])
    assert precision >= 0.92
    assert recall >= 0.85


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Brocante", "Stands, buvette"),
        ("Théâtre : l'entretien d'embauche", "Comédie"),
        ("Atelier", "Venez nombreux"),
        ("", ""),
    ],
)
def test_what_is_sold_played_or_says_nothing_is_not_an_offer(title: str, text: str) -> None:
    assert not judge_event(title, text).kept


def test_the_verdict_names_what_was_found() -> None:
    verdict = judge_event("Job dating au marché de Noël")
    assert "emploi" in verdict.found
    assert "marche" in verdict.found


def test_accents_capitals_and_tags_change_nothing() -> None:
    assert judge_event("ATELIER RECHERCHE D’EMPLOI") == judge_event("<b>Atelier</b> recherche d'emploi")
