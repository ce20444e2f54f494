"""The lexicon says every thématique, in every register, and never the same thing for two."""

import unicodedata
from collections import defaultdict

import pytest

from indexer.language.phrases import Sayings, load_lexicon, load_phrases
from indexer.schema.vocabulary import thematiques

FEWEST = 45
LONGEST = 120
LANGUAGES = {"en", "es", "ar", "uk", "tr", "pt"}
NAMES = sorted(load_lexicon())


def fold(phrase: str) -> str:
    """Without case, accents, kind of apostrophe, or blanks in a row."""
    bare = unicodedata.normalize("NFKD", phrase.casefold().replace("’", "'"))
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).split())


@pytest.fixture(params=NAMES)
def sayings(request: pytest.FixtureRequest) -> Sayings:
    return load_lexicon()[request.param]


def test_every_thematique_is_in_the_lexicon_and_nothing_else() -> None:
    assert set(load_lexicon()) == {value for value, term in thematiques().items() if term.parent is not None}


def test_a_thematique_has_many_phrases(sayings: Sayings) -> None:
    assert len(list(sayings)) >= FEWEST


def test_about_a_third_of_the_french_phrases_are_by_professionals(sayings: Sayings) -> None:
    share = len(sayings.professionnels) / (len(sayings.professionnels) + len(sayings.personnes))
    assert 0.2 <= share <= 0.45


def test_the_six_languages_speak_of_each_thematique(sayings: Sayings) -> None:
    assert set(sayings.langues) == LANGUAGES
    assert all(sayings.langues.values())


def test_a_phrase_is_short_and_clean(sayings: Sayings) -> None:
    wrong = [phrase for phrase in sayings if not 0 < len(phrase) <= LONGEST or phrase != " ".join(phrase.split())]
    assert wrong == []


def test_no_thematique_has_twice_the_phrases_of_another() -> None:
    counts = [len(own) for own in load_phrases().values()]
    assert max(counts) <= 2 * min(counts)


def test_no_phrase_is_there_twice() -> None:
    places = defaultdict(list)
    for name, own in load_phrases().items():
        for phrase in own:
            places[fold(phrase)].append(name)
    assert {phrase: names for phrase, names in places.items() if len(names) > 1} == {}
