"""What each part is worth, by what was asked."""

from collections.abc import Mapping

from indexer.engines.base import SearchQuery

ASKED: Mapping[str, float] = {
    "besoin": 0.35,
    "mots": 0.26,
    "sens": 0.23,
    "proximite": 0.07,
    "precise": 0.03,
    "qualite": 0.03,
    "fraicheur": 0.01,
    "bientot": 0.01,
    "places": 0.01,
}
"""Weights when something was typed: what it is for, then how far, then how well it is told.

Chosen one after the other on the dev part of both judged sets and of the Lille feed by theme (docs/relevance.md). Less
of distance, .02 to .04, measures better still: judges grade what an offer gives, a person also has to go there.
"""

BROWSED: Mapping[str, float] = {
    "proximite": 0.57,
    "precise": 0.2,
    "qualite": 0.1,
    "fraicheur": 0.04,
    "bientot": 0.06,
    "places": 0.03,
}
"""Weights when only place and filters were given."""

ALIKE: Mapping[str, float] = {"sens": 0.75, "proximite": 0.2, "qualite": 0.05}
"""Weights when only a vector was given: what resembles an offer."""

WISHES, AGE = 0.15, 0.12
"""Added where something was wished, or an age was said. A wish turns offers of one need, and brings no other up."""

STALE_LOSS = 0.2
"""What an offer that nobody has looked after for long loses of its score: more than a place in the list, less than what
sets a right answer apart from a wrong one. Chosen, not measured: the judged catalogues hold no such offer.
"""

NAME_LIFT = 0.8
"""How much of the way to 1 a name typed in full lifts an offer: above all that only answers the words."""


def weights_for(query: SearchQuery, *, by_meaning: bool) -> dict[str, float]:
    """The weights of a query's parts; their sum is 1. `by_meaning`: nothing was admitted, meaning alone chose."""
    alike = query.vector is not None and (by_meaning or not query.asks_for_something)
    weights = dict(ALIKE if alike else ASKED if query.asks_for_something else BROWSED)
    if query.wishes:
        weights["souhaits"] = WISHES
    if query.age is not None:
        weights["age"] = AGE
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}
