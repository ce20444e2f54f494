"""The kind of an offer read from its title alone, on invented titles (offer_kinds.txt)."""

from pathlib import Path
from typing import Any

import pytest

LEAST = 0.95

TITLES = [
    (title, kind)
    for line in Path(__file__).with_name("offer_kinds.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
    for kind, title in [line.split("\t")]
]


def test_there_are_enough_titles_of_each_kind() -> None:
    kinds = [kind for _, kind in TITLES]
    assert len(TITLES) == len(set(TITLES)) >= 80
    assert min(map(kinds.count, ("atelier", "formation", "immersion", "service"))) >= 10


def test_titles_are_nearly_all_read_rightly(offer: Any) -> None:
    wrong = [(title, kind, str(offer(nom=title)[0].type_offre)) for title, kind in TITLES]
    wrong = [one for one in wrong if one[1] != one[2]]
    print(f"{1 - len(wrong) / len(TITLES):.0%} de {len(TITLES)} titres :", *wrong, sep="\n")
    assert len(wrong) <= (1 - LEAST) * len(TITLES)


@pytest.mark.parametrize("title", [title for title, kind in TITLES if kind == "service"])
def test_a_service_is_never_taken_for_something_one_attends(offer: Any, title: str) -> None:
    """In doubt, a service: to be shown as a course that it is not sends a person for nothing."""
    assert offer(nom=title)[0].type_offre == "service"
