"""Trying again, for whatever may pass in a moment: so many turns, with a pause between two that grows and varies."""

import random
import time
from collections.abc import Iterator


def iter_turns(count: int, first_pause_s: float) -> Iterator[bool]:
    """For each turn, whether it is the last. The pause doubles, at random between half and all of it: those who were
    refused together do not come back together."""
    pause = first_pause_s
    for turn in range(1, count + 1):
        yield turn == count
        if turn < count:
            time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311
            pause *= 2
