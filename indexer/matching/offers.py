"""From what the engine found to the offers of a plan: out of reach and not eligible left out, doubts told."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import orjson

from indexer.engines.base import Hit, SearchHits, SearchQuery
from indexer.geocode.communes import Communes
from indexer.matching.answering import (
    is_course_aside,
    is_deduced,
    is_far_fetched,
    is_for_families,
    is_of_other_trade,
    is_wide,
    job_place,
)
from indexer.matching.asking import CANDIDATES_OF_AREA, Setting
from indexer.matching.audience import read_audience
from indexer.matching.conditions import read_conditions
from indexer.matching.eligibility import is_eligible, is_made_for, is_meant_for, is_narrow, public_reserve
from indexer.matching.fit import body_reserve, is_beside, is_for_emergencies, is_of_emergency, is_ruled_out
from indexer.matching.islands import ground_at
from indexer.matching.plan import PlanOffer
from indexer.matching.terms import Terms, read_terms
from indexer.matching.things import is_of_other_thing
from indexer.schema.language_names import LANGUAGE_NAMES
from indexer.schema.vocabulary import label_of
from indexer.search.reasons import Asked, build_reasons, iter_next_sessions
from indexer.search.reserves import build_reserves


@dataclass(frozen=True)
class Candidate:
    """An offer that the person may have, and where it goes among the others: `doubts` first, then `rank`.

    `doubts` are what stands against it (closed, asked by its text), then what is not sure (for others, deduced theme).
    `meant`: nothing says that it is for others. `urgent`: it is made for emergencies, and the need is one.
    `weak`: it answers for want of better. `vital`: it is urgent, and a roof or a meal.
    """

    reader: "OfferReader"
    asked: Asked
    hit: Hit
    read: "ReadOffer"
    doubts: tuple[int, int]
    rank: int
    meant: bool
    urgent: bool = False
    weak: bool = False
    vital: bool = False

    @cached_property
    def offer(self) -> PlanOffer:
        """Its reasons and reserves are written for those that are shown only: a third of the time of a plan."""
        return self.reader.build(self.asked, self.hit, self.read)

    @cached_property
    def terms(self) -> Terms:
        """What its text asks of this person: read only of what is about to be shown."""
        return self.reader.terms(self.hit.id, self.read)

    @property
    def order(self) -> tuple[int, bool, int, int, str]:
        """What stands against it first, then what is shown for want of better, then what is not sure."""
        return self.doubts[0], self.weak, self.doubts[1], self.rank, self.hit.id

    @property
    def spoken(self) -> bool:
        """Whether it is held in a language of a person who speaks no French."""
        return bool(self.reader.languages(self.read.offre))

    @property
    def offre(self) -> Mapping[str, Any]:
        """Its JSON."""
        return self.read.offre

    @property
    def structure(self) -> str:
        return str(self.read.offre["structure_id"] or "")


@dataclass(frozen=True, slots=True)
class ReadOffer:
    """What does not depend on the line that found it: its JSON, what its text asks, whether that is against them;
    `addressed` are the publics that its text addresses."""

    offre: Mapping[str, Any]
    conditions: tuple[str, ...]
    against: bool
    meant: bool
    addressed: frozenset[str]
    narrow: bool
    across_the_sea: bool


class OfferReader:
    """Reads the hits of one plan; an offer that several lines find is read once."""

    def __init__(self, setting: Setting, communes: Communes, dead_links: frozenset[str] = frozenset()) -> None:
        self._setting, self._communes, self._dead_links = setting, communes, dead_links
        self._read: dict[str, ReadOffer | None] = {}
        self._terms: dict[str, Terms] = {}

    def candidates(self, query: SearchQuery, hits: SearchHits) -> tuple[Candidate, ...]:
        """The surest first, siblings folded: the engine's order among equals. Nothing found by meaning alone."""
        if hits.by_meaning_only:
            return ()
        asked = self._setting.asked(query)
        within = query.place == self._setting.place  # else what is farther is asked for
        read = [self._candidate(asked, hit, rank, within) for rank, hit in enumerate(hits.hits)]
        kept = [candidate for candidate in read if candidate is not None]
        return tuple(_folded(sorted(kept, key=lambda one: one.order)))

    def terms(self, offer_id: str, read: ReadOffer) -> Terms:
        if offer_id not in self._terms:
            self._terms[offer_id] = read_terms(self._setting.profile, self._setting.person.said.words, read.offre)
        return self._terms[offer_id]

    def languages(self, offre: Mapping[str, Any]) -> list[str]:
        """Those of a person without French that an offer is held in."""
        return [code for code in offre["langues"] or () if code in self._setting.person.foreign]

    def _candidate(self, asked: Asked, hit: Hit, rank: int, within: bool) -> Candidate | None:
        if hit.id not in self._read:
            self._read[hit.id] = self._read_offer(hit)
        read = self._read[hit.id]
        if read is None or not self._is_reached(hit, read, within):
            return None
        themes = [need.thematique for need in asked.query.needs]
        said = self._setting.person.said
        if is_ruled_out(said, read.offre, themes) or any(is_far_fetched(read.offre, theme) for theme in themes):
            return None
        if any(self._answers_nothing(read, theme) for theme in themes):
            return None
        weak = read.narrow or any(self._answers_little(read, theme) for theme in themes)
        meant = read.meant or is_of_emergency(read.offre, themes)
        beside, deduced = is_beside(said, read.offre, themes), any(is_deduced(read.offre, theme) for theme in themes)
        closed = int(_is_closed(hit, read.offre)) + int(read.against) + int(beside)
        jobs = asked.query.metiers
        place = job_place(read.offre, jobs) if jobs else 0
        unsure = int(not meant) + int(deduced) + int(beside) + int(bool(jobs) and place >= len(jobs))
        urgent = is_for_emergencies(said, read.offre, themes)
        rank += CANDIDATES_OF_AREA * place
        vital = urgent and is_of_emergency(read.offre, themes)
        return Candidate(self, asked, hit, read, (closed, unsure), rank, meant, urgent, weak, vital)

    def _answers_nothing(self, read: ReadOffer, theme: str) -> bool:
        """Another thing of the same kind than what is said; another trade than the project's; child care where no
        family is said; a course for what is not learnt. A need that finds such offers only is without an answer: the
        fourteen profiles judged strictly had five of them alone, all wrong."""
        person, offre = self._setting.person, read.offre
        return (
            is_of_other_thing(person.said.things, offre, theme)
            or is_of_other_trade(offre, theme, self._setting.fields)
            or (is_for_families(offre, theme) and "familles" not in person.publics | person.likely)
            or is_course_aside(offre, theme)
        )

    def _answers_little(self, read: ReadOffer, theme: str) -> bool:
        """One line of a long list, unless it is made for them."""
        return is_wide(read.offre, theme) and not is_made_for(self._setting.person, read.offre, read.addressed)

    def _is_reached(self, hit: Hit, read: ReadOffer, within: bool) -> bool:
        """What is remote always is; what is across the sea never."""
        if hit.distance_km is None:
            return True
        if read.across_the_sea:
            return False
        point = read.offre["latitude"], read.offre["longitude"]
        return not within or self._setting.extent.holds(*point, hit.distance_km)

    def _read_offer(self, hit: Hit) -> ReadOffer | None:
        """None for what is not eligible."""
        offre, person = orjson.loads(hit.body), self._setting.person
        if not is_eligible(person, offre):
            return None
        addressed = read_audience(offre)
        said, against = read_conditions(self._setting.profile, person.age, offre)
        heavy = body_reserve(person.said, offre)
        return ReadOffer(
            offre,
            conditions=said + heavy,
            against=against or bool(heavy),
            meant=is_meant_for(person, offre),
            addressed=addressed,
            narrow=is_narrow(person, offre, addressed),
            across_the_sea=self._is_across_the_sea(offre),
        )

    def _is_across_the_sea(self, offre: Mapping[str, Any]) -> bool:
        """False where the ground of either is not known."""
        ground = ground_at(self._communes, offre["code_insee"], offre["latitude"], offre["longitude"])
        return None not in (ground, self._setting.ground) and ground != self._setting.ground

    def build(self, asked: Asked, hit: Hit, read: ReadOffer) -> PlanOffer:
        """The offer as the plan shows it."""
        offre, distance = read.offre, hit.distance_km
        coming = next(iter_next_sessions(hit, offre), None)
        told = [
            *build_reserves(asked, hit, offre, self._dead_links),
            *self._iter_reserves(hit, read),
            *read.conditions,
            *self.terms(hit.id, read).reserves,
        ]
        return PlanOffer(
            id=hit.id,
            offre=hit.body,
            nom=offre["nom"],
            type_offre=offre["type_offre"],
            distance_km=distance,
            duree_min=None
            if distance is None
            else self._setting.extent.duration_min(offre["latitude"], offre["longitude"], distance),
            score=round(hit.score, 4),
            raisons=(*build_reasons(asked, hit, offre), *self._iter_spoken(offre)),
            reserves=tuple(dict.fromkeys(told)),
            prochain_creneau=None if coming is None else coming["debut"],
            heures_semaine=offre["volume_horaire_hebdomadaire"],
            metiers=tuple(offre["metiers"] or ()),
        )

    def _iter_spoken(self, offre: Mapping[str, Any]) -> Iterator[str]:
        spoken = [LANGUAGE_NAMES.get(code, code) for code in self.languages(offre)]
        if spoken:
            yield f"On y parle : {', '.join(spoken)}"

    def _iter_reserves(self, hit: Hit, read: ReadOffer) -> Iterator[str]:
        offre = read.offre
        yield from public_reserve(self._setting.person, offre, read.addressed if read.narrow else ())
        constraints = self._setting.profile.contraintes
        if constraints.gratuit and offre["frais"] == "payant":
            price = (offre.get("frais_precisions") or "prix à demander").strip().rstrip(".")
            yield f"payant : {price[:1].lower()}{price[1:]}"
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
        if candidate.hit.fold == 0 or candidate.hit.fold not in seen:
            seen.add(candidate.hit.fold)
            yield candidate
