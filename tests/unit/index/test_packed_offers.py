"""What the ranking reads of packed offers is what a plain reading of the documents says, without a server."""

import random
from dataclasses import replace

import numpy as np
import pytest

from indexer.engines import ranking
from indexer.engines.base import DEDUCED_FIELDS, Document, SearchQuery, Words
from indexer.engines.elasticsearch.columns import Columns, unpack
from indexer.engines.elasticsearch.facts import build_candidates, found_words, read_answers, read_distance
from indexer.engines.elasticsearch.packed import pack_meaning, pack_ranked, pack_typed
from indexer.engines.shared import SATURATION, hash_of
from tests.engines.worlds import DIMENSIONS, Oracle, make_document, make_query

WORLDS = 40


def columns_of(documents: list[Document]) -> Columns:
    return Columns([unpack(pack_ranked(d), pack_typed(d), pack_meaning(d)) for d in documents])


def candidates_of(documents: list[Document], query: SearchQuery) -> ranking.Candidates:
    columns = columns_of(documents)
    answers, distance = read_answers(columns, query, names=True), read_distance(columns, query)
    meaning = np.full(len(documents), np.nan)
    return build_candidates(columns, [d.id for d in documents], query, answers, distance, meaning)


@pytest.fixture(params=range(WORLDS))
def rng(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def documents(rng: random.Random) -> list[Document]:
    return [make_document(rng, f"a--{number}") for number in range(rng.randint(1, 40))]


def need_of(d: Document, query: SearchQuery) -> float:
    jobs = () if "metiers" in d.anything else d.codes.get("metiers", ())
    held = [d.codes.get("thematiques", ())]
    if "thematiques" in d.anything:
        held = [(need.thematique,) for need in query.needs] or [()]
    return max(ranking.need_fit(set(one), jobs, query, predicted=d.predicted, faint=d.faint) for one in held)


def words_of(d: Document, words: Words | None) -> float:
    groups = () if words is None else words.groups
    total = sum(group.weight for group in groups) or 1.0
    held = [[worth * f / (SATURATION + f) for t, worth in g.alternatives if (f := d.terms.get(t, 0.0))] for g in groups]
    return sum(group.weight / total * max(found, default=0.0) for group, found in zip(groups, held, strict=True))


def stated_of(d: Document, distance: float, query: SearchQuery) -> float:
    answers = []
    for field, wanted in query.filters.items():
        if field == "modes_accueil":
            continue
        values = d.codes.get(field, ())
        says = bool(values) if field in d.anything else not wanted.isdisjoint(values)
        deduced = field in DEDUCED_FIELDS and not wanted.isdisjoint(d.predicted)
        answers.append(float(says) * (ranking.PREDICTED if deduced else 1.0))
    if query.place is not None:
        answers.append(float(not np.isnan(distance) or not query.place.zones.isdisjoint(d.zone)))
    return sum(answers) / len(answers) if answers else np.nan


def start_of(d: Document, query: SearchQuery) -> tuple[float, float]:
    """(the next session with a seat, else the next; 1 where all that come are full)."""
    first = (query.starts_from or query.today).toordinal() - 719_163
    coming = [slot for slot in d.slots if slot.day >= first]
    free = [slot.start for slot in coming if not slot.full]
    start = min(free or [slot.start for slot in coming], default=np.nan)
    return start, float(bool(coming) and not free)


def test_each_part_is_what_the_document_says(rng: random.Random, documents: list[Document]) -> None:
    query, oracle = make_query(rng), Oracle({d.id: d for d in documents})
    found = candidates_of(documents, query)
    distances = [oracle.distance(d, query) for d in documents]
    assert found.distance == pytest.approx([np.nan if d is None else d for d in distances], nan_ok=True, abs=1e-6)
    assert found.need == pytest.approx([need_of(d, query) for d in documents])
    assert found.words == pytest.approx([words_of(d, query.words) for d in documents])
    stated = [stated_of(d, far, query) for d, far in zip(documents, found.distance.tolist(), strict=True)]
    assert found.stated == pytest.approx(stated, nan_ok=True)
    wished = [oracle.wished(d, query) if query.wishes else np.nan for d in documents]
    assert found.wished == pytest.approx(wished, nan_ok=True)
    ages = [np.nan if query.age is None else oracle.suits_age(d, query.age) for d in documents]
    assert found.age == pytest.approx(ages, nan_ok=True)
    starts = [start_of(d, query) for d in documents]
    assert found.start == pytest.approx([start for start, _ in starts], nan_ok=True)
    assert found.full == pytest.approx([full for _, full in starts])
    assert found.quality == pytest.approx([d.quality for d in documents])
    assert found.fold.tolist() == [d.fold for d in documents]
    assert found.structure.tolist() == [hash_of(d.structure) for d in documents]
    assert sorted(documents, key=lambda d: d.id) == [documents[place] for place in np.argsort(found.id_rank)]


def test_the_words_and_the_names_found_are_those_of_the_document(rng: random.Random, documents: list[Document]) -> None:
    query = make_query(rng)
    groups = () if query.words is None else query.words.groups
    held = [tuple(g.word for g in groups if any(term in d.terms for term, _ in g.alternatives)) for d in documents]
    columns = columns_of(documents)
    assert found_words(columns, query.words) == held
    names = columns.names(np.arange(len(documents)))
    codes = [list(ranking.iter_codes(d.names)) for d in documents]
    assert names.values.tolist() == [code for one in codes for code in one]
    assert names.owners.tolist() == [place for place, one in enumerate(codes) for _ in one]


def test_a_cosine_is_kept_within_a_thousandth_and_an_offer_without_a_vector_has_none(documents: list[Document]) -> None:
    documents = [*documents, replace(documents[0], vector=np.zeros(DIMENSIONS, dtype=np.float32))]
    axis = np.eye(DIMENSIONS, dtype=np.float32)[0]
    found = columns_of(documents).cosines(axis)
    assert found == pytest.approx([float(d.vector @ axis) for d in documents], abs=0.004)
    assert found[-1] == 0


def test_nothing_brought_is_nothing_read() -> None:
    query = make_query(random.Random(0))
    assert len(candidates_of([], query)) == 0


def test_an_id_of_any_script_comes_back(documents: list[Document]) -> None:
    odd = replace(documents[0], id="ex--été/«ü» 漢字")
    assert unpack(pack_ranked(odd)).id == odd.id
