"""The home page: what to ask, and what there is near a place before anything is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from indexer.catalogue import SourceSummary
from indexer.schema.vocabulary import Term, vocabulary
from indexer.search import SearchAnswer
from ui import urls
from ui.contexts.cards import Card, build_card
from ui.contexts.facts import EXAMPLE_SOURCE
from ui.offer_json import coming_sessions, read_offer
from ui.params import Reading
from ui.state import SearchState
from ui.wording import say_count, say_of

SHOWN_THEMES: Final = 8
"""The others unfold: sixteen tiles are three screens of a phone."""

SOURCES_NAMED: Final = 5
WEEK: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class NearHome:
    """What the search says around the place: offers by theme, and the next sessions. None where it cannot answer."""

    themes: SearchAnswer | None
    sessions: SearchAnswer | None


@dataclass(frozen=True, slots=True)
class ThemeTile:
    """`code` names its icon."""

    code: str
    label: str
    url: str
    count: str | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """`lieu` and `code_commune` are the place that is known, empty when none is; `where` says it in titles."""

    title: str
    description: str
    notices: tuple[str, ...]
    lieu: str
    code_commune: str
    where: str
    themes: tuple[ThemeTile, ...]
    other_themes: tuple[ThemeTile, ...]
    dates_title: str
    dates: tuple[Card, ...]
    dates_url: str
    publishers: str
    sources: tuple[str, ...]
    only_examples: bool


def build_home(reading: Reading, near: NearHome, sources: Sequence[SourceSummary], today: date) -> HomePage:
    """`sources` as the catalogue lists them."""
    state = reading.state
    tiles = _build_tiles(state, near.themes)
    dates = () if near.sessions is None else near.sessions.items
    return HomePage(
        title="Trouver une aide près de chez vous",
        description="Ateliers, formations, immersions et services près de chez vous, pour avancer vers l’emploi.",
        notices=reading.notices,
        lieu=state.lieu,
        code_commune=state.code_commune or "",
        where="" if reading.commune is None else f"à moins de {state.rayon_km:g} km {say_of(reading.commune.nom)}",
        themes=tiles[:SHOWN_THEMES],
        other_themes=tiles[SHOWN_THEMES:],
        dates_title=_dates_title(near.sessions, today),
        dates=tuple(build_card(item, today, state.code_commune) for item in dates),
        dates_url=urls.offers(coming(state, today)),
        publishers=_say_publishers(sources),
        sources=_name_sources(sources),
        only_examples=bool(sources) and all(source.source == EXAMPLE_SOURCE for source in sources),
    )


def coming(state: SearchState, today: date) -> SearchState:
    """The search of what begins from today on, the next first."""
    return state.without_words().without_filters().from_day(today).sorted_by("date")


def _build_tiles(state: SearchState, answer: SearchAnswer | None) -> tuple[ThemeTile, ...]:
    """Those with most offers around first; the order of the vocabulary otherwise."""
    categories = [term for term in vocabulary("thematiques").values() if term.parent is None]
    facet = () if answer is None else answer.facettes["thematiques"]
    counts = {value.valeur: value.nombre for value in facet}
    ordered = sorted(categories, key=lambda term: -counts.get(term.value, 0))
    return tuple(_tile(term, state, counts.get(term.value, 0)) for term in ordered)


def _tile(term: Term, state: SearchState, count: int) -> ThemeTile:
    near = state.without_words().without_filters().with_filter("thematiques", (term.value,))
    return ThemeTile(term.value, term.shown, urls.offers(near), say_count(count, "offre") if count else None)


def _dates_title(answer: SearchAnswer | None, today: date) -> str:
    """« Cette semaine » only when the last of those shown is within it."""
    starts = [] if answer is None else [_first_day(item.offre, today) for item in answer.items]
    return "Cette semaine" if starts and max(starts) <= today + WEEK else "Prochaines dates"


def _first_day(offre: bytes, today: date) -> date:
    return coming_sessions(read_offer(offre)["sessions"], today)[0][0].date()


def _say_publishers(sources: Sequence[SourceSummary]) -> str:
    """Empty before anything is published."""
    offers = sum(source.published for source in sources)
    if offers == 0:
        return ""
    held = say_count(sum(source.structures for source in sources), "structure")
    return f"{say_count(offers, 'offre')} de {held}, mises en commun ici."


def _name_sources(sources: Sequence[SourceSummary]) -> tuple[str, ...]:
    """« dora (1 234 offres) », those with most offers first, then how many others there are."""
    totals: dict[str, int] = {}
    for source in sources:
        totals[source.source] = totals.get(source.source, 0) + source.published
    ordered = sorted((name for name in totals if totals[name]), key=lambda name: (-totals[name], name))
    named = tuple(f"{name} ({say_count(totals[name], 'offre')})" for name in ordered[:SOURCES_NAMED])
    others = len(ordered) - len(named)
    return named if others == 0 else (*named, say_count(others, "autre source", "autres sources"))
