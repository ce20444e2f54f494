"""The results page."""

from dataclasses import dataclass
from datetime import date

from indexer.geocode.communes import Commune
from indexer.search import SearchAnswer
from ui import urls
from ui.contexts.cards import Card, build_card
from ui.contexts.empty import NothingFound
from ui.contexts.facts import Link
from ui.contexts.filters import (
    Chip,
    FilterGroup,
    Option,
    RadiusChoice,
    build_chips,
    build_groups,
    build_moments,
    build_radii,
    count_filters,
    hidden_pairs,
)
from ui.contexts.pagination import Pagination, build_pagination
from ui.emergency import EmergencyNumber, build_numbers
from ui.params import LAST_POSITION, SORTS, Reading
from ui.places import commune_label
from ui.state import COUNTED, SearchState
from ui.wording import glued, say_count, say_list, say_of

_SORT_LABELS = {"pertinence": "Le plus utile", "distance": "Le plus proche", "date": "La prochaine date"}
_FORM_FIELDS = ("q", "lieu", "code_commune", "sans_lieu", "tel_quel")
_FILTER_FIELDS = (*COUNTED, "rayon_km", "debut_apres", "debut_avant")


@dataclass(frozen=True, slots=True)
class SortLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The words and the place, with what the form carries along.

    `said` sums them up in one line; `anywhere_url` takes the place away, None without one.
    """

    q: str
    lieu: str
    code_commune: str
    hidden: urls.Pairs
    said: str
    anywhere_url: str | None


@dataclass(frozen=True, slots=True)
class FilterForm:
    groups: tuple[FilterGroup, ...]
    radii: tuple[RadiusChoice, ...]
    moments: tuple[Option, ...]
    debut_apres: str
    debut_avant: str
    hidden: urls.Pairs
    label: str
    live_label: str
    reset_url: str | None


@dataclass(frozen=True, slots=True)
class UrgencyBlock:
    """What to tell a person in distress, before anything else."""

    message: str
    numbers: tuple[EmergencyNumber, ...]


@dataclass(frozen=True, slots=True)
class MendedNotice:
    """Which words were looked for in place of those typed, and the way back to them."""

    message: str
    link: Link


@dataclass(frozen=True, slots=True)
class ResultsPage:
    title: str
    description: str
    heading: str
    notices: tuple[str, ...]
    around: str
    meant: tuple[Link, ...]
    form: SearchForm
    filters: FilterForm
    chips: tuple[Chip, ...]
    mended: MendedNotice | None
    sorts: tuple[SortLink, ...]
    by_meaning: bool
    only_examples: bool
    cards: tuple[Card, ...]
    pagination: Pagination | None
    map_url: str
    nothing: NothingFound | None
    urgency: UrgencyBlock | None
    alert_url: str | None = None


def build_results(reading: Reading, answer: SearchAnswer, nothing: NothingFound | None, today: date) -> ResultsPage:
    """`nothing` when the answer is empty."""
    state = reading.state
    heading = say_heading(state, answer)
    cards = tuple(build_card(item, today, state.code_commune) for item in answer.items)
    return ResultsPage(
        title=heading,
        description="Ateliers, formations, immersions et services près de chez vous.",
        heading=heading,
        notices=(*reading.notices, *answer.compris.warnings),
        around=say_of(state.lieu) if state.lieu else "",
        meant=tuple(_meant(state, other) for other in reading.others),
        form=_search_form(state),
        filters=_filter_form(state, answer),
        chips=build_chips(state, answer.besoins, answer.souhaits),
        mended=_build_mended(state, answer),
        sorts=tuple(_sort_link(state, tri) for tri in SORTS if tri != "distance" or state.has_place),
        by_meaning=answer.par_sens and answer.total > 0,
        only_examples=bool(cards) and all(card.is_example for card in cards),
        cards=cards,
        pagination=build_pagination(
            state.page, last_page(answer.total, state.size), lambda page: urls.offers(state.on_page(page))
        ),
        map_url=urls.map_points(state),
        nothing=nothing,
        urgency=_build_urgency(answer),
    )


def _search_form(state: SearchState) -> SearchForm:
    where = state.lieu or ("autour de vous" if state.has_place else "")
    said = " · ".join(part for part in (state.q, where) if part)
    return SearchForm(
        q=state.q,
        lieu=state.lieu,
        code_commune=state.code_commune or "",
        hidden=hidden_pairs(state, _FORM_FIELDS),
        said=said or "Vos mots, votre commune",
        anywhere_url=urls.offers(state.without_place()) if state.has_place else None,
    )


def _build_urgency(answer: SearchAnswer) -> UrgencyBlock | None:
    said = answer.compris.urgency
    return None if said is None else UrgencyBlock(said.message, build_numbers(said.numbers))


def _build_mended(state: SearchState, answer: SearchAnswer) -> MendedNotice | None:
    if not answer.corrections:
        return None
    said = say_list(tuple(f"« {mended.lu} » au lieu de « {mended.tape} »" for mended in answer.corrections))
    return MendedNotice(
        glued(f"Résultats pour {said}."), Link("Chercher comme c'est écrit", urls.offers(state.as_typed()))
    )


def last_page(total: int, size: int) -> int:
    """The last page that a number reaches, 1 for an empty list."""
    return min(max(1, -(-total // size)), LAST_POSITION // size)


def say_heading(state: SearchState, answer: SearchAnswer) -> str:
    """« 23 offres à moins de 50 km de Belfort »."""
    found = say_count(answer.total, "offre") if answer.total else "Nous n’avons pas trouvé d’offre"
    if not state.has_place:
        return found
    where = "de vous" if answer.lieu is None or state.lat is not None else say_of(answer.lieu.nom)
    return f"{found} à moins de {state.rayon_km:g} km {where}"


def _meant(state: SearchState, commune: Commune) -> Link:
    label = commune_label(commune)
    return Link(label, urls.offers(state.near(commune.code, label)))


def _sort_link(state: SearchState, tri: str) -> SortLink:
    return SortLink(_SORT_LABELS[tri], urls.offers(state.sorted_by(SORTS[tri])), state.tri == tri)


def _live_label(total: int) -> str:
    """Of the button that shows a list whose count is known as one ticks."""
    if total == 0:
        return "Voir que faire"
    return "Voir l’offre" if total == 1 else f"Voir les {say_count(total, 'offre')}"


def _filter_form(state: SearchState, answer: SearchAnswer) -> FilterForm:
    number = count_filters(state)
    return FilterForm(
        groups=build_groups(answer.facettes),
        radii=build_radii(state) if state.has_place else (),
        moments=build_moments(answer.facettes),
        debut_apres="" if state.debut_apres is None else state.debut_apres.isoformat(),
        debut_avant="" if state.debut_avant is None else state.debut_avant.isoformat(),
        hidden=hidden_pairs(state, _FILTER_FIELDS if state.has_place else (*_FILTER_FIELDS, "rayon_km")),
        label=f"Filtrer ({number})" if number else "Filtrer",
        live_label=_live_label(answer.total),
        reset_url=urls.offers(state.without_filters()) if number else None,
    )
