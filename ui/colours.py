"""The colours of the tokens and those of a territory: the pairs that must stand out, and the style that follows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

TOKENS: Final = Path(__file__).parent / "static" / "tokens.css"

Scheme = Literal["clair", "sombre"]
Colours = Mapping[str, str]

WORDS_CONTRAST: Final = 4.5
SHAPES_CONTRAST: Final = 3.0
"""WCAG 2.2, 1.4.3 for words and 1.4.11 for edges and focus."""

_KINDS = ("atelier", "formation", "immersion", "service")
WORDS: Final = (
    *((ink, on) for ink in ("ink", "ink-soft", "action", "action-strong") for on in ("ground", "surface", "sunken")),
    *((kind, f"{kind}-ground") for kind in _KINDS),
    ("action-ink", "action"), ("action-ink", "action-strong"), ("danger", "surface"), ("warn", "surface"),
    ("warn", "warn-ground"), ("ink", "warn-ground"), ("ink", "info-ground"), ("action", "info-ground"),
    ("ok", "surface"), ("ok", "ok-ground"), ("danger", "danger-ground"),
)  # fmt: skip
SHAPES: Final = (
    ("line-strong", "surface"), ("line-strong", "ground"),
    ("focus", "ground"), ("focus", "surface"), ("focus", "sunken"),
)  # fmt: skip
"""The only list of what is seen on what: ours is tested by it, a territory's is refused by it."""

_TOKEN = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")


@dataclass(frozen=True, slots=True)
class WeakPair:
    """Two roles too close to each other. `contrast` is a ratio, `least` what it should be."""

    scheme: Scheme
    ink: str
    ground: str
    contrast: float
    least: float


def read_tokens() -> dict[Scheme, dict[str, str]]:
    """The colour of each role in the light and in the dark, as the style sheet has them."""
    light, _, dark = TOKENS.read_text(encoding="utf-8").partition("@media (prefers-color-scheme: dark)")
    own = dict(_TOKEN.findall(light))
    return {"clair": own, "sombre": own | dict(_TOKEN.findall(dark))}


def contrast(one: str, other: str) -> float:
    """From 1 to 21, of two `#rrggbb`, whatever their order (WCAG 2.2, « contrast ratio »)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def iter_weak_pairs(changed: Mapping[Scheme, Colours]) -> Iterator[WeakPair]:
    """The pairs that a territory's colours leave too close; those of pairs that it does not touch are ours to check."""
    for scheme, tokens in read_tokens().items():
        own = changed.get(scheme, {})
        colours = {**tokens, **own}
        for pairs, least in ((WORDS, WORDS_CONTRAST), (SHAPES, SHAPES_CONTRAST)):
            for ink, ground in pairs:
                found = contrast(colours[ink], colours[ground])
                if found < least and (ink in own or ground in own):
                    yield WeakPair(scheme, ink, ground, found, least)


def build_style(changed: Mapping[Scheme, Colours]) -> str:
    """The style sheet that puts a territory's colours over ours, on screens only: paper stays black on white."""
    light, dark = _rules(changed.get("clair", {})), _rules(changed.get("sombre", {}))
    parts = (
        f"@media screen{{:root{{{light}}}}}" if light else "",
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_with_light_undone(changed)}}}}}"
        if light or dark
        else "",
    )
    return "\n".join(part for part in parts if part)


def _with_light_undone(changed: Mapping[Scheme, Colours]) -> str:
    """A role changed in the light only keeps our colour in the dark."""
    ours, light = read_tokens()["sombre"], changed.get("clair", {})
    return _rules({role: ours[role] for role in light} | dict(changed.get("sombre", {})))


def _rules(colours: Colours) -> str:
    return "".join(f"--{role}:{colour};" for role, colour in colours.items())


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
