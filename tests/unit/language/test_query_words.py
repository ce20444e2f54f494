"""How a person's words are read against the words of an index."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.base import VocabularyStatistics, Words
from indexer.language.analysis import stem, tokens
from indexer.language.expressions import load_lexicon
from indexer.language.spelling import Speller
from indexer.language.words import MAX_GROUPS, QueryReader

KNOWN = {stem(word): count for word, count in {"loyer": 3, "payer": 8, "permis": 5, "conduire": 5, "boulot": 2}.items()}


def read(text: str, **more: int) -> Words | None:
    frequencies = KNOWN | more
    return QueryReader(VocabularyStatistics("v", 20, frequencies), Speller(frequencies)).read(text)


def alternatives(words: Words | None) -> list[list[str]]:
    assert words is not None
    return [[term for term, _ in group.alternatives] for group in words.groups]


def test_what_one_asks_with_is_not_looked_for() -> None:
    assert alternatives(read("bonjour, je n'arrive plus à payer mon loyer svp")) == [["payer"], ["loyer"]]


def test_a_text_of_stop_words_alone_gives_no_words() -> None:
    assert read("je ne veux plus") is None
    assert read("") is None


def test_unknown_words_are_left_out_and_hold_nothing_back() -> None:
    assert alternatives(read("loyer xyzzyx")) == [["loyer"]]
    assert alternatives(read("xyzzyx")) == []


def test_a_slip_of_the_finger_is_mended() -> None:
    assert alternatives(read("loier")) == [["loyer"]]
    assert alternatives(read("premis")) == [[stem("permis")]]


def test_a_slip_that_leaves_a_stem_near_nothing_is_mended_by_whole_words() -> None:
    frequencies = {stem("logement"): 9, stem("formation"): 4}
    words = ["logement", "logements", "formation", "hébergement"]
    reader = QueryReader(VocabularyStatistics("v", 20, frequencies), Speller(frequencies, lambda: words))
    assert alternatives(reader.read("lojement")) == [[stem("logement")]]
    assert alternatives(reader.read("hébergament")) == []  # the index holds no such word


def test_a_usual_word_is_not_taken_for_a_slip() -> None:
    reader = QueryReader(VocabularyStatistics("v", 20, KNOWN), Speller(KNOWN), lambda word: word == "loyen")
    assert alternatives(reader.read("loyen")) == []
    assert alternatives(reader.read("loier")) == [["loyer"]]


def test_a_synonym_stands_in_for_a_word_that_the_index_lacks() -> None:
    assert alternatives(read("travail")) == [[stem("boulot")]]


def test_the_rarer_word_weighs_more() -> None:
    words = read("payer loyer")
    assert words is not None
    weights = {group.word: group.weight for group in words.groups}
    assert weights["loyer"] > weights["payer"]


def test_an_expression_is_looked_for_as_one_thing_and_its_words_weigh_half() -> None:
    marker = next(f.marker for f in load_lexicon().find(tokens("permis de conduire")))
    words = read("permis de conduire", **{marker: 5})
    assert words is not None
    assert [group.word for group in words.groups] == ["permis conduire", "permis", "conduire"]
    whole, *parts = words.groups
    assert all(part.weight < whole.weight for part in parts)


def test_a_very_long_text_is_cut_to_some_words() -> None:
    frequencies = {f"mot{i}": 1 for i in range(100)}
    reader = QueryReader(VocabularyStatistics("v", 100, frequencies), Speller(frequencies))
    words = reader.read(" ".join(frequencies))
    assert words is not None
    assert len(words.groups) == MAX_GROUPS


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    read(text)
