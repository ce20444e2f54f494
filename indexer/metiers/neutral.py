"""A job's name without gender, number nor ornament, so that « infirmières », « Infirmier(e) » and « INFIRMIER » are one."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from indexer.language.analysis import iter_words
from indexer.language.stopwords import CONVERSATIONAL, STOPWORDS

FRAME: Final = frozenset(
    """
    aime aimer apprendre apprentissage alternance boulot bosse bosser boulots cap carriere cdd cdi chose contrat
    devenir domaine embauche embaucher emploi emplois envie etre faire fais formation former interim interesse job jobs
    metier metiers mission monde personne plait poste postes profession reconvertir reconversion reve secteur stage taf
    travail travaille travailler travaillais tout
    """.split()
)
"""Words by which one says that it is about a job: they name none, unless a phrase holds nothing else."""

_NAMING: Final = frozenset({"aide", "aides", "aider", "personnes", "recherche"})
"""Words by which one asks elsewhere, and which tell jobs apart here."""

_SMS: Final = {
    "1": "un", "2": "de", "ke": "que", "ki": "qui", "koi": "quoi", "pr": "pour", "ds": "dans", "av": "avec",
    "bcp": "beaucoup", "ve": "veux", "veu": "veux", "cherch": "cherche", "tafer": "taf", "tps": "temps", "voudrai": "veux",
}  # fmt: skip
_IRREGULAR: Final = {
    "hotesse": "hot", "maitresse": "maitr", "doctoresse": "docteur", "copine": "copain", "femme": "femm",
    "ouvrieres": "ouvrier", "prof": "professeur", "profs": "professeur", "dames": "femm", "dame": "femm",
    "travaux": "travail", "animaux": "animal", "animale": "animal", "journaux": "journal", "chevaux": "cheval",
    "hopitaux": "hopital", "yeux": "oeil",
}  # fmt: skip
_ENDINGS: Final = (
    ("trice", "teur"), ("euse", "eur"), ("iere", "ier"), ("ere", "er"), ("enne", "en"), ("onne", "on"),
    ("ive", "if"), ("elle", "el"), ("ee", "e"),
)  # fmt: skip
_INCLUSIVE = re.compile(
    r"(?<=[^\W\d_])[(\[·•./-]-?(?:e|ere|ière|ère|iere|euse|trice|rice|ne|se|le|ve|te|fe|enne|esse)(?:[·•.-]?s)?(?:[)\]]|\b)",
    re.IGNORECASE,
)
MOST_WORDS: Final = 40
"""Words of a text that are read: more say no more of one job."""


@lru_cache(maxsize=50_000)
def neutral_word(word: str) -> str:
    """One folded word without its gender and number; the result is a key, not always a word."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) > 3 and word[-1] in "sx":
        word = word[:-1]
        word = _IRREGULAR.get(word, word)
    for ending, masculine in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + masculine
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def job_words(text: str) -> list[str]:
    """The neutral words of a text in their order, each once; frames and stop words only when there is nothing else."""
    folded = [_SMS.get(word, word) for word in iter_words(_INCLUSIVE.sub("", text))]
    return list(dict.fromkeys(neutral_word(word) for word in _telling(folded)[:MOST_WORDS]))


def job_key(words: Iterable[str]) -> str:
    """What two names share when they are the same but for gender, number and small words."""
    return " ".join(words)


def is_frame(word: str) -> bool:
    """Whether a folded word tells nothing of which job is meant."""
    return word in STOPWORDS or word in FRAME or (word in CONVERSATIONAL and word not in _NAMING)


def _telling(words: list[str]) -> list[str]:
    kept = [word for word in words if not is_frame(word)]
    if kept:
        return kept
    return [word for word in words if word not in STOPWORDS] or words
