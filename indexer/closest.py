"""The known value that a person most likely meant."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process, utils

_ALIKE = 60.0
"""Under this likeness (0–100) a proposal misleads more than it helps."""

_READ = 100  # characters: a longer value is no slip of the fingers


def closest(value: str, known: Iterable[str]) -> str | None:
    """The known value whose spelling resembles most; None when none does."""
    return closest_labelled(value, {name: name for name in known})


def closest_labelled(value: str, labels: Mapping[str, str]) -> str | None:
    """The value that resembles most, by its own spelling or by its label; None when none does."""
    written = [(name, name) for name in labels] + [(label, name) for name, label in labels.items()]
    found = process.extractOne(
        value[:_READ],
        [text for text, _ in written],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
    )
    return None if found is None else written[found[2]][1]
