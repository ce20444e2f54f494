"""One search from the request to the answer."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import orjson

from indexer.embeddings.encoder import Encoder
from indexer.engines.base import (
    FACET_FIELDS,
    Hit,
    Place,
    SearchEngine,
    SearchHits,
    SearchQuery,
    VocabularyStatistics,
    Words,
)
from indexer.errors import EngineError, QueryError
from indexer.geocode.clocks import MAINLAND
from indexer.geocode.communes import Commune, Communes, load_communes
from indexer.language.needs import NeedReader, SilentReader
from indexer.language.spelling import Speller
from indexer.language.words import QueryReader
from indexer.search.answer import Item, OtherPlace, SearchAnswer
from indexer.search.corrections import find_corrections
from indexer.search.cursor import Cursor, read_cursor, write_cursor
from indexer.search.facets import EVERYONE, build_facet
from indexer.search.reasons import Asked, build_reasons
from indexer.search.request import SearchRequest
from indexer.search.reserves import build_reserves
from indexer.search.same_encoder import check_encoder
from indexer.understanding.jobs import JobReader
from indexer.understanding.spelling import is_usual_word, load_well_spelled
from indexer.understanding.understander import Understander
from indexer.understanding.understood import NOTHING_UNDERSTOOD, Understood
from indexer.understanding.wishes import WITHOUT_CAR

Clock = Callable[[], datetime]
DeadLinkSource = Callable[[], frozenset[str]]
"""The addresses that answer no more, as they are known now."""


class OfferSearch:
    """Shared by all threads of a process."""

    def __init__(
        self,
        engine: SearchEngine,
        encoder: Encoder,
        understander: Understander,
        communes: Communes,
        clock: Clock,
        dead_links: DeadLinkSource = frozenset,
        stale_days: int | None = None,
    ) -> None:
        self._engine, self._encoder, self.understander = engine, encoder, understander
        self._communes, self._clock, self.dead_links = communes, clock, dead_links
        self.stale_days = stale_days
        self._lock = threading.Lock()
        self._speller: tuple[str, Speller] | None = None

    def search(self, request: SearchRequest) -> SearchAnswer:
        """QueryError for a wrong request, VersionGoneError for a cursor too old, other EngineErrors as they come."""
        request.check()
        cursor = None if request.curseur is None else read_cursor(request.curseur, request.fingerprint())
        version = None if cursor is None else cursor.version
        understood = self._understand(request)
        commune, place = self._locate(_with_said_place(request, understood))
        needs = tuple(need for need in understood.needs if need.thematique not in request.sans_besoin)
        query = SearchQuery(
            today=self.today(),
            vector=None if understood.no_need else understood.vector,  # nothing is near in meaning to « bonjour »
            needs=needs,
            metiers=tuple(job.code_rome for job in understood.jobs),
            place=place,
            filters=_filters(request),
            wishes=_wishes(request, understood),
            age=understood.age,
            reach=None if WITHOUT_CAR in request.sans_souhait else understood.reach,
            starts_from=request.debut_apres,
            starts_until=request.debut_avant,
            facets=request.facettes,
            sort=request.tri,
            page=request.page,
            size=request.size,
            after=None if cursor is None else cursor.key,
            stale_days=self.stale_days,
        )
        query, hits = self._find(query, understood.searched, version, mend=not request.tel_quel)
        return self._answer(request, query, hits, commune, understood)

    def similar(self, offer_id: str, size: int) -> SearchAnswer | None:
        """The nearest by meaning around an offer; None when the index does not hold it."""
        document = self._engine.get(offer_id)
        if document is None:
            return None
        commune, place = None, None
        if document.latitude is not None and document.longitude is not None:
            request = SearchRequest(lat=document.latitude, lon=document.longitude)
            commune, place = self._locate(request)
        query = SearchQuery(self.today(), vector=document.vector, place=place, exclude=frozenset({offer_id}), size=size)
        return self._answer(SearchRequest(size=size), query, self._engine.search(query), commune)

    def predicted_of(self, offer_id: str) -> tuple[str, ...]:
        """The thématiques, categories and jobs that indexing deduced for an offer; none when no index holds it."""
        try:
            document = self._engine.get(offer_id)
        except EngineError:
            return ()
        return () if document is None else document.predicted

    def now(self) -> datetime:
        return self._clock()

    def today(self) -> date:
        return self.now().date()

    def commune(self, code: str) -> Commune:
        """QueryError when the code is no commune's."""
        commune = self._communes.resolve(code)
        if commune is None:
            message = f"Le code commune « {code} » est inconnu. Attendu : un code INSEE, comme 90010 pour Belfort."
            raise QueryError("code_commune", message)
        return commune

    # Reading the request

    def _locate(self, request: SearchRequest) -> tuple[Commune | None, Place | None]:
        commune = None if request.code_commune is None else self.commune(request.code_commune)
        if request.lat is not None and request.lon is not None:
            if commune is None:
                nearest = self._communes.nearest(request.lat, request.lon)
                commune = None if nearest is None else nearest[0]
            return commune, Place(request.lat, request.lon, request.rayon_km, self._zones(commune))
        if commune is None:
            return None, None
        return commune, Place(commune.latitude, commune.longitude, request.rayon_km, self._zones(commune))

    def _zones(self, commune: Commune | None) -> frozenset[str]:
        return frozenset({"france", "99100"}) if commune is None else self._communes.zones_of(commune)

    def _understand(self, request: SearchRequest) -> Understood:
        if request.text is None:
            return NOTHING_UNDERSTOOD
        return self.understander.understand(request.text, look_for_place=request.has_place or not request.sans_lieu)

    def _find(
        self, query: SearchQuery, text: str, version: str | None, *, mend: bool
    ) -> tuple[SearchQuery, SearchHits]:
        """The query with its words, and what it finds. Words are read by what is known of the index; where the search
        then saw a later one, again.
        """
        if not text:
            return query, self._engine.search(query, version)
        statistics = self._engine.known_vocabulary() if version is None else self._engine.vocabulary(version)
        query = replace(query, words=self._read_words(text, statistics, mend=mend))
        hits = self._engine.search(query, version)
        if statistics.snapshot in ("", hits.snapshot):
            return query, hits
        query = replace(query, words=self._read_words(text, self._engine.vocabulary(hits.snapshot), mend=mend))
        return query, self._engine.search(query, hits.snapshot)

    def _read_words(self, text: str, statistics: VocabularyStatistics, *, mend: bool) -> Words:
        speller = self._speller_of(statistics.version, statistics.frequencies)
        return QueryReader(statistics, speller, is_usual_word).read(text, mend=mend) or Words(())

    def _speller_of(self, version: str, frequencies: Any) -> Speller:
        with self._lock:
            if self._speller is None or self._speller[0] != version:
                check_encoder(self._engine, self._encoder)
                self._speller = (version, Speller(frequencies, load_well_spelled))
            return self._speller[1]

    # Building the answer

    def _answer(
        self,
        request: SearchRequest,
        query: SearchQuery,
        hits: SearchHits,
        commune: Commune | None,
        understood: Understood = NOTHING_UNDERSTOOD,
    ) -> SearchAnswer:
        cursor = None
        if hits.more:
            cursor = write_cursor(Cursor(request.fingerprint(), hits.snapshot, hits.hits[-1].key))
        facets = {
            name: build_facet(name, counts, request.filtres.get(name, ())) for name, counts in hits.facets.items()
        }
        asked, dead = Asked(request, query, hits.by_meaning_only), self.dead_links()
        return SearchAnswer(
            items=tuple(_fold(_build_item(asked, hit, dead) for hit in hits.hits)),
            total=hits.total,
            curseur=cursor,
            facettes=facets,
            lieu=commune,
            par_sens=hits.by_meaning_only and not understood.no_need,
            besoins=tuple(need.thematique for need in query.needs),
            version=hits.version,
            duree_ms=hits.took_ms,
            compris=understood,
            corrections=find_corrections(query.words, hits.hits),
            souhaits=_list_wishes(query),
        )


