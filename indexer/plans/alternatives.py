"""What could stand in the place of a line: asked of the matcher for its need, of the search otherwise."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final, cast

from indexer.catalogue import Catalogue, RetiredSummary
from indexer.matching.plan import Plan as Matched
from indexer.matching.plan import PlanOffer
from indexer.matching.profile import MAX_BY_NEED, Besoin, Profile, Projet
from indexer.plans.model import Line
from indexer.plans.proposals import is_need
from indexer.schema import Statut
from indexer.search import Item, OfferSearch, SearchRequest
from indexer.search.alternatives import Described, find_alternatives

SHOWN: Final = 5

Match = Callable[[Profile], Matched]


@dataclass(frozen=True, slots=True)
class Alternative:
    """`offre` is the offer's JSON, ready to be read."""

    id: str
    offre: bytes
    distance_km: float | None
    raisons: tuple[str, ...]
    reserves: tuple[str, ...]


@dataclass(frozen=True)
class Finder:
    """What is asked, shared by all lines of a plan."""

    match: Match
    search: OfferSearch
    catalogue: Catalogue

    def find(self, line: Line, profile: Profile, held: Collection[str]) -> tuple[Alternative, ...]:
        """At most five that the plan does not hold (`held`), the best first. Engine and encoder errors as they come."""
        seen = set(held)
        found = []
        for one in self._iter_all(line, profile):
            if one.id not in seen:
                seen.add(one.id)
                found.append(one)
            if len(found) == SHOWN:
                break
        return tuple(found)

    def _iter_all(self, line: Line, profile: Profile) -> Iterator[Alternative]:
        """The second source is asked only when the first has not enough."""
        if line.fields.besoin is not None:
            yield from (_of_match(offer) for offer in self._ask_match(line.fields.besoin, profile))
        yield from (_of_search(item) for item in self._ask_search(line, profile))

    def _ask_match(self, code: str, profile: Profile) -> list[PlanOffer]:
        asked = profile.model_copy(
            update={
                "besoins": (Besoin(thematique=code),) if is_need(code) else (),
                "projets": () if is_need(code) else (Projet(code_rome=code),),
                "texte": "",
                "par_besoin": MAX_BY_NEED,
            }
        )
        matched = self.match(asked)
        needs = [offer for need in matched.besoins for offer in need.offres]
        return [*needs, *(offer for job in matched.metiers for offer in (*job.immersions, *job.formations))]

    def _ask_search(self, line: Line, profile: Profile) -> tuple[Item, ...]:
        gone = None if line.fields.offre_id is None else self._describe(line.fields.offre_id)
        if gone is not None:
            return find_alternatives(self.search, gone, SHOWN)
        place = profile.lieu
        request = SearchRequest(
            q=line.fields.titre[:200], code_commune=place.code_commune, lat=place.lat, lon=place.lon, size=2 * SHOWN
        )
        return self.search.search(request).items

    def _describe(self, offer_id: str) -> Described | None:
        stored = self.catalogue.get_offer(offer_id)
        if stored is None:
            return None
        if stored.statut is not Statut.RETIREE:
            return cast(Described, stored.offer)
        summary: RetiredSummary | None = self.catalogue.summary_of_retired(offer_id)
        return summary


def _of_match(offer: PlanOffer) -> Alternative:
    return Alternative(offer.id, offer.offre, offer.distance_km, offer.raisons, offer.reserves)


def _of_search(item: Item) -> Alternative:
    return Alternative(item.id, item.offre, item.distance_km, item.raisons, item.reserves)
