"""Cases that only `make test-all` runs, so that `make test` stays short: the first ones stand for the rest."""

from collections.abc import Iterable
from typing import Any

import pytest

PHONE, DESKTOP = 390, 1280

SCREENS = [
    (PHONE, "light"),
    (DESKTOP, "dark"),
    pytest.param(PHONE, "dark", marks=pytest.mark.slow),
    pytest.param(DESKTOP, "light", marks=pytest.mark.slow),
]
"""Width and scheme of colours: each width and each scheme is seen by `make test`, each pair by `make test-all`."""

ONE_SCREEN = [(PHONE, "light"), pytest.param(DESKTOP, "dark", marks=pytest.mark.slow), *SCREENS[2:]]
"""The same where many pages are seen."""


def first(count: int, cases: Iterable[Any]) -> list[Any]:
    """The same cases, all but the first `count` marked slow."""
    return [case if rank < count else pytest.param(case, marks=pytest.mark.slow) for rank, case in enumerate(cases)]
