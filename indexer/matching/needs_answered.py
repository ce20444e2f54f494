"""The answer to each need: its offers, or what is nearest when nothing within reach answers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engines.base import SearchEngine, SearchHits, SearchQuery
from indexer.matching.asking import Setting, far_query, open_query
from indexer.matching.echo import build_echo
from indexer.matching.needs import PersonNeed
from indexer.matching.offers import Candidate, OfferReader
from indexer.matching.plan import NoOffer, PlanNeed, PlanOffer
from indexer.matching.spread import drop_unsure, spread_offers
from indexer.schema.vocabulary import label_of

_REMOTE_SHOWN = 3


@dataclass(frozen=True)
class Found:
    """What a need's searches gave. `far` are the nearest on site, looked for when `reached` is empty."""

    reached: tuple[Candidate, ...]
    remote: tuple[Candidate, ...]
    far: tuple[Candidate, ...] = ()


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
    echoes = [build_echo(need.extrait, label_of("thematiques", need.thematique)) for need in needs]
    shown = spread_offers([one.reached for one in found], setting.profile.par_besoin, echoes)
    return tuple(_answer(need, own, offers) for need, own, offers in zip(needs, found, shown, strict=True))


def _found(setting: Setting, need: PersonNeed, candidates: Sequence[Candidate]) -> Found:
    """Remote offers count as reached beside one on site. Alone, only for whom prefers them, and where a need presses: a
    call is then the usual door."""
    candidates = drop_unsure(candidates)
    remote = tuple(one for one in candidates if one.hit.distance_km is None)
    welcome = setting.profile.contraintes.a_distance == "prefere" or need.urgent
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
    wanted = setting.profile.par_besoin
    short = [place for place, one in enumerate(found) if len(one.reached) < wanted]
    narrowed = bool(setting.person.publics)
    asked = [open_query(queries[place], setting.person) for place in short if narrowed]
    asked += [far_query(queries[place], setting.person) for place in short if not found[place].reached]
    if not asked:
        return list(found)
    hits = iter(zip(asked, engine.search_many(asked, first[0].snapshot), strict=True))
    completed = list(found)
    if narrowed:
        for place in short:
            opened = reader.candidates(*next(hits))
            both = _joined([*found[place].reached, *found[place].remote], opened)
            completed[place] = _found(setting, needs[place], both)
    for place in short:
        if not found[place].reached:
            far = tuple(one for one in reader.candidates(*next(hits)) if one.hit.distance_km is not None)
            completed[place] = Found(completed[place].reached, completed[place].remote, far)
    return completed


def _joined(first: Sequence[Candidate], then: Sequence[Candidate]) -> list[Candidate]:
    """What was found first keeps its place."""
    known = {one.hit.id: one for one in [*then, *first]}
    return sorted(known.values(), key=lambda one: one.order)


def _answer(need: PersonNeed, found: Found, offers: tuple[PlanOffer, ...]) -> PlanNeed:
    nearest = min((one.offer for one in found.far), key=lambda one: (one.distance_km or 0.0, one.id), default=None)
    remote = tuple(one.offer for one in found.remote[:_REMOTE_SHOWN])
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
    )
