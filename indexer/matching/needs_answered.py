"""The answer to each need: its offers, or what is nearest when nothing within reach answers it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from indexer.engines.base import SearchEngine, SearchHits, SearchQuery
from indexer.matching.asking import Setting, far_query, open_query, paid_query
from indexer.matching.echo import build_echo
from indexer.matching.needs import PersonNeed
from indexer.matching.offers import Candidate, OfferReader
from indexer.matching.plan import NoOffer, PlanNeed, PlanOffer
from indexer.matching.spread import drop_unsure, find_as_near, spread_offers
from indexer.schema.vocabulary import category_of, label_of

_REMOTE_SHOWN: Final = 3

_BY_PHONE: Final = frozenset(
    (
        "difficultes-administratives-ou-juridiques",
        "difficultes-financieres",
        "famille--surmonter-conflits-separation-violence",
        "sante--addictions",
        "sante--sante-mentale",
    )
)
"""Needs, or categories of them, of which a call is a usual door: rights, debts, violence, and someone who listens. What
is remote answers them where nothing on site does."""


@dataclass(frozen=True)
class Found:
    """What a need's searches gave. `far` are the nearest on site, looked for when `reached` is empty; `paid` what would
    answer as well where only what is free was asked for."""

    reached: tuple[Candidate, ...]
    remote: tuple[Candidate, ...]
    far: tuple[Candidate, ...] = ()
    paid: tuple[Candidate, ...] = ()


def answer_needs(
    setting: Setting,
    reader: OfferReader,
    engine: SearchEngine,
    needs: Sequence[PersonNeed],
    queries: Sequence[SearchQuery],
    first: Sequence[SearchHits],
) -> tuple[PlanNeed, ...]:
    """`queries` and their hits, `first`, one a need; what they leave short is asked again, all at once."""
    asked = zip(needs, queries, first, strict=True)
    found = [_found(setting, need, reader.candidates(query, hits)) for need, query, hits in asked]
    found = _completed(setting, reader, engine, needs, queries, found, first)
    echoes = [
        None if need.extrait is None else build_echo(need.extrait, label_of("thematiques", need.thematique))
        for need in needs
    ]
    shown = spread_offers([one.reached for one in found], setting.profile.par_besoin, echoes)
    found = _with_nearest(setting, reader, engine, queries, found, shown, first[0].snapshot if first else None)
    return tuple(_answer(need, own, offers) for need, own, offers in zip(needs, found, shown, strict=True))


def _with_nearest(
    setting: Setting,
    reader: OfferReader,
    engine: SearchEngine,
    queries: Sequence[SearchQuery],
    found: Sequence[Found],
    shown: Sequence[tuple[PlanOffer, ...]],
    snapshot: str | None,
) -> list[Found]:
    """What is nearest for the needs whose offers were all left out for what their texts ask."""
    completed = list(found)
    emptied = [place for place, offers in enumerate(shown) if found[place].reached and not offers]
    if not emptied:
        return completed
    hits = engine.search_many([far_query(queries[place], setting.person) for place in emptied], snapshot)
    for place, own in zip(emptied, hits, strict=True):
        far = reader.candidates(far_query(queries[place], setting.person), own)
        completed[place] = replace(found[place], far=tuple(one for one in far if one.hit.distance_km is not None))
    return completed


def _found(setting: Setting, need: PersonNeed, candidates: Sequence[Candidate]) -> Found:
    """Remote offers count as reached beside one on site. Alone, only for whom prefers them, where a need presses, and
    where a call is the usual door."""
    candidates = drop_unsure(candidates)
    remote = tuple(one for one in candidates if one.hit.distance_km is None)
    usual = not _BY_PHONE.isdisjoint((need.thematique, category_of(need.thematique)))
    welcome = setting.profile.contraintes.a_distance == "prefere" or need.urgent or usual
    alone = len(remote) == len(candidates) and not welcome
    return Found(() if alone else tuple(candidates), remote)


def _completed(
    setting: Setting,
    reader: OfferReader,
    engine: SearchEngine,
    needs: Sequence[PersonNeed],
    queries: Sequence[SearchQuery],
    found: Sequence[Found],
    first: Sequence[SearchHits],
) -> list[Found]:
    """Short of offers: those for publics that may be theirs. With none at all: the nearest, farther away."""
    wanted, person = setting.profile.par_besoin, setting.person
    short = [place for place, one in enumerate(found) if len(one.reached) < wanted]
    narrowed = short if person.publics else []
    empty = [place for place in short if not found[place].reached]
    priced = short if setting.profile.contraintes.gratuit else []
    asked = [open_query(queries[place], person) for place in narrowed]
    asked += [far_query(queries[place], person) for place in empty]
    asked += [paid_query(queries[place], person) for place in priced]
    if not asked:
        return list(found)
    hits = iter(zip(asked, engine.search_many(asked, first[0].snapshot), strict=True))
    completed = list(found)
    for place in narrowed:
        both = _joined([*found[place].reached, *found[place].remote], reader.candidates(*next(hits)))
        completed[place] = _found(setting, needs[place], both)
    for place in empty:
        far = tuple(one for one in reader.candidates(*next(hits)) if one.hit.distance_km is not None)
        completed[place] = replace(completed[place], far=far)
    for place in priced:
        paid = [one for one in reader.candidates(*next(hits)) if one.offre["frais"] == "payant"]
        completed[place] = replace(completed[place], paid=find_as_near(paid, completed[place].reached))
    return completed


def _joined(first: Sequence[Candidate], then: Sequence[Candidate]) -> list[Candidate]:
    """What was found first keeps its place."""
    known = {one.hit.id: one for one in [*then, *first]}
    return sorted(known.values(), key=lambda one: one.order)


def _answer(need: PersonNeed, found: Found, offers: tuple[PlanOffer, ...]) -> PlanNeed:
    by_distance = sorted(found.far, key=lambda one: (one.weak, one.hit.distance_km or 0.0, one.hit.id))
    nearest = next((one.offer for one in by_distance if _suits(need, one)), None)
    remote = tuple(islice((one.offer for one in found.remote if _suits(need, one)), _REMOTE_SHOWN))
    paid = tuple(one.offer for one in found.paid)
    nearest = nearest or next(iter(paid), None)
    without = NoOffer(nearest, None if nearest is None else nearest.distance_km, remote)
    return PlanNeed(
        thematique=need.thematique,
        label=label_of("thematiques", need.thematique),
        origine=need.origine,
        priorite=need.priorite,
        extrait=need.extrait,
        offres=offers,
        sans_offre=None if offers else without,
        urgent=need.urgent,
        payantes=paid,
    )


def _suits(need: PersonNeed, one: Candidate) -> bool:
    """Whether its text asks for nothing that the person is not, as far as they say."""
    return not one.terms.refused and (need.extrait is None or not one.terms.unsaid)
