"""Thématiques deduced where the source states none, or only a category."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import orjson

from indexer.engines.base import SearchQuery
from indexer.predictions import Matrix, ThemePredictor, choose, find_faint, with_categories
from indexer.rebuild import Indexing, reindex
from indexer.schema import Offer
from indexer.schema.vocabulary import thematiques
from tests.support.indexing import TODAY, search_over
from tests.support.small_feeds import bring, offer, structure

NAMES = tuple(value for value, term in thematiques().items() if term.parent is not None)
PERMIT = next(name for name in NAMES if name.startswith("mobilite--"))
CAR = next(name for name in NAMES if name.startswith("mobilite--") and name != PERMIT)
HEALTH = next(name for name in NAMES if name.startswith("sante--"))
LOST = len(NAMES)


def likely(**shares: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    columns = {"permit": NAMES.index(PERMIT), "car": NAMES.index(CAR), "health": NAMES.index(HEALTH), "lost": LOST}
    row = np.zeros(LOST + 1, np.float32)
    for name, share in shares.items():
        row[columns[name]] = share
    return row


class FakeReader:
    """Says what it was told to, by name of offer, and counts what it reads."""

    names = NAMES

    def __init__(self, by_name: Mapping[str, np.ndarray[tuple[int], np.dtype[np.float32]]]) -> None:
        self.by_name, self.read = by_name, 0

    def read_many(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        assert len(texts) == len(vectors)
        self.read += len(texts)
        return np.array([self.by_name[text] for text in texts])


def deducing(work: Indexing, reader: FakeReader) -> Indexing:
    return replace(work, predictor=ThemePredictor(lambda: reader, lambda: "test", work.cache))


def test_only_what_is_sure_is_deduced() -> None:
    assert choose((), likely(permit=0.6, car=0.36)) == (PERMIT,)
    assert choose((), likely(permit=0.3, car=0.2)) == ()
    assert choose((), likely(lost=0.6, permit=0.3)) == ()


def test_a_given_category_limits_what_is_deduced_to_its_own() -> None:
    assert choose(("mobilite",), likely(health=0.9, permit=0.08, car=0.02)) == (PERMIT,)
    assert choose(("mobilite",), likely(health=0.9, permit=0.05, car=0.05)) == ()


def test_the_category_comes_with_a_deduced_thematique_unless_it_is_stated() -> None:
    bare = Offer.model_validate({"source": "ex", "id": "ex--1", "nom": "Permis"})
    assert with_categories((PERMIT,), bare) == (PERMIT, "mobilite")
    assert with_categories((PERMIT,), bare.model_copy(update={"thematiques": ("mobilite",)})) == (PERMIT,)


def test_what_an_offer_says_nothing_of_is_told_among_what_its_source_states() -> None:
    assert find_faint((PERMIT, CAR, HEALTH), likely(permit=0.6, car=0.3)) == (HEALTH,)
    assert find_faint((PERMIT, CAR), likely(permit=0.5, car=0.1)) == ()
    assert find_faint((PERMIT,), likely(lost=0.9)) == (PERMIT,)
    assert find_faint(("mobilite", PERMIT, CAR), likely(permit=0.9)) == (CAR,)


def test_what_an_offer_says_nothing_of_is_kept_with_its_document_and_shown_nowhere(work: Indexing) -> None:
    work = deducing(work, FakeReader({"Offre 1": likely(permit=0.8)}))
    bring(work.catalogue, [structure(), offer(1, thematiques=[PERMIT, HEALTH])])
    reindex(work)
    document = work.engine.get("ex--o1")
    assert document is not None
    assert (document.faint, document.predicted) == ((HEALTH,), ())
    assert orjson.loads(document.body)["thematiques"] == [PERMIT, HEALTH]


def test_a_deduced_thematique_is_found_counted_marked_and_never_written_over(work: Indexing) -> None:
    work = deducing(work, FakeReader({f"Offre {number}": likely(permit=0.8) for number in (1, 2, 3)}))
    stated = {"thematiques": [HEALTH]}
    bring(work.catalogue, [structure(), offer(1), offer(2, **stated), offer(3, thematiques=["mobilite"])])
    reindex(work)
    filters = {"thematiques": frozenset({PERMIT})}
    answer = work.engine.search(SearchQuery(TODAY, filters=filters, facets=("thematiques",)))
    assert sorted(hit.id for hit in answer.hits) == ["ex--o1", "ex--o3"]
    assert answer.facets["thematiques"][PERMIT] == answer.facets["thematiques"]["mobilite"] == 2
    bodies = {hit.id: orjson.loads(hit.body) for hit in answer.hits}
    assert (bodies["ex--o1"]["thematiques"], bodies["ex--o1"]["thematiques_predites"]) == (None, [PERMIT])
    assert (bodies["ex--o3"]["thematiques"], bodies["ex--o3"]["thematiques_predites"]) == (["mobilite"], [PERMIT])
    assert search_over(work).predicted_of("ex--o1") == (PERMIT, "mobilite")
    assert search_over(work).predicted_of("ex--o2") == search_over(work).predicted_of("ex--absente") == ()


def test_what_was_read_once_is_not_read_again(work: Indexing) -> None:
    reader = FakeReader({"Offre 1": likely(permit=0.8)})
    bring(work.catalogue, [structure(), offer(1)])
    for _ in range(2):
        reindex(deducing(work, reader))
    assert reader.read == 1
