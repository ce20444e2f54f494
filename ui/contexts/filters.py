"""The filters of a search, with exact counts, and the chips that remove them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import label_of
from indexer.search import FacetValue
from indexer.search.facets import EVERYONE
from ui import urls
from ui.state import FILTERS, SearchState
from ui.wishes import say_wish
from ui.wording import say_date, sentence

LEGENDS: Final = {
    "types_offre": "Quoi",
    "thematiques": "Thème",
    "publics": "Pour qui",
    "frais": "Coût",
    "modes_accueil": "Comment",
}
RADII_KM: Final = (2, 5, 10, 20, 30, 50, 100, 200)
MANY_OPTIONS: Final = 6
"""Beyond, a group is folded until something in it is ticked."""

_OWN_LABELS: Final = {"en-presentiel": "Sur place", "a-distance": "À distance (téléphone, Internet)"}


@dataclass(frozen=True, slots=True)
class Option:
    """A checkbox; `count` offers answer when it alone is ticked in its group."""

    id: str
    name: str
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Options that unfold. For a theme: the whole theme first, then each part; `count` None for a mere folding."""

    label: str
    count: int | None
    open: bool
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """`sections` for themes, `options` for the rest."""

    legend: str
    options: tuple[Option, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class RadiusChoice:
    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """Something asked or understood, and the address of the search without it; of one `removed`, with it again."""

    label: str
    url: str
    action: str = "Retirer"
    removed: bool = False
    typed: bool = False


def build_groups(facets: Mapping[str, tuple[FacetValue, ...]]) -> tuple[FilterGroup, ...]:
    """In the order of LEGENDS; a group with nothing to choose is left out."""
    return tuple(
        _group(name, legend, [value for value in facets.get(name, ()) if value.valeur != EVERYONE or value.selectionne])
        for name, legend in LEGENDS.items()
        if facets.get(name)
    )


def build_moments(facets: Mapping[str, tuple[FacetValue, ...]]) -> tuple[Option, ...]:
    """In the day, in the evening, at the week-end: told beside the dates, in « Quand »."""
    return tuple(_option("moments", value) for value in facets.get("moments", ()))


def build_radii(state: SearchState) -> tuple[RadiusChoice, ...]:
    """The usual distances, and the one asked when it is another."""
    distances = sorted({*map(float, RADII_KM), state.rayon_km})
    return tuple(RadiusChoice(f"{km:g}", f"{km:g} km".replace(".", ","), km == state.rayon_km) for km in distances)


def build_chips(state: SearchState, needs: Iterable[str] = (), wishes: Iterable[str] = ()) -> tuple[Chip, ...]:
    """What was asked; after the words, what was understood from them, each of which can be taken away and put back.

    A need that was asked for by a filter is shown once.
    """
    chips = [*_iter_typed(state), *(Chip(label, urls.offers(without)) for label, without in _iter_chips(state))]
    if not state.q:
        return tuple(chips)
    asked = state.filtres.get("thematiques", ())
    understood = [
        Chip(label_of("thematiques", need), urls.offers(state.without_need(need)))
        for need in needs
        if need not in asked
    ]
    removed = [
        Chip(label_of("thematiques", need), urls.offers(state.with_need_back(need)), "Remettre", removed=True)
        for need in state.sans_besoin
    ]
    understood += [Chip(say_wish(wish), urls.offers(state.without_wish(wish))) for wish in wishes]
    removed += [
        Chip(say_wish(wish), urls.offers(state.with_wish_back(wish)), "Remettre", removed=True)
        for wish in state.sans_souhait
    ]
    return (chips[0], *understood, *removed, *chips[1:])


def count_filters(state: SearchState) -> int:
    return sum(map(len, state.filtres.values())) + (state.debut_apres is not None or state.debut_avant is not None)


def hidden_pairs(state: SearchState, left_out: Iterable[str]) -> urls.Pairs:
    """What a form must carry along besides its own controls; a new search starts at its first page."""
    names = {*left_out, "page"}
    return [(name, value) for name, value in urls.search_pairs(state) if name not in names]


def label_of_value(name: str, value: str) -> str:
    if name == "metiers":
        return rome_labels().get(value, value)
    return _OWN_LABELS.get(value) or label_of(name, value)


def _iter_typed(state: SearchState) -> Iterator[Chip]:
    if state.q:
        yield Chip(f"« {state.q} »", urls.offers(state.without_words()), typed=True)
    if state.has_place:
        label = f"{state.lieu or 'autour de vous'}, à moins de {state.rayon_km:g} km"
        yield Chip(label, urls.offers(state.without_place()), typed=True)


def _iter_chips(state: SearchState) -> Iterator[tuple[str, SearchState]]:
    for name in FILTERS:
        for value in state.filtres.get(name, ()):
            yield label_of_value(name, value), state.without_value(name, value)
    if state.debut_apres is not None or state.debut_avant is not None:
        yield _say_days(state), state.without_dates()


def _say_days(state: SearchState) -> str:
    after = "" if state.debut_apres is None else f"à partir du {say_date(state.debut_apres)}"
    before = "" if state.debut_avant is None else f"jusqu’au {say_date(state.debut_avant)}"
    return sentence(" ".join(part for part in (after, before) if part))


def _group(name: str, legend: str, values: list[FacetValue]) -> FilterGroup:
    if name == "thematiques":
        return FilterGroup(legend, (), _sections(values))
    options = tuple(_option(name, value) for value in values)
    if len(options) <= MANY_OPTIONS:
        return FilterGroup(legend, options, ())
    opened = any(option.checked for option in options)
    return FilterGroup(legend, (), (Section(f"Choisir parmi {len(options)}", None, opened, options),))


def _sections(values: list[FacetValue]) -> tuple[Section, ...]:
    """A facet lists each category, then its thématiques."""
    categories = [value for value in values if value.parent is None]
    return tuple(_section(category, [v for v in values if v.parent == category.valeur]) for category in categories)


def _section(category: FacetValue, themes: list[FacetValue]) -> Section:
    whole = _option("thematiques", category, f"Tout : {category.label}")
    options = (whole, *(_option("thematiques", theme) for theme in themes))
    return Section(category.label, category.nombre, any(option.checked for option in options), options)


def _option(name: str, value: FacetValue, label: str | None = None) -> Option:
    shown = label or _OWN_LABELS.get(value.valeur) or value.label
    return Option(f"f-{name}-{value.valeur}", name, value.valeur, shown, value.nombre, value.selectionne)
