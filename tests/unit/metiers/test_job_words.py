"""Gender, number, inclusive spelling and small words do not tell jobs apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.metiers.neutral import MOST_WORDS, job_key, job_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("infirmier", "infirmière"),
        ("Infirmier / Infirmière", "infirmiers"),
        ("INFIRMIER(E)", "infirmier"),
        ("conducteur·trice de bus", "conductrice de bus"),
        ("vendeuse", "vendeur"),
        ("Employé/e polyvalent.e", "employées polyvalentes"),
        ("gardienne d’immeuble", "gardien d'immeuble"),
        ("maçonne", "macon"),
        ("prof de maths", "professeur de maths"),
        ("je veux devenir coiffeuse", "coiffeur"),
        ("Madame veut devenir coiffeuse", "coiffeur"),
        ("réparer des bagnoles", "réparer des voitures"),
        ("animateur auprès des animaux", "animatrice animal"),
    ],
)
def test_two_ways_to_write_one_job_have_one_key(one: str, other: str) -> None:
    assert job_key(job_words(one)) == job_key(job_words(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("aide-soignant", "soignant"), ("boucher", "boulanger"), ("chef cuisinier", "cuisinier"), ("pilote", "pilate")],
)
def test_two_jobs_have_two_keys(one: str, other: str) -> None:
    assert job_key(job_words(one)) != job_key(job_words(other))


@pytest.mark.parametrize("text", ["", "🙂", " \t\n", "…!?", "\x00\x01"])
def test_a_text_without_words_has_none(text: str) -> None:
    assert job_words(text) == []


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_few_words_each_once(text: str) -> None:
    words = job_words(text)
    assert len(words) == len(set(words)) <= MOST_WORDS
    assert all(words)
