"""The colours of the tokens, two by two, in the light and in the dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from ui.asset_files import STATIC

KINDS = ("atelier", "formation", "immersion", "service")
WORDS = [
    *((ink, on) for ink in ("ink", "ink-soft", "action", "action-strong") for on in ("ground", "surface", "sunken")),
    *((kind, f"{kind}-ground") for kind in KINDS),
    ("action-ink", "action"), ("action-ink", "action-strong"), ("danger", "surface"), ("warn", "surface"),
    ("warn", "warn-ground"), ("ink", "warn-ground"), ("ink", "info-ground"), ("action", "info-ground"),
    ("ok", "surface"), ("ok", "ok-ground"), ("danger", "danger-ground"),
]  # fmt: skip
SHAPES = [
    ("line-strong", "surface"),
    ("line-strong", "ground"),
    ("focus", "ground"),
    ("focus", "surface"),
    ("focus", "sunken"),
]


def read_schemes() -> dict[str, dict[str, str]]:
    light, dark = (STATIC / "tokens.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", part)) for part in (light, dark)]
    return {"light": found[0], "dark": {**found[0], **found[1]}}


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of `#rrggbb`."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_stand_out_by_four_and_a_half(scheme: str, ink: str, ground: str) -> None:
    tokens = read_schemes()[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_stand_out_by_three(scheme: str, shape: str, ground: str) -> None:
    tokens = read_schemes()[scheme]
    assert contrast(tokens[shape], tokens[ground]) >= 3


def test_the_dark_scheme_redefines_every_colour() -> None:
    schemes = read_schemes()
    changed = {name for name, value in schemes["dark"].items() if value != schemes["light"][name]}
    assert changed == set(schemes["light"])
