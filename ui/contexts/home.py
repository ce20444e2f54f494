"""The home page."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.catalogue import SourceSummary
from indexer.schema.vocabulary import vocabulary
from ui import urls
from ui.contexts.facts import EXAMPLE_SOURCE, Link


@dataclass(frozen=True, slots=True)
class HomePage:
    title: str
    description: str
    themes: tuple[Link, ...]
    only_examples: bool


def build_home(sources: Sequence[SourceSummary]) -> HomePage:
    """`sources` as the catalogue lists them."""
    categories = [term for term in vocabulary("thematiques").values() if term.parent is None]
    return HomePage(
        title="Trouver une aide près de chez vous",
        description="Ateliers, formations, immersions et services près de chez vous, pour avancer vers l’emploi.",
        themes=tuple(Link(term.shown, urls.offers_of_theme(term.value)) for term in categories),
        only_examples=bool(sources) and all(source.source == EXAMPLE_SOURCE for source in sources),
    )
