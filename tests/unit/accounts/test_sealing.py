"""Sealed texts and signed tokens: only our keys open and make them, and a key can be changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ExpiredLinkError, SealError, WorkspaceError
from indexer.sealing import Sealer, hash_token, new_token
from tests.support.clocks import MovedClock

OLD, NEW = "a" * 32, "b" * 40
CLOCK = MovedClock()
SEALER = Sealer([OLD], CLOCK)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_comes_back_whole_and_does_not_show(text: str) -> None:
    sealed = SEALER.seal(text)
    assert SEALER.unseal(sealed) == text
    assert sealed.isascii()
    assert len(text) < 6 or text not in sealed


def test_the_same_text_is_never_sealed_alike() -> None:
    assert SEALER.seal("hébergé par un ami") != SEALER.seal("hébergé par un ami")


@pytest.mark.parametrize("place", [0, 20, -10])
def test_an_altered_text_is_refused(place: int) -> None:
    letters = list(SEALER.seal("hébergé par un ami"))
    letters[place] = "A" if letters[place] != "A" else "B"
    with pytest.raises(SealError, match="ne peut plus être lu"):
        SEALER.unseal("".join(letters))


def test_a_new_key_in_front_opens_what_the_old_one_sealed_and_seals_by_itself() -> None:
    both, alone = Sealer([NEW, OLD], CLOCK), Sealer([NEW], CLOCK)
    old = SEALER.seal("avant")
    assert both.unseal(old) == "avant"
    assert alone.unseal(both.seal("après")) == "après"
    assert alone.unseal(both.reseal(old)) == "avant"
    with pytest.raises(SealError):
        alone.unseal(old)


def test_tokens_signed_by_the_old_key_serve_until_it_is_taken_away() -> None:
    token = SEALER.sign("lien", "valeur")
    assert Sealer([NEW, OLD], CLOCK).read_signed("lien", token, 60) == "valeur"
    with pytest.raises(ExpiredLinkError):
        Sealer([NEW], CLOCK).read_signed("lien", token, 60)


def test_a_signed_token_serves_one_purpose_and_for_a_time() -> None:
    clock = MovedClock()
    sealer = Sealer([OLD], clock)
    token = sealer.sign("lien", "valeur")
    with pytest.raises(ExpiredLinkError):
        sealer.read_signed("autre", token, 60)
    clock.move(seconds=60)
    assert sealer.read_signed("lien", token, 60) == "valeur"
    clock.move(seconds=1)
    with pytest.raises(ExpiredLinkError):
        sealer.read_signed("lien", token, 60)


@given(st.text(max_size=80))
def test_a_guessed_token_is_refused(token: str) -> None:
    with pytest.raises(ExpiredLinkError):
        SEALER.read_signed("lien", token, 60)


@pytest.mark.parametrize("keys", [[], ["trop courte"], [OLD, "trop courte"]])
def test_a_key_that_is_none_is_refused_with_what_to_do(keys: list[str]) -> None:
    with pytest.raises(WorkspaceError, match=r"32 caractères.*new-key"):
        Sealer(keys, CLOCK)


def test_links_hold_256_bits_and_their_hash_tells_nothing_of_them() -> None:
    token = new_token()
    assert len(token) == 43
    assert hash_token(token) == hash_token(token) != hash_token(new_token())
    assert token not in hash_token(token)
