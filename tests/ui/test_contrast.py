"""The colours of our own tokens, by the pairs that a territory's are checked by, in the light and in the dark."""

import pytest

from ui.colours import SHAPES, SHAPES_CONTRAST, WORDS, WORDS_CONTRAST, Scheme, contrast, read_tokens

SCHEMES: tuple[Scheme, ...] = ("clair", "sombre")
SEEN_ON_NOTHING = {"line"}
"""Separates what is told apart without it."""


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_stand_out_by_four_and_a_half(scheme: Scheme, ink: str, ground: str) -> None:
    tokens = read_tokens()[scheme]
    assert contrast(tokens[ink], tokens[ground]) >= WORDS_CONTRAST


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_stand_out_by_three(scheme: Scheme, shape: str, ground: str) -> None:
    tokens = read_tokens()[scheme]
    assert contrast(tokens[shape], tokens[ground]) >= SHAPES_CONTRAST


def test_every_colour_is_checked_on_another() -> None:
    checked = {role for pair in (*WORDS, *SHAPES) for role in pair}
    assert set(read_tokens()["clair"]) - checked == SEEN_ON_NOTHING


def test_the_dark_scheme_redefines_every_colour() -> None:
    tokens = read_tokens()
    changed = {role for role, colour in tokens["sombre"].items() if colour != tokens["clair"][role]}
    assert changed == set(tokens["clair"])
