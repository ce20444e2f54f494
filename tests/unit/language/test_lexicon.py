"""The lexicon says every thématique, in every register, and never the same thing for two."""

import re
import unicodedata
from collections import defaultdict

import pytest

from indexer.language.phrases import Sayings, load_lexicon, load_off_topic, load_phrases
from indexer.schema.vocabulary import thematiques

FEWEST = {"personnes": 40, "professionnels": 12, "intitules": 10, "mots": 10, "langues": 14}
FEWEST_IN_ALL = 100
LONGEST = 120
LANGUAGES = {"en", "es", "ar", "uk", "tr", "pt", "ru", "it", "ro", "fa"}
MOST_WORDS = 4
NAMES = sorted(load_lexicon())


def fold(phrase: str) -> str:
    """Without case, accents, signs or plurals."""
    bare = unicodedata.normalize("NFKD", phrase.casefold())
    words = re.findall(r"\w+", "".join(sign for sign in bare if not unicodedata.combining(sign)))
    return " ".join(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in words)


@pytest.fixture(params=NAMES)
def sayings(request: pytest.FixtureRequest) -> Sayings:
    return load_lexicon()[request.param]


def test_every_thematique_is_in_the_lexicon_and_nothing_else() -> None:
    assert set(load_lexicon()) == {value for value, term in thematiques().items() if term.parent is not None}


def test_a_thematique_has_many_phrases_in_each_register(sayings: Sayings) -> None:
    counts = {register: len(own) for register, own in sayings.registers().items()}
    assert {register: count for register, count in counts.items() if count < FEWEST[register]} == {}
    assert sum(counts.values()) >= FEWEST_IN_ALL


def test_a_fifth_to_a_half_of_the_french_phrases_are_by_professionals(sayings: Sayings) -> None:
    theirs = len(sayings.professionnels) + len(sayings.intitules)
    assert 0.2 <= theirs / (theirs + len(sayings.personnes) + len(sayings.mots)) <= 0.5


def test_the_languages_speak_of_each_thematique(sayings: Sayings) -> None:
    assert set(sayings.langues) == LANGUAGES
    assert all(sayings.langues.values())


def test_words_are_few_at_a_time(sayings: Sayings) -> None:
    assert [words for words in sayings.mots if len(words.split()) > MOST_WORDS] == []


def test_a_phrase_is_short_and_clean(sayings: Sayings) -> None:
    wrong = [phrase for phrase in sayings if not 0 < len(phrase) <= LONGEST or phrase != " ".join(phrase.split())]
    assert wrong == []


def test_no_thematique_has_twice_the_phrases_of_another() -> None:
    counts = [len(own) for own in load_phrases().values()]
    assert max(counts) <= 2 * min(counts)


def test_no_phrase_is_said_for_two_thematiques_or_for_none() -> None:
    places = defaultdict(set)
    for name, own in {**load_phrases(), "hors-sujet": load_off_topic()}.items():
        for phrase in own:
            places[fold(phrase) or phrase].add(name)
    assert {phrase: names for phrase, names in places.items() if len(names) > 1} == {}


def test_no_phrase_is_written_twice(sayings: Sayings) -> None:
    written = [phrase.casefold() for phrase in sayings]
    assert sorted(written) == sorted(set(written))
