from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.remembered import Remembered, key_of


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), max_size=12), st.integers(1, 8))
def test_what_is_given_is_what_would_be_worked_out_anew(asked: list[list[str]], size: int):
    remembered = Remembered[str](size)
    for texts in asked:
        given_back = remembered.each([key_of(text) for text in texts], lambda new, t=texts: [t[i].upper() for i in new])
        assert given_back == [text.upper() for text in texts]


def test_only_what_is_not_known_is_worked_out_and_once():
    remembered, worked_out = Remembered[int](), list[list[int]]()

    def make(places: list[int]) -> list[int]:
        worked_out.append(places)
        return places

    remembered.each([key_of("a"), key_of("b"), key_of("a")], make)
    remembered.each([key_of("b"), key_of("c")], make)
    remembered.each([key_of("a"), key_of("c")], make)
    assert [len(places) for places in worked_out] == [2, 1]


def test_the_one_asked_longest_ago_is_forgotten_first():
    remembered, worked_out = Remembered[str](2), list[str]()

    def ask(text: str) -> None:
        remembered.each([key_of(text)], lambda _: worked_out.append(text) or [text])

    for text in ("a", "b", "a", "c", "a", "b"):
        ask(text)
    assert worked_out == ["a", "b", "c", "b"]


def test_an_error_goes_through_and_nothing_is_kept_of_it():
    remembered = Remembered[str]()

    def fail(_: list[int]) -> list[str]:
        raise ValueError("panne")

    with pytest.raises(ValueError, match="panne"):
        remembered.each([key_of("a")], fail)
    assert remembered.each([key_of("a")], lambda _: ["a"]) == ["a"]


def test_no_text_is_kept():
    remembered = Remembered[int]()
    remembered.each([key_of("0612345678 chez Mme Martin")], lambda _: [1])
    assert b"Martin" not in repr(remembered.__dict__).encode()


@given(st.text(), st.binary(), st.text(), st.binary())
def test_a_key_tells_texts_and_what_belongs_to_them_apart(text: str, other: bytes, text2: str, other2: bytes):
    assert (key_of(text, other) == key_of(text2, other2)) == ((text, other) == (text2, other2))


def test_a_text_that_no_encoding_takes_has_a_key():
    assert len(key_of("\ud800")) == 32


def test_threads_at_once_get_their_own_answers():
    remembered = Remembered[str](5)
    texts = [f"q{i % 9}" for i in range(300)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda text: remembered.each([key_of(text)], lambda _: [text])[0], texts))
    assert answers == texts
