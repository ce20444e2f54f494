"""From what the engine found to the offers of a plan: out of reach and not eligible left out, doubts told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from indexer.engines.base import Hit, SearchHits, SearchQuery
from indexer.geocode.communes import Communes
from indexer.matching.asking import Setting
from indexer.matching.conditions import read_conditions
from indexer.matching.eligibility import is_eligible, is_meant_for, public_reserve
from indexer.matching.islands import ground_at
from indexer.matching.plan import PlanOffer
from indexer.schema.vocabulary import label_of
from indexer.search.reasons import Asked, build_reasons, iter_next_sessions
from indexer.search.reserves import build_reserves


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer that the person may have, and where it goes among the others: `doubts` first, then `rank`."""

    offer: PlanOffer
    doubts: tuple[int, int]
    rank: int
    fold: int
    structure: str


class OfferReader:
    """Reads the hits of one plan; an offer that several lines find is read once."""

    def __init__(self, setting: Setting, communes: Communes) -> None:
        self._setting, self._communes = setting, communes
        self._read: dict[str, Mapping[str, Any] | None] = {}

    def candidates(self, query: SearchQuery, hits: SearchHits) -> tuple[Candidate, ...]:
        """The surest first, siblings folded: the engine's order among equals. Nothing found by meaning alone."""
        if hits.by_meaning_only:
            return ()
        asked = self._setting.asked(query)
        read = [self._candidate(asked, hit, rank) for rank, hit in enumerate(hits.hits)]
        kept = [candidate for candidate in read if candidate is not None]
        return tuple(_folded(sorted(kept, key=lambda one: (one.doubts, one.rank))))

    def _candidate(self, asked: Asked, hit: Hit, rank: int) -> Candidate | None:
        offre = self._offre(hit)
        if offre is None:
            return None
        said, against = read_conditions(self._setting.profile, self._setting.person.age, offre)
        closed = _is_closed(hit, offre)
        doubts = (int(closed) + int(against), int(not is_meant_for(self._setting.person, offre)))
        told = [*build_reserves(asked, hit, offre), *self._iter_reserves(hit, offre), *said]
        offer = self._build(asked, hit, offre, tuple(dict.fromkeys(told)))
        return Candidate(offer, doubts, rank, hit.fold, str(offre["structure_id"] or ""))

    def _offre(self, hit: Hit) -> Mapping[str, Any] | None:
        """The JSON of an offer that is eligible and on the same ground; None for the others."""
        if hit.id not in self._read:
            offre = orjson.loads(hit.body)
            self._read[hit.id] = offre if self._is_for_them(hit, offre) else None
        return self._read[hit.id]

    def _is_for_them(self, hit: Hit, offre: Mapping[str, Any]) -> bool:
        if not is_eligible(self._setting.person, offre):
            return False
        if hit.distance_km is None or self._setting.ground is None:
            return True
        ground = ground_at(self._communes, offre["code_insee"], offre["latitude"], offre["longitude"])
        return ground is None or ground == self._setting.ground

    def _build(self, asked: Asked, hit: Hit, offre: Mapping[str, Any], reserves: tuple[str, ...]) -> PlanOffer:
        coming = next(iter_next_sessions(hit, offre), None)
        distance = hit.distance_km
        return PlanOffer(
            id=hit.id,
            offre=hit.body,
            nom=offre["nom"],
            type_offre=offre["type_offre"],
            distance_km=distance,
            duree_min=None if distance is None else self._setting.travel.duration_min(distance),
            score=round(hit.score, 4),
            raisons=build_reasons(asked, hit, offre),
            reserves=reserves,
            prochain_creneau=None if coming is None else coming["debut"],
            heures_semaine=offre["volume_horaire_hebdomadaire"],
            metiers=tuple(offre["metiers"] or ()),
        )

    def _iter_reserves(self, hit: Hit, offre: Mapping[str, Any]) -> Iterator[str]:
        yield from public_reserve(self._setting.person, offre)
        constraints = self._setting.profile.contraintes
        if offre["sessions"] and hit.next_start is None:
            yield "dates passées : à vérifier"
        if hit.distance_km is None and constraints.numerique == "a-accompagner":
            yield "à distance : prévoir d'être accompagné"
        wanted, own = set(constraints.disponibilites), set(offre["moments"] or ())
        if wanted and own and not wanted & own:
            yield f"horaires à vérifier : {', '.join(label_of('moments', one).lower() for one in offre['moments'])}"


def _is_closed(hit: Hit, offre: Mapping[str, Any]) -> bool:
    """Whether its dates are past, or its next session has no seat: it goes after what is open."""
    if not offre["sessions"]:
        return False
    return hit.next_start is None or any(one["places_restantes"] == 0 for one in iter_next_sessions(hit, offre))


def _folded(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The first of near-identical siblings."""
    seen: set[int] = set()
    for candidate in candidates:
        if candidate.fold == 0 or candidate.fold not in seen:
            seen.add(candidate.fold)
            yield candidate
