"""Which pairs are worth comparing: those that share something that few others have."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer.dedupe.card import Card
from indexer.dedupe.words import nature_words

LARGEST_BLOCK: Final = 60
"""Beyond, what is shared is too common to tell anything, and a block of 1,000 would cost half a million comparisons."""

_COMMON: Final = nature_words()


def iter_pairs(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Positions of the pairs to compare, each once, the lower first. Cards of one list must be of one kind."""
    blocks: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, card in enumerate(cards):
        for key in keys_of(card):
            for title in sorted(card.title) or ("",):
                blocks[(*key, title)].append(position)
    seen: set[int] = set()
    for members in blocks.values():
        if len(members) > LARGEST_BLOCK:
            continue
        for place, one in enumerate(members):
            for other in members[place + 1 :]:
                pair = one * len(cards) + other
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def keys_of(card: Card) -> Iterable[tuple[str, ...]]:
    """The blocks of one card."""
    towns = tuple(dict.fromkeys(town for town in (card.insee, card.postal) if town))
    for town in towns:
        yield ("name", town, card.name)
        for word in sorted(card.telling - _COMMON):
            yield ("word", town, word)
        for nature in sorted(card.natures):
            yield ("nature", town, nature)
        if card.street:
            yield ("address", town, card.number or "", card.street)
        if card.domain:
            yield ("domain", town, card.domain)
    for field, value in (("siret", card.siret), ("phone", card.phone), ("email", card.email)):
        if value:
            yield (field, value)
    if card.latitude is not None and card.longitude is not None:
        for word in sorted(card.telling - _COMMON):
            yield ("near", f"{card.latitude:.2f}", f"{card.longitude:.2f}", word)
    if not towns:
        yield ("nowhere", card.name)
