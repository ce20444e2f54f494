"""Phrases of the lexicon as they are typed in a message, or by ear: « g plu de sou pr le loyé ».

The views of words and of letters learn them beside the phrases. The rules are those of phonetic spelling and of
messages in French, drawn by a seed that the phrase alone gives: the same files are learned each time.
"""

import random
import re
import zlib
from typing import Final

from indexer.language.analysis import fold
from indexer.language.phrases import Sayings

VARIANTS: Final = 2
"""Ways of misspelling each phrase: four do no better on dev texts."""

MISSPELLED: Final = ("personnes", "mots")
"""Registers of the lexicon: professionals spell, and other languages sound otherwise."""

_OFTEN, _SOUND, _BARE = 0.7, 0.45, 0.6
"""Chances that a small word is shortened, that a sound is written by ear, and that accents are left out."""

_SHORTEST = 4
"""Words of fewer letters are left to the shortened ones: by ear they could be any other."""

_SHORTENED: Final = (
    ("je suis", ("chui", "jsui")), ("je veux", ("jve", "jveu")), ("je cherche", ("jcherch", "jcherche")),
    ("j'ai", ("g", "jai", "jé")), ("c'est", ("c", "cé", "ces")), ("que", ("ke",)), ("qui", ("ki",)), ("quoi", ("koi",)),
    ("quand", ("kan",)), ("pour", ("pr",)), ("dans", ("ds", "dan")), ("pas", ("pa",)), ("plus", ("plu", "pu")),
    ("avec", ("avc", "avek")), ("est", ("é", "e")), ("et", ("é",)), ("vous", ("vs",)), ("tout", ("tt",)),
    ("beaucoup", ("bcp",)), ("comment", ("cmt", "comen")), ("mon", ("mn",)), ("mes", ("mé",)), ("des", ("dé",)),
    ("les", ("lé",)), ("depuis", ("depui",)), ("trop", ("tro",)), ("besoin", ("bezoin", "besoin")),
    ("rendez-vous", ("rdv",)),
)  # fmt: skip

_BY_EAR: Final = (
    (r"eaux?\b", "o"), (r"au(?=[^xm])", "o"), ("ph", "f"), ("qu", "k"), (r"([bcdfglmnprst])\1", r"\1"),
    (r"(?<=\w\w)(er|ée?s?|ez|ait|ais)\b", "é"), (r"(?<=\w\w\w)(?<![aeéiou])es?\b", ""), (r"(?<=\w\w)[stxd]\b", ""),
    ("ç", "s"), ("ai", "é"), (r"(?<=\w)tion", "sion"), (r"(?<=[aeiou])s(?=[aeiou])", "z"), (r"\bh", ""),
    ("gue", "ge"), (r"c(?=[ei])", "s"), ("y", "i"),
)  # fmt: skip

_SMALL_WORDS: Final = tuple((re.compile(rf"(?<![\w']){re.escape(word)}(?![\w'])"), own) for word, own in _SHORTENED)
_SOUNDS: Final = tuple((re.compile(written), heard) for written, heard in _BY_EAR)
_BETWEEN_WORDS: Final = re.compile(r"(\W+)")
_ELISION: Final = re.compile(r"(?<=\b\w)'(?=\w)")


def build_misspelled(phrase: str) -> tuple[str, ...]:
    """At most VARIANTS, in lower case, those that differ from the phrase and from one another."""
    plain = phrase.lower()
    chances = (random.Random(zlib.crc32(f"{salt} {phrase}".encode())) for salt in range(VARIANTS))  # noqa: S311 — the same files each time
    drawn = (_misspell(plain, chance) for chance in chances)
    return tuple(dict.fromkeys(variant for variant in drawn if variant != plain))


def build_all_misspelled(sayings: Sayings) -> tuple[str, ...]:
    """Of what persons say and type."""
    registers = sayings.registers()
    return tuple(text for name in MISSPELLED for phrase in registers[name] for text in build_misspelled(phrase))


def _misspell(text: str, chance: random.Random) -> str:
    for word, shortened in _SMALL_WORDS:
        if chance.random() < _OFTEN:
            text = word.sub(shortened[int(chance.random() * len(shortened))], text)
    text = "".join(_write_by_ear(part, chance) for part in _BETWEEN_WORDS.split(text))
    if chance.random() < _SOUND:
        text = _ELISION.sub("", text)
    return fold(text) if chance.random() < _BARE else text


def _write_by_ear(word: str, chance: random.Random) -> str:
    if len(word) < _SHORTEST:
        return word
    for written, heard in _SOUNDS:
        if chance.random() < _SOUND:
            word = written.sub(heard, word)
    return word