def build_offer_search(
    engine: SearchEngine,
    encoder: Encoder,
    clock: Clock | None = None,
    needs: NeedReader | None = None,
    jobs: JobReader | None = None,
    dead_links: DeadLinkSource = frozenset,
    stale_days: int | None = None,
) -> OfferSearch:
    """The search of a process, with the shipped communes and, unless another is given, the clock of France.

    Without a reader of needs or of métiers, the words and their meaning count for them.
    """
    communes = load_communes()
    understander = Understander(encoder, needs or SilentReader(), communes, jobs)
    return OfferSearch(engine, encoder, understander, communes, clock or now_in_france, dead_links, stale_days)


def now_in_france() -> datetime:
    return datetime.now(MAINLAND)


def _filters(request: SearchRequest) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(values)
        for name, values in request.filtres.items()
        if values and not (name == "publics" and EVERYONE in values)
    }


def _wishes(request: SearchRequest, understood: Understood) -> dict[str, frozenset[str]]:
    """What was understood, where the person chose nothing themselves."""
    return {
        name: kept
        for name, values in understood.wishes.items()
        if name in FACET_FIELDS and not request.filtres.get(name)
        if (kept := values.difference(request.sans_souhait))
    }


def _list_wishes(query: SearchQuery) -> tuple[str, ...]:
    """Values in a fixed order, then how the person moves."""
    wished = [value for name in FACET_FIELDS for value in sorted(query.wishes.get(name, ()))]
    return (*wished, *(() if query.reach is None else (WITHOUT_CAR,)))


def _with_said_place(request: SearchRequest, understood: Understood) -> SearchRequest:
    """The place that the words name holds when no other is given."""
    if request.has_place or understood.place is None:
        return request
    return replace(request, code_commune=understood.place.commune.code)


def _build_item(asked: Asked, hit: Hit, dead_links: frozenset[str]) -> tuple[Hit, Item]:
    offre = orjson.loads(hit.body)
    return hit, Item(
        id=hit.id,
        offre=hit.body,
        distance_km=hit.distance_km,
        score=round(hit.score, 4),
        raisons=build_reasons(asked, hit, offre),
        reserves=build_reserves(asked, hit, offre, dead_links),
        autres_lieux=(),
        parts=hit.parts,
    )


def _fold(items: Iterable[tuple[Hit, Item]]) -> list[Item]:
    """Siblings that follow their leader on the page become its other places."""
    folded: list[tuple[int, Item]] = []
    for hit, item in items:
        if folded and hit.fold == folded[-1][0] != 0:
            leader = folded[-1][1]
            folded[-1] = (hit.fold, replace(leader, autres_lieux=(*leader.autres_lieux, _other_place(item))))
        else:
            folded.append((hit.fold, item))
    return [item for _, item in folded]


def _other_place(item: Item) -> OtherPlace:
    offre = orjson.loads(item.offre)
    return OtherPlace(item.id, item.offre, offre["nom"], offre["commune"], item.distance_km)
