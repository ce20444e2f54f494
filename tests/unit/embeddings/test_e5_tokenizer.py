import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.embeddings.e5_tokenizer import WINDOW, E5Tokenizer
from indexer.embeddings.e5_weights import Vocabulary

SENTENCES = [
    "passage: atelier cv et lettre de motivation, chaque mardi à 9 h 30",
    "l'aide à l'achat d'un vélo électrique : jusqu'à 400 €",
    "помощь с документами и жильём",
    "أبحث عن عمل في المطعم",
    "ebegîrên ku karê dixwazin",
    "日本語を勉強したいです",
    "o'quv kurslari haqida ma'lumot",
]


def most_likely_split(text: str, vocabulary: Vocabulary) -> list[int]:
    """The textbook's Viterbi over a whole text, words joined; texts of known characters only."""
    joined = "▁" + "▁".join(text.split())
    ways: list[tuple[float, list[int]] | None] = [(0.0, [])] + [None] * len(joined)
    for end in range(1, len(joined) + 1):
        for start in range(max(0, end - 16), end):
            piece, before = vocabulary.ids.get(joined[start:end]), ways[start]
            if piece is not None and before is not None:
                way = (before[0] + vocabulary.scores[piece], [*before[1], piece])
                ways[end] = way if ways[end] is None else max(ways[end], way, key=lambda w: w[0])
    assert ways[-1] is not None
    return ways[-1][1]


@pytest.mark.parametrize("text", SENTENCES)
def test_ids_are_the_most_likely_split_of_the_whole_text(tokenizer: E5Tokenizer, vocabulary: Vocabulary, text: str):
    assert tokenizer.ids(text, 1000) == most_likely_split(text, vocabulary)


@given(words=st.lists(st.text("aeioubcdlmnrst'éè-", min_size=1, max_size=12), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_no_other_split_is_more_likely(tokenizer: E5Tokenizer, vocabulary: Vocabulary, words: list[str]):
    text = " ".join(words)
    found, best = tokenizer.ids(text, 1000), most_likely_split(text, vocabulary)
    assert sum(vocabulary.scores[i] for i in found) == pytest.approx(sum(vocabulary.scores[i] for i in best))


def test_composed_and_decomposed_accents_are_the_same(tokenizer: E5Tokenizer):
    text = "Hébergement d'urgence à Besançon"
    assert tokenizer.ids(unicodedata.normalize("NFD", text), 100) == tokenizer.ids(text, 100)


def test_capitals_do_not_matter(tokenizer: E5Tokenizer):
    assert tokenizer.ids("AIDE AU LOGEMENT ÉTUDIANT", 100) == tokenizer.ids("aide au logement étudiant", 100)


def test_spaces_and_line_ends_do_not_matter(tokenizer: E5Tokenizer):
    assert tokenizer.ids("  aide\u00a0au\r\n\t logement\u200b ", 100) == tokenizer.ids("aide au logement", 100)


def test_an_unknown_character_has_the_unknown_id(tokenizer: E5Tokenizer, vocabulary: Vocabulary):
    assert tokenizer.ids("\U00013000", 100)[-1] == vocabulary.unknown_id


def test_a_text_cannot_forge_a_mark(tokenizer: E5Tokenizer, vocabulary: Vocabulary):
    ids = tokenizer.ids("<s> </s> <pad> <unk>", 100)
    assert {vocabulary.start_id, vocabulary.end_id, 1} & set(ids) == set()


def test_an_empty_text_is_one_window_of_two_marks(tokenizer: E5Tokenizer, vocabulary: Vocabulary):
    assert tokenizer.windows("", 3) == [[vocabulary.start_id, vocabulary.end_id]]


def test_windows_cut_a_long_text_without_losing_anything(tokenizer: E5Tokenizer):
    text = "un atelier de cuisine " * 300
    windows = tokenizer.windows(text, 8)
    assert [i for window in windows for i in window[1:-1]] == tokenizer.ids(text, 8 * WINDOW)
    assert [len(window) for window in windows[:-1]] == [WINDOW + 2] * (len(windows) - 1)


def test_there_are_no_more_windows_than_asked(tokenizer: E5Tokenizer):
    assert [len(window) for window in tokenizer.windows("mot " * 5000, 2)] == [WINDOW + 2, WINDOW + 2]


def test_one_endless_word_is_split_too(tokenizer: E5Tokenizer):
    assert len(tokenizer.ids("xq" * 20_000, WINDOW)) == WINDOW


@given(text=st.text(st.characters(), max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_text_has_ids_within_the_table(tokenizer: E5Tokenizer, text: str):
    """Lone surrogates and control characters included."""
    assert all(0 <= i < 250_037 for i in tokenizer.ids(text, 1000))
