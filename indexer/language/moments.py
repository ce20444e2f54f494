"""When an offer happens, as clear words of a text say it: in the day, in the evening, at the week-end."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indexer.language.analysis import fold

_EVENING: Final = re.compile(
    r"\b(?:le|les|du|en|chaque|un|deux|trois|quatre|plusieurs|certains|tous les) soirs?\b"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s? soirs?\b"
    r"|\b(?:en|des|les|deux|trois|quatre|cinq|six|sept|huit|neuf|dix) soirees?\b"
    r"|\b(?:en|ouvertures?|permanences?) nocturnes?\b"
    r"|\bapres (?:le travail|votre travail|la journee de travail)\b"
)
_WEEKEND: Final = re.compile(
    r"\b(?:le|les|un|deux|trois|du|au|et|ou|chaque|certains|tous les) (?:samedi|dimanche)s?\b"
    r"|\b(?:samedi|dimanche)s? (?:matin|apres[- ]midi|soir|de \d)"
    r"|\b(?:le|les|un|des|du|en|chaque|certains) week[- ]?ends?\b"
)
_WEEKDAY: Final = r"(?:lundi|mardi|mercredi|jeudi|vendredi)s?"
_DAY: Final = re.compile(
    rf"\b(?:en|dans la) journee\b(?! de travail)|\b(?:le|les|chaque|{_WEEKDAY}) matins?\b|\bmatinees?\b"
    rf"|\b(?:l'|les |{_WEEKDAY} )apres[- ]midis?\b|\bdu (?:lundi|mardi|mercredi|jeudi) au \w+di\b"
)
_FROM: Final = re.compile(r"\b(?:de|a|des|partir de|apres|entre) (1[4-9]|2[0-2]) ?(?:h|:)(?: ?([0-5]\d))?\b")
_HOUR_LAST: Final = re.compile(r"\d ?(?:h|:)(?: ?\d\d)?$")
_UNTIL: Final = re.compile(r"\b(?:a|et|jusqu'a|-|–) ?(1[89]|2[0-2]) ?(?:h|:)(?: ?([0-5]\d))?\b")

_SENTENCE: Final = re.compile(r"[.;!?\n•]+(?:\s|$)|\n")
_CLAUSE: Final = re.compile(r"[,:()]")
_NOT_BEFORE: Final = re.compile(
    r"\b(?:pas|sauf|hors|hormis|excepte|ni|sans|jamais|aucun|aucune|ferme|fermee|fermes|fermees|fermeture)\b[^.]{0,40}$"
)
_NOT_AFTER: Final = re.compile(r"^[ :,(]{0,3}(?:est |sont )?(?:ferme|non compris|exclu|excepte)")
_OF_A_JOB: Final = re.compile(
    r"\b(?:travail|travaill\w+|poste|metier|emploi|horaires?|disponib\w+|astreintes?)\b[^,]{0,30}$"
)
_ALL_DAY: Final = re.compile(r"\bmatins? (?:au|et|et du|et le|comme le) soirs?$")
_ALSO: Final = re.compile(r"\b(?:aussi|egalement|y compris|meme)\b")
_CALL: Final = re.compile(r"\b(?:appel\w*|telephon\w*|inscri\w+|rensei\w+|avant|joignable)\b[^.]{0,40}$")
_EVENING_STARTS: Final = 17 * 60


@lru_cache(maxsize=256)  # asked twice of an offer, for its codes and its body, and again of its siblings
def moments_said(text: str) -> frozenset[str]:
    """Values of the vocabulary `moments` that a text clearly states; empty when it says nothing, or only denies.

    « Bonsoir », « fermé le samedi », « le métier demande de travailler le soir » state nothing.
    """
    found: set[str] = set()
    for sentence in _SENTENCE.split(fold(text)):
        said = set(_iter_said(sentence))
        if said and _ALSO.search(sentence):
            said.add("journee")
        found |= said
    return frozenset(found)


def _iter_said(sentence: str) -> Iterator[str]:
    for moment, pattern in (("soir", _EVENING), ("week-end", _WEEKEND), ("journee", _DAY)):
        if any(_stands(sentence, match) for match in pattern.finditer(sentence)):
            yield moment
    if any(_stands(sentence, match) for match in _iter_late(sentence)):
        yield "soir"


def _iter_late(sentence: str) -> Iterator[re.Match[str]]:
    """« de 18 h 30 à 20 h », « à partir de 17 h » ; not « de 9 h à 18 h », which ends with the day."""
    for match in _FROM.finditer(sentence):
        if int(match[1]) * 60 + int(match[2] or 0) < _EVENING_STARTS:
            continue
        before = sentence[: match.start()].rstrip()
        ends_a_span = match[0].startswith("a ") and _HOUR_LAST.search(before)
        if not ends_a_span and not _CALL.search(before):
            yield match
    for match in _UNTIL.finditer(sentence):
        if int(match[1]) * 60 + int(match[2] or 0) > 18 * 60 and not _CALL.search(sentence[: match.start()]):
            yield match


def _stands(sentence: str, match: re.Match[str]) -> bool:
    """Whether the words around neither deny it nor speak of a job's hours."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after):
        return False
    clause = _CLAUSE.split(before)[-1]
    return not _OF_A_JOB.search(clause) and not _ALL_DAY.search(sentence[: match.end()])
