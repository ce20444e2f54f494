"""Random catalogues, random queries, and what a plain reading of the contract finds in them."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from indexer.engines.base import (
    FACET_FIELDS,
    Document,
    Names,
    Need,
    Place,
    Reach,
    SearchQuery,
    Slot,
    TermGroup,
    Words,
)
from indexer.geocode.distance import distance_km

DIMENSIONS = 8
TODAY = date(2026, 3, 10)
EPOCH = date(1970, 1, 1)
REACHES: list[Reach | None] = [None, "pied", "voiture"]
TERMS = [f"mot{i}" for i in range(30)]
ZONES = ["59350", "59512", "59", "62", "200093201", "75056", "974"]
VALUES = {
    "types_offre": ["atelier", "formation", "immersion", "service"],
    "thematiques": ["mobilite", "mobilite--preparer-un-permis", "sante", "sante--acces-aux-soins", "numerique"],
    "publics": ["jeunes", "femmes", "seniors"],
    "frais": ["gratuit", "payant"],
    "moments": ["journee", "soir", "week-end"],
    "metiers": ["A1101", "K1304", "G1602"],
    "sources": ["dora", "soliguide", "exemple"],
}


def make_document(rng: random.Random, document_id: str) -> Document:
    """One document with every oddity that the contract allows."""
    on_site, remote = rng.random() < 0.8, rng.random() < 0.3
    located = rng.random() < 0.9
    publics = rng.sample(VALUES["publics"], rng.randint(0, 2))
    everyone = rng.random() < 0.3
    frais = rng.choice([("gratuit",), ("payant",), ()])
    moments = tuple(rng.sample(VALUES["moments"], rng.randint(0, 2)))
    modes = [mode for mode, yes in (("en-presentiel", on_site and located), ("a-distance", remote)) if yes]
    codes = {
        "types_offre": (rng.choice(VALUES["types_offre"]),),
        "thematiques": (themes := tuple(rng.sample(VALUES["thematiques"], rng.randint(0, 3)))),
        "publics": ("tous-publics",) if everyone else tuple(publics),
        "frais": frais,
        "modes_accueil": tuple(modes),
        "moments": moments,
        "metiers": tuple(rng.sample(VALUES["metiers"], rng.randint(0, 2))),
        "sources": (rng.choice(VALUES["sources"]),),
    }
    anything = {"publics"} if everyone or not publics else set()
    if not frais:
        anything.add("frais")
    if not moments:
        anything.add("moments")
    days = sorted(rng.sample(range(-20, 60), rng.randint(1, 3))) if rng.random() < 0.4 else []
    slots = tuple(
        Slot(day := (TODAY - EPOCH).days + d, day * 86_400 + rng.choice([28_800, 50_400]), d % 3 == 0) for d in days
    )
    vector = np.array([rng.gauss(0, 1) for _ in range(DIMENSIONS)], dtype=np.float32)
    return Document(
        id=document_id,
        body=b'{"id":"%s","n":%d}' % (document_id.encode(), rng.randint(0, 9)),
        vector=vector / np.linalg.norm(vector),
        terms={t: rng.choice([0.5, 1.0, 2.5]) for t in rng.sample(TERMS, rng.randint(0, 8))},
        codes=codes,
        anything=frozenset(anything),
        # a coarse grid makes many equal distances, so that ties are common
        latitude=50.6 + rng.randint(-12, 12) / 20 if located else None,
        longitude=3.05 + rng.randint(-12, 12) / 20 if located else None,
        on_site=on_site,
        remote=remote,
        zone=tuple(rng.sample(ZONES, rng.randint(1, 2))) if rng.random() < 0.5 else (),
        slots=slots,
        valid_from=TODAY + timedelta(days=rng.randint(-3, 3)) if rng.random() < 0.1 else None,
        valid_until=TODAY + timedelta(days=rng.randint(-3, 3)) if rng.random() < 0.1 else None,
        fold=rng.choice([0, 0, 0, 1, 2, 3]),
        structure=f"s--{rng.randint(0, 9)}",
        quality=rng.choice([0.25, 0.5, 0.75]),
        changed=TODAY - timedelta(days=rng.randint(0, 900)),
        predicted=(*(themes[:1] if rng.random() < 0.3 else ()), *(codes["metiers"] if rng.random() < 0.3 else ())),
        faint=themes[1:] if rng.random() < 0.3 else (),
        names=Names(own=tuple(rng.sample(TERMS, 2)), holder=tuple(rng.sample(TERMS, rng.randint(0, 2)))),
        age_min=rng.choice([None, None, 16, 26]),
        age_max=rng.choice([None, None, 30, 60]),
    )


def make_query(rng: random.Random) -> SearchQuery:
    """Any mix of place, words, need, filters, dates and order."""
    filters = {
        name: frozenset(rng.sample(values, rng.randint(1, 2))) for name, values in VALUES.items() if rng.random() < 0.2
    }
    if rng.random() < 0.15:
        filters["modes_accueil"] = frozenset({rng.choice(["en-presentiel", "a-distance"])})
    place = None
    if rng.random() < 0.7:
        zones = frozenset(rng.choice([("59350", "59", "france"), ("62", "france"), ("974",), ()]))
        radius = rng.choice([1.0, 5.0, 12.5, 30.0, 200.0])
        place = Place(50.6 + rng.uniform(-0.5, 0.5), 3.05 + rng.uniform(-0.5, 0.5), radius, zones)
    return SearchQuery(
        today=TODAY,
        words=make_words(rng) if rng.random() < 0.5 else None,
        vector=np.eye(DIMENSIONS, dtype=np.float32)[0] if rng.random() < 0.5 else None,
        needs=(Need(rng.choice(VALUES["thematiques"]), 0.8),) if rng.random() < 0.2 else (),
        metiers=("K1304",) if rng.random() < 0.1 else (),
        place=place,
        filters=filters,
        wishes=make_wishes(rng),
        age=rng.choice([None, None, 15, 26, 70]),
        reach=rng.choice(REACHES),
        starts_from=TODAY + timedelta(days=rng.randint(-5, 5)) if rng.random() < 0.15 else None,
        starts_until=TODAY + timedelta(days=rng.randint(5, 40)) if rng.random() < 0.15 else None,
        exclude=frozenset({f"a--{rng.randint(0, 50)}"}) if rng.random() < 0.1 else frozenset(),
        facets=FACET_FIELDS,
        sort=rng.choice(["pertinence", "distance", "date"]),
        size=rng.choice([1, 7, 20, 100]),
    )


def make_wishes(rng: random.Random) -> dict[str, frozenset[str]]:
    values = {**VALUES, "modes_accueil": ["en-presentiel", "a-distance"]}
    return {name: frozenset(rng.sample(values[name], 1)) for name in values if rng.random() < 0.15}


def make_words(rng: random.Random) -> Words:
    groups = tuple(
        TermGroup(term, ((term, 1.0), (rng.choice(TERMS), 0.5)) if rng.random() < 0.3 else ((term, 1.0),), weight)
        for term, weight in ((rng.choice([*TERMS, "absent"]), rng.choice([1.0, 2.0])) for _ in range(rng.randint(1, 3)))
    )
    return Words(groups)


@dataclass
class Oracle:
    """The contract read plainly: a dict of documents, and loops."""

    documents: dict[str, Document] = field(default_factory=dict)

    def find(self, query: SearchQuery, without: str | None = None) -> set[str]:
        """The ids that a query finds, the selection on one field left out."""
        filters = {name: wanted for name, wanted in query.filters.items() if name != without}
        passing = [d for d in self.documents.values() if self._stands(d, query)]
        if not query.asks_for_something:
            return {d.id for d in passing if self._selected(d, query, filters)}
        return {d.id for d in passing if self._admitted(d, query) and self._selected(d, query, filters)}

    def anything_admitted(self, query: SearchQuery) -> bool:
        return any(self._stands(d, query) and self._admitted(d, query) for d in self.documents.values())

    def counts(self, query: SearchQuery, name: str, values: Iterable[str]) -> dict[str, int]:
        """What a facet must say: the total of the same query with each value alone selected."""
        kept = [self.documents[i] for i in self.find(query, without=name)]
        return {v: sum(self._selected(d, query, {name: frozenset({v})}) for d in kept) for v in values}

    def distance(self, d: Document, query: SearchQuery) -> float | None:
        if query.place is None or not d.on_site or d.latitude is None or d.longitude is None:
            return None
        distance = round(distance_km(query.place.latitude, query.place.longitude, d.latitude, d.longitude), 6)
        return distance if distance <= query.place.radius_km else None

    def next_start(self, d: Document, query: SearchQuery) -> int | None:
        first, last = query.starts_from or query.today, query.starts_until or date(9999, 1, 1)
        days = range((first - EPOCH).days, (last - EPOCH).days + 1)
        return min((slot.start for slot in d.slots if slot.day in days), default=None)

    def wished(self, d: Document, query: SearchQuery) -> float:
        """The part `souhaits`: the mean of a yes (1), of « to all » (.6), of silence (.5), of a no (0)."""
        answers = []
        for name, wanted in query.wishes.items():
            values = self._values(d, query, name)
            all_of_it = name in d.anything and not (name == "modes_accueil" and query.place is not None)
            silence = (0.6 if values else 0.5) if all_of_it else 0.0
            answers.append(silence if all_of_it else float(bool(values & wanted)))
        return sum(answers) / len(answers)

    def suits_age(self, d: Document, age: int) -> float:
        """The part `age`: one half for an offer that names none."""
        if d.age_min is None and d.age_max is None:
            return 0.5
        return float((d.age_min or 0) <= age and (d.age_max is None or age <= d.age_max))

    def order(self, query: SearchQuery) -> list[str]:
        """For `distance` and `date`: nulls last, then distance, then id."""

        def key(document_id: str) -> tuple[float, float, str]:
            d = self.documents[document_id]
            distance = self.distance(d, query)
            far = float("inf") if distance is None else distance
            start = self.next_start(d, query)
            return (float("inf") if start is None else start) if query.sort == "date" else far, far, document_id

        return sorted(self.find(query), key=key)

    def _stands(self, d: Document, query: SearchQuery) -> bool:
        if d.id in query.exclude or (d.valid_from or query.today) > query.today:
            return False
        if (d.valid_until or query.today) < query.today:
            return False
        if query.place is not None:
            if d.zone and not set(d.zone) & query.place.zones:
                return False
            if not d.remote and self.distance(d, query) is None:
                return False
        dated = query.starts_from is not None or query.starts_until is not None
        return not dated or self.next_start(d, query) is not None

    def _admitted(self, d: Document, query: SearchQuery) -> bool:
        if any(need.thematique in d.codes["thematiques"] for need in query.needs):
            return True
        if set(query.metiers) & set(d.codes["metiers"]):
            return True
        if query.words is None:
            return False
        total = sum(group.weight for group in query.words.groups)
        found = sum(g.weight for g in query.words.groups if any(t in d.terms for t, _ in g.alternatives))
        return found >= query.words.share * total - 1e-9

    def _selected(self, d: Document, query: SearchQuery, filters: dict[str, frozenset[str]]) -> bool:
        for name, wanted in filters.items():
            if name not in d.anything and not self._values(d, query, name) & wanted:
                return False
        return True

    def _values(self, d: Document, query: SearchQuery, name: str) -> set[str]:
        if name != "modes_accueil" or query.place is None:
            return set(d.codes[name])
        near = self.distance(d, query) is not None
        return {m for m, yes in (("en-presentiel", near), ("a-distance", d.remote)) if yes}
