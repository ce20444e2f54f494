"""Distress is heard, however it is said; what only sounds like it is left alone; every number exists."""

import tomllib
from pathlib import Path

import pytest

from indexer.emergency import EMERGENCY_NUMBERS, MAIN_NUMBERS
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.spelling import load_mender
from indexer.understanding.urgency import Urgency, load_urgency_reader
from indexer.understanding.words import clean_text, read_words

LISTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("urgences.toml").read_text("utf-8"))
SAID = [(motive, text) for motive, texts in LISTS.items() if motive != "rien" for text in texts]


def read(text: str) -> Urgency | None:
    said = read_words(clean_text(text)[0])
    return load_urgency_reader().read(said, load_mender().mend(said.words))


@pytest.mark.parametrize(("motive", "text"), SAID, ids=[text for _, text in SAID])
def test_a_distress_is_heard(motive: str, text: str) -> None:
    found = read(text)
    assert found is not None
    assert found.motive == motive
    assert found.words


@pytest.mark.parametrize("text", LISTS["rien"])
def test_what_only_sounds_like_it_is_left_alone(text: str) -> None:
    assert read(text) is None


def test_the_numbers_are_those_of_the_public_services() -> None:
    assert set(EMERGENCY_NUMBERS) == {"115", "3919", "119", "3114", "17", "15", "112", "114", "3018", "3977"}
    assert set(MAIN_NUMBERS) <= set(EMERGENCY_NUMBERS)


def test_every_motive_has_a_message_and_numbers_that_exist() -> None:
    told = read_phrasebook("urgences")
    firsts = {motive: own["numeros"][0] for motive, own in told.items()}
    assert firsts == {
        "suicide": "3114",
        "danger": "17",
        "enfant-en-danger": "119",
        "violences": "3919",
        "malaise": "15",
        "a-la-rue": "115",
        "harcelement": "3018",
        "maltraitance": "3977",
    }
    assert all(set(own["numeros"]) <= set(EMERGENCY_NUMBERS) and own["message"] for own in told.values())


def test_two_distresses_give_the_gravest_message_and_all_numbers() -> None:
    found = read("mon mari me frappe et je veux mourir")
    assert found is not None
    assert found.motive == "suicide"
    assert [line.number for line in found.numbers] == ["3114", "15", "3919", "17", "114"]
