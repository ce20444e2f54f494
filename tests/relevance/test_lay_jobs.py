"""Lay job names and job titles lead to the right ROME code. The names were written before the lexicon of jobs.

Half of them (dev) chose the weights; the other half only judges. `docs/relevance.md` tells each view.
"""

import csv
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer.embeddings.encoder import Encoder, load_encoder
from indexer.metiers.entries import Entry, Kind
from indexer.metiers.search import JobIndex
from indexer.metiers.vectors import load_vectors
from indexer.reference.shipped import rome_labels
from indexer.settings import Settings
from tests.support.encoder import build_test_encoder_dir, default_cache_root

LAY = Path(__file__).parent / "lay_jobs.txt"
TITLES = Path(__file__).parents[3] / "shared" / "data" / "reference" / "rome4_appellations.csv"
DRAWN = 300


class Said(NamedTuple):
    """What a person says, and the codes that are right."""

    text: str
    codes: tuple[str, ...]


class Shares(NamedTuple):
    first: float
    in_five: float


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    folder = tmp_path_factory.mktemp("metiers")
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()), target_is_directory=True)
    return load_encoder(Settings(data_dir=folder))


def load_lay() -> list[Said]:
    lines = [line for line in LAY.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    parts = [line.split(" = ") for line in lines]
    return [Said(text, tuple(codes.split())) for text, codes in parts]


def slip(text: str, chance: random.Random) -> str:
    """One letter lost, doubled, exchanged or replaced, not the first."""
    place = chance.randrange(1, max(len(text) - 1, 2))
    return chance.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + text[place : place + 1] + text[place:],
            text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :],
            text[:place] + "e" + text[place + 1 :],
        ]
    )


def judge(index: JobIndex, encoder: Encoder, said: Sequence[Said]) -> Shares:
    first = in_five = 0
    for one, vector in zip(said, encoder.encode_queries([own.text for own in said]), strict=True):
        right = [hit.code_rome in one.codes for hit in index.search(one.text, vector, 5)]
        first += right[:1] == [True]
        in_five += any(right)
    return Shares(first / len(said), in_five / len(said))


def in_one_gender(title: str, chance: random.Random) -> str:
    """« Vendeur / Vendeuse de fleurs » → one side of it."""
    sides = title.lower().split(" / ")
    return chance.choice(sides) if len({len(side.split()) for side in sides}) == 1 else sides[-1]


def is_known(codes: Iterable[str]) -> bool:
    return all(code in rome_labels() for code in codes)


def test_the_names_are_many_and_their_codes_exist() -> None:
    said = load_lay()
    assert len(said) >= 200
    assert all(is_known(one.codes) for one in said)
    assert len({one.text for one in said}) == len(said)


@pytest.mark.parametrize(("half", "least"), [(0, (0.82, 0.93)), (1, (0.78, 0.95))])
def test_a_lay_name_leads_to_its_job(encoder: Encoder, half: int, least: tuple[float, float]) -> None:
    """Measured: dev .89 / .97, test .84 / 1.0; held at .70 / .92 on names by other hands."""
    found = judge(JobIndex((), load_vectors(encoder.name)), encoder, load_lay()[half::2])
    assert found.first >= least[0]
    assert found.in_five >= least[1]


def test_the_lexicon_and_meaning_stand_slips(encoder: Encoder) -> None:
    chance = random.Random(3)
    said = [Said(slip(one.text, chance), one.codes) for one in load_lay()]
    found = judge(JobIndex((), load_vectors(encoder.name)), encoder, said)
    assert found.first >= 0.65
    assert found.in_five >= 0.85


@pytest.mark.real_data
def test_loaded_titles_find_more_of_the_titles_that_are_left_out(encoder: Encoder) -> None:
    """Measured on 1,000: first .43 without and .52 with the other titles, in five .67 and .80."""
    if not TITLES.exists():
        pytest.skip("../shared/data is absent")
    chance = random.Random(5)
    with TITLES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["code_rome"] in rome_labels()]
    chance.shuffle(rows)
    drawn, others = rows[:DRAWN], rows[DRAWN:]
    said = [Said(in_one_gender(row["libelle_appellation_long"], chance), (row["code_rome"],)) for row in drawn]
    titles = [Entry(row["libelle_appellation_long"], row["code_rome"], Kind.TITRE) for row in others]
    vectors = load_vectors(encoder.name)
    without, loaded = (judge(JobIndex(own, vectors), encoder, said) for own in ((), titles))
    assert loaded.first >= without.first + 0.02
    assert loaded.in_five >= max(without.in_five + 0.05, 0.72)
