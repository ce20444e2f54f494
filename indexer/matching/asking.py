"""The queries of a plan: one a need and one a job, all of one place, so that the engine looks at its rows once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from indexer.engines.base import Need, Place, Reach, SearchQuery
from indexer.matching.answering import types_for
from indexer.matching.eligibility import Person
from indexer.matching.extent import Extent
from indexer.matching.needs import PersonNeed
from indexer.matching.plan import JobAsk, Reached
from indexer.matching.profile import Profile
from indexer.search.reasons import Asked
from indexer.search.request import SearchRequest

CANDIDATES: Final = 24
"""Offers looked at for each line: a margin for those that ages, islands and journeys leave out."""

CANDIDATES_OF_AREA: Final = 72
"""The same where the circle of the search is only the edge of what is reached: an area fills a third of it or more."""

_PAID: Final = 8
"""The same for what is paid, of which one at most is told."""

FARTHEST_KM: Final = 200.0
"""Where the nearest offer of a need without one is looked for."""

_REACHES: Final[Mapping[str, Reach]] = {
    "a-pied": "pied", "velo": "velo", "transports-en-commun": "transports", "voiture": "voiture",
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """What all the queries of a plan share. `place` is the circle of what is reached; `fields` those of the project."""

    profile: Profile
    person: Person
    place: Place
    extent: Extent
    ground: str | None
    today: date
    wishes: Mapping[str, frozenset[str]]
    stale_days: int | None = None
    fields: frozenset[str] = frozenset()

    @property
    def reached(self) -> Reached:
        return self.extent.reached

    def asked(self, query: SearchQuery) -> Asked:
        """How reasons and reserves see a query: as a search with the same choices."""
        filters = {"publics": tuple(sorted(self.person.publics))} if self.person.publics else {}
        if self.profile.contraintes.gratuit:
            filters["frais"] = ("gratuit",)
        request = SearchRequest(lat=self.place.latitude, lon=self.place.longitude, filtres=filters)
        return Asked(request, query)


def need_query(setting: Setting, need: PersonNeed) -> SearchQuery:
    """The reachable offers of a need's thématique, meaning ordering those that answer it alike."""
    base, types = _base(setting), types_for(need.thematique)
    if need.urgent:  # what is open to all of those in distress is not asked for by their publics
        base = open_query(base, setting.person)
    filters = dict(base.filters) if types is None else dict(base.filters) | {"types_offre": types}
    return replace(base, filters=filters, needs=(Need(need.thematique, 1.0),), vector=need.vector)


def open_query(query: SearchQuery, person: Person) -> SearchQuery:
    """The same, offers for publics that may be theirs included."""
    filters = {name: values for name, values in query.filters.items() if name != "publics"}
    return replace(query, filters=filters | ({"publics": person.possible} if person.barred else {}))


def far_query(query: SearchQuery, person: Person) -> SearchQuery:
    """The nearest on site, beyond what is reached."""
    assert query.place is not None
    opened = open_query(query, person)
    filters = dict(opened.filters) | {"modes_accueil": frozenset({"en-presentiel"})}
    return replace(opened, place=replace(query.place, radius_km=FARTHEST_KM), filters=filters, sort="distance")


def paid_query(query: SearchQuery, person: Person) -> SearchQuery:
    """What must be paid for, where only what is free was asked for."""
    opened = open_query(query, person)
    return replace(opened, filters=dict(opened.filters) | {"frais": frozenset({"payant"})}, size=_PAID)


def job_query(setting: Setting, ask: JobAsk) -> SearchQuery:
    """The reachable offers of some types that name one of the ROME codes; nothing else admits them."""
    base = open_query(_base(setting), setting.person)
    return replace(base, metiers=ask.metiers, filters=dict(base.filters) | {"types_offre": ask.types_offre})


def _base(setting: Setting) -> SearchQuery:
    constraints = setting.profile.contraintes
    filters: dict[str, frozenset[str]] = {}
    if setting.person.publics:
        filters["publics"] = setting.person.publics
    elif setting.person.barred:
        filters["publics"] = setting.person.possible
    if constraints.gratuit:
        filters["frais"] = frozenset({"gratuit"})
    if constraints.a_distance == "refuse":
        filters["modes_accueil"] = frozenset({"en-presentiel"})
    return SearchQuery(
        today=setting.today,
        place=setting.place,
        filters=filters,
        wishes=setting.wishes,
        age=setting.person.age,
        reach=_REACHES[setting.reached.moyen],
        size=CANDIDATES_OF_AREA if setting.extent.areas else CANDIDATES,
        stale_days=setting.stale_days,
    )


def build_wishes(profile: Profile, person: Person) -> dict[str, frozenset[str]]:
    """What orders without excluding: publics, moments, remote when it is preferred."""
    constraints = profile.contraintes
    wishes: dict[str, frozenset[str]] = {}
    if person.publics:
        wishes["publics"] = person.publics
    if constraints.disponibilites:
        wishes["moments"] = frozenset(constraints.disponibilites)
    if constraints.a_distance == "prefere":
        wishes["modes_accueil"] = frozenset({"a-distance"})
    return wishes
