"""Distances and moments as a person reads them."""

from datetime import datetime

import pytest

from indexer.search.wording import say_distance, say_moment


@pytest.mark.parametrize(
    ("km", "said"),
    [(0.0, "à moins de 100 m"), (1.0, "à 1 km"), (1.2, "à 1,2 km"), (9.9, "à 9,9 km"), (10.4, "à 10 km")],
)
def test_a_distance_is_said_as_one_would(km: float, said: str) -> None:
    assert say_distance(km) == said


def test_a_moment_is_said_in_its_own_offset() -> None:
    assert say_moment(datetime.fromisoformat("2026-03-03T14:00:00+01:00")) == "mardi 3 mars à 14 h"
    assert say_moment(datetime.fromisoformat("2026-08-01T09:05:00+04:00")) == "samedi 1er août à 9 h 05"
