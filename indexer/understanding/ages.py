"""An age said in a text, and for whom the offer is then: « j'ai 17 ans », « mon fils de 8 ans »."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from indexer.understanding.rules import Sign
from indexer.understanding.words import Said, show_words

YOUNG_FROM, YOUNG_BEFORE, OLD_FROM, OLDEST = 12, 26, 60, 110
"""Services for young people begin with those of 12 (adolescents) and end, for most, the day one is 26."""

AGE_SCORE: Final = 0.9

_CHILD_AFTER: Final = 18

_BEFORE: Final = frozenset(
    {
        "de",
        "a",
        "ai",
        "ans",
        "age",
        "agee",
        "ages",
        "avoir",
        "aura",
        "avait",
        "fille",
        "fils",
        "tengo",
        "im",
        "am",
        "aged",
        "fais",
        "homme",
        "femme",
    }
)
"""Words after which a number of years is an age."""

_DURATIONS: Final = frozenset(
    {
        "depuis",
        "pendant",
        "pour",
        "dans",
        "sur",
        "en",
        "apres",
        "avant",
        "bail",
        "credit",
        "contrat",
        "experience",
        "cdd",
        "pret",
        "duree",
        "y",
        "moins",
        "plus",
    }
)
_YEARS: Final = frozenset(
    {"ans", "an", "anos", "years", "year", "yasinda", "yasindayim", "років", "роки", "рокiв", "سنة", "عاما"}
)
_SPENT: Final = frozenset(
    {
        "experience",
        "anciennete",
        "chez",
        "prison",
        "que",
        "mariage",
        "sans",
        "de",
        "d",
        "auparavant",
        "metier",
        "durant",
        "ferme",
        "dans",
        "comme",
        "passes",
        "passees",
    }
)
_CHILDREN: Final = frozenset(
    {
        "fils",
        "fille",
        "enfant",
        "enfants",
        "bebe",
        "gamin",
        "gamine",
        "petit",
        "petite",
        "garcon",
        "loulou",
        "filles",
        "son",
        "daughter",
        "hijo",
        "hija",
        "filho",
        "filha",
        "gosse",
        "ado",
    }
)
_NEAR = 6


@dataclass(frozen=True, slots=True)
class Age:
    """Of the person that the offer is for; `code` is the public that it makes them, None when it makes none."""

    years: int
    code: str | None
    words: tuple[str, ...]

    def sign(self) -> Sign | None:
        return None if self.code is None else Sign(self.code, AGE_SCORE, self.words)


def read_ages(said: Said) -> Iterator[Age]:
    """The ages said; a length of time (« depuis 17 ans ») is none."""
    for index, word in enumerate(said.words):
        if not word.isdigit() or len(word) > 3 or not _is_age(said.words, index):
            continue
        of_child = any(w in _CHILDREN for w in said.words[max(0, index - _NEAR) : index])
        yield Age(int(word), _code_of(int(word), of_child), show_words(said, max(0, index - 1), index + 2))


def _is_age(words: tuple[str, ...], index: int) -> bool:
    after = words[index + 1] if index + 1 < len(words) else ""
    if after not in _YEARS:
        return False
    before = words[index - 1] if index else ""
    next_word = words[index + 2] if index + 2 < len(words) else ""
    if before in _DURATIONS or next_word in _SPENT or (before == "a" and index > 1 and words[index - 2] == "y"):
        return False
    if before == "de" and index > 1 and words[index - 2] in _DURATIONS:
        return False
    return before in _BEFORE or index == 0 or _is_told_apart(words, index)


def _is_told_apart(words: tuple[str, ...], index: int) -> bool:
    """« homme, 17 ans », « 62 ans » in a short list of facts."""
    return words[index - 1] in _CHILDREN or index + 2 >= len(words) or index < 3


def _code_of(years: int, of_child: bool) -> str | None:
    if of_child and years < YOUNG_FROM:
        return "familles"
    if YOUNG_FROM <= years < YOUNG_BEFORE:
        return "jeunes"
    if OLD_FROM <= years <= OLDEST:
        return "seniors"
    return "familles" if of_child and years < _CHILD_AFTER else None
