"""Which words of a person an offer takes up (`echo.py`)."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.matching.echo import build_echo, find_echo

OFFER = {"nom": "Menace d'expulsion", "description": "Une lettre d'huissier ? Nous vous aidons à répondre."}


def test_a_long_word_of_the_need_is_found_in_the_text_of_an_offer() -> None:
    assert find_echo(build_echo("L'huissier est venu", "Payer son loyer"), OFFER) == {"huissie"}


def test_the_plural_is_the_same_word() -> None:
    assert find_echo(build_echo("des huissiers", "Payer son loyer"), OFFER) == {"huissie"}


def test_the_name_of_the_need_and_short_words_tell_nothing() -> None:
    assert build_echo("une lettre, un loyer, une expulsion", "Éviter l'expulsion") == {"lettre"}


def test_an_offer_without_a_text_takes_up_the_words_of_its_title() -> None:
    assert find_echo(frozenset({"huissie"}), {"nom": "Un huissier", "description": None}) == {"huissie"}


@given(st.text(), st.text())
def test_any_words_are_read(words: str, text: str) -> None:
    echo = build_echo(words, "Payer son loyer")
    assert find_echo(echo, {"nom": text, "description": words}) == echo
