"""A job's name without gender, number nor ornament: « infirmières », « Infirmier(e) » and « INFIRMIER » are one."""

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
    madame metier metiers mission mlle mme monde monsieur plait poste postes profession reconvertir reconversion reve
    secteur stage taf travail travaille travailler travaillais tout
    """.split()
)
"""Words by which one says that it is about a job: they name none, unless a phrase holds nothing else."""

_NAMING: Final = frozenset({"aide", "aides", "aider", "personne", "personnes", "recherche"})
"""Words by which one asks elsewhere, and which tell jobs apart here."""

_SMS: Final = {
    "1": "un", "2": "de", "ke": "que", "ki": "qui", "koi": "quoi", "pr": "pour", "ds": "dans", "av": "avec",
    "bcp": "beaucoup", "ve": "veux", "veu": "veux", "cherch": "cherche", "tafer": "taf",
    "tps": "temps", "voudrai": "veux",
}  # fmt: skip
_SLANG: Final = {
    "bagnole": "voiture", "tuture": "voiture", "pinard": "vin", "gosse": "enfant", "mome": "enfant", "gamin": "enfant",
    "mioche": "enfant", "marmot": "enfant", "fringue": "vetement", "sape": "vetement", "habit": "vetement",
    "resto": "restaurant", "ordi": "ordinateur", "pc": "ordinateur", "godasse": "chaussure",
    "clebs": "chien", "toutou": "chien", "canasson": "cheval", "becane": "moto", "biclou": "velo", "baraque": "maison",
    "bahut": "lycee", "hosto": "hopital", "tif": "cheveu", "bestiole": "animal", "tel": "telephone", "teloche": "tele",
    "gratte": "guitare", "bouquin": "livre", "poulaga": "policier", "bouffe": "repas", "dodo": "sommeil",
}  # fmt: skip
"""Said for things, whatever the job: a phrase of the lexicon then need not be written in both registers."""

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
INCLUSIVE = re.compile(
    r"(?<=[^\W\d_])[(\[·•./-]-?(?:e|ere|ière|ère|iere|euse|trice|rice|ne|se|le|ve|te|fe|enne|esse)(?:[·•.-]?s)?(?:[)\]]|\b)",
    re.IGNORECASE,
)
MOST_WORDS: Final = 40
"""Words of a text that are read: more say no more of one job."""


@lru_cache(maxsize=10_000)
def neutral_word(word: str) -> str:
    """One folded word without its gender and number; the result is a key, not always a word."""
    known = _IRREGULAR.get(word)
    if known is not None:
        return known
    if len(word) > 3 and word[-1] in "sx" and word not in _SLANG:
        word = word[:-1]
    word = _SLANG.get(word, word)
    word = _IRREGULAR.get(word, word)
    for ending, masculine in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + masculine
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def job_words(text: str) -> list[str]:
    """The neutral words of a text in their order, each once; frames and stop words only when there is nothing else."""
    return list(dict.fromkeys(neutral_word(word) for word in _telling(said_words(text))[:MOST_WORDS]))


def said_words(text: str) -> list[str]:
    """The folded words of a text, all of them, inclusive endings and SMS spellings undone."""
    return [_SMS.get(word, word) for word in iter_words(INCLUSIVE.sub("", text))]


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
