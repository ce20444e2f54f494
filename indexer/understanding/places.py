"""The place that a text names: « à Roubaix », « 59100 », « près de Belfort », « au Mans », « dans le 90 »."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from indexer.geocode.commune import Commune
from indexer.geocode.communes import Communes
from indexer.geocode.names import SAINTS, arrondissement_code, fold
from indexer.language.stopwords import CONVERSATIONAL, STOPWORDS
from indexer.understanding.phrasebook_files import read_phrasebook
from indexer.understanding.phrases import Phrases
from indexer.understanding.words import Said, show_words

Precision = Literal["commune", "departement"]

SURE, LIKELY, POSSIBLE = 0.95, 0.8, 0.6

_CONTRACTED: Final = {"au": "le", "aux": "les", "du": "le", "des": "les"}
_OF: Final = frozenset({"de", "d", "du", "des"})
_UNITS: Final = frozenset(
    {"euro", "euros", "e", "km", "m", "francs", "ans", "h", "personnes", "heures", "fois", "dollars"}
)
_NOT_A_COMMON_WORD = 1_500
"""Inhabitants from which a name in lower case is believed after « à »: smaller places are often words (« à vie »)."""

_KNOWN_TO_ALL = 10_000
"""Inhabitants from which a name is believed without any word before it, at an edge of the text."""

_LONGEST, _SHORTEST_MENDED, _MENDED_FROM = 7, 6, 20_000


@dataclass(frozen=True, slots=True)
class SaidPlace:
    """`commune` is where to look; for a département, its largest. The words [start, stop) said it.

    `apart` when they say nothing else, so that a search can leave them out.
    """

    commune: Commune
    score: float
    words: tuple[str, ...]
    start: int
    stop: int
    apart: bool
    precision: Precision = "commune"


class PlaceReader:
    """Shared between threads."""

    def __init__(self, communes: Communes) -> None:
        self._communes = communes

    def read(self, said: Said) -> SaidPlace | None:
        """The surest place of a text, the first of those as sure."""
        origins = {stop for match in _load_origins().find(said.words) for stop in range(match.start, match.stop + 1)}
        fronts = {match.stop: match.start for match in sorted(_load_fronts().find(said.words), key=lambda m: -m.start)}
        found = [*self._iter_numbers(said), *self._iter_names(said, fronts)]
        kept = [place for place in found if place.start not in origins and place.stop - 1 not in origins]
        return max(kept, key=lambda place: (place.score, -place.start), default=None)

    def _iter_numbers(self, said: Said) -> Iterator[SaidPlace]:
        """Postal codes, and « dans le 90 »."""
        for index, word in enumerate(said.words):
            if not word.isdigit() or _is_measure(said, index):
                continue
            if len(word) == 5:
                yield from self._of_postal_code(said, index)
            elif _says_departement(said.words, index):
                largest = self._communes.largest_of(word)
                if largest is not None:
                    start = index - 2 if said.words[index - 2] in ("dans", "departement") else index - 1
                    words = (*show_words(said, start, index), word)
                    yield SaidPlace(largest, POSSIBLE, words, start, index + 1, True, "departement")

    def _of_postal_code(self, said: Said, index: int) -> Iterator[SaidPlace]:
        """With the name beside it, which tells apart the communes that share the code."""
        sharing = self._communes.by_postal_code(said.words[index])
        if not sharing:
            return
        by_name = {" ".join(_name_words(c.nom)): c for c in sharing}
        for start, stop in _iter_beside(index, len(said.words)):
            named = by_name.get(" ".join(_plain(said.words[start:stop])))
            if named is not None:
                first, last = min(start, index), max(stop, index + 1)
                front = first - (first > 0 and said.words[first - 1] in ("a", "sur"))
                yield SaidPlace(named, 0.99, (*show_words(said, start, stop), said.words[index]), front, last, True)
        largest = max(sharing, key=lambda c: (c.population, c.code))
        first = index - (index > 0 and said.words[index - 1] in ("a", "sur", "le"))
        yield SaidPlace(largest, SURE if len(sharing) == 1 else 0.9, (said.words[index],), first, index + 1, True)

    def _iter_names(self, said: Said, fronts: dict[int, int]) -> Iterator[SaidPlace]:
        words = _plain(said.words)
        index = 0
        while index < len(words):
            named = self._longest_name(words, index)
            if named is None:
                if index in fronts:
                    yield from self._mended(said, words, index, fronts[index])
                index += 1
                continue
            stop, places = named
            yield from self._judge(said, places, index, stop, fronts)
            index = stop

    def _longest_name(self, words: Sequence[str], index: int) -> tuple[int, Sequence[Commune]] | None:
        """The end of the longest name that begins at a word, and the places that bear it."""
        first = words[index]
        contracted = _CONTRACTED.get(first)
        if not self._communes.may_begin_name(contracted or first):
            return None
        for stop in range(min(len(words), index + _LONGEST), index, -1):
            folded = " ".join(words[index:stop])
            numbered = arrondissement_code(folded) if stop > index + 1 else None
            commune = None if numbered is None else self._communes.get(numbered)
            if commune is not None:
                return stop, (commune,)
            name = " ".join((contracted, *words[index + 1 : stop])) if contracted and stop > index + 1 else folded
            places = self._communes.bearing(name)
            if places and not (contracted and stop == index + 1):
                return stop, places
        return None

    def _judge(
        self, said: Said, places: Sequence[Commune], start: int, stop: int, fronts: dict[int, int]
    ) -> Iterator[SaidPlace]:
        """Whether the words are the place, by what stands around them."""
        commune, beside = self._choose(said, places, stop)
        capital = said.is_capital(stop - 1)
        name = " ".join(_plain((_CONTRACTED.get(said.words[start], said.words[start]), *said.words[start + 1 : stop])))
        inhabitants = commune.population
        words = show_words(said, start, beside)
        contracted = said.words[start] in _CONTRACTED
        is_word = name in _load_homonyms() or (stop == start + 1 and (name in STOPWORDS or name in CONVERSATIONAL))
        if beside > stop:
            yield SaidPlace(commune, SURE, words, fronts.get(start, start), beside, True)
        elif start in fronts or (contracted and said.words[start] in ("au", "aux")):
            believed = capital or (not is_word and inhabitants >= _NOT_A_COMMON_WORD) or name in _load_cities()
            if believed and not (contracted and not capital and inhabitants < _KNOWN_TO_ALL):
                score = (SURE if capital or not is_word else LIKELY) * _share(places)
                yield SaidPlace(commune, round(score, 2), words, fronts.get(start, start), stop, True)
        elif start and said.words[start - 1] in _OF:
            if inhabitants >= _KNOWN_TO_ALL and (capital or not is_word):
                yield SaidPlace(commune, POSSIBLE, words, start, stop, False)
        elif _stands_apart(said, start, stop, capital) and inhabitants >= _KNOWN_TO_ALL and (not is_word or capital):
            yield SaidPlace(commune, round(LIKELY * _share(places), 2), words, start, stop, True)

    def _choose(self, said: Said, places: Sequence[Commune], stop: int) -> tuple[Commune, int]:
        """The place that a département's number beside the name tells, else the largest; and where its words end."""
        if stop < len(said.words) and said.words[stop].isdigit() and not _is_measure(said, stop):
            number = said.words[stop]
            told = [c for c in places if c.departement == number or number in c.codes_postaux]
            if told:
                return told[0], stop + 1
        return places[0], stop

    def _mended(self, said: Said, words: Sequence[str], index: int, front: int) -> Iterator[SaidPlace]:
        """« à Roubais »: a city whose name is one slip away from a word that is no known one."""
        word = words[index]
        if len(word) < _SHORTEST_MENDED or not word.isalpha() or word in _load_homonyms() or not said.is_capital(index):
            return
        found = extractOne(word, self._cities.keys(), scorer=OSA.distance, score_cutoff=1)
        if found is not None:
            yield SaidPlace(
                self._cities[found[0]], POSSIBLE, show_words(said, index, index + 1), front, index + 1, True
            )

    @cached_property
    def _cities(self) -> dict[str, Commune]:
        return self._communes.main_names(_MENDED_FROM)


def _share(places: Sequence[Commune]) -> float:
    """How much of the namesakes' inhabitants live in the first: 1 for a name without doubt, .7 at least."""
    total = sum(place.population for place in places[:5])
    return 1.0 if total == 0 else max(0.7, places[0].population / total)


def _stands_apart(said: Said, start: int, stop: int, capital: bool) -> bool:
    """At an edge of the text, or between signs, or with a capital that the sentence does not explain."""
    if len(said.words) == stop - start:
        return True
    at_edge = start == 0 or stop == len(said.words)
    return capital or at_edge or (said.between(start).strip() != "" and said.between(stop).strip() != "")


def _is_measure(said: Said, index: int) -> bool:
    after = said.words[index + 1] if index + 1 < len(said.words) else ""
    following = said.text[said.spans[index][1] :].lstrip()[:1]
    return after in _UNITS or following in ("€", "$", "%")


def _says_departement(words: Sequence[str], index: int) -> bool:
    """« dans le 59 », « département 90 », « dans le 2 A » is not read."""
    if not 2 <= len(words[index]) <= 3 or index < 1:
        return False
    return words[index - 1] == "departement" or (index > 1 and words[index - 1] == "le" and words[index - 2] == "dans")


def _iter_beside(index: int, size: int) -> Iterator[tuple[int, int]]:
    """Runs of words that end or begin at a number, the longest first."""
    for length in range(_LONGEST, 0, -1):
        if index - length >= 0:
            yield index - length, index
        if index + 1 + length <= size:
            yield index + 1, index + 1 + length


def _plain(words: Sequence[str]) -> list[str]:
    return [SAINTS.get(word, word) for word in words]


def _name_words(name: str) -> list[str]:
    return fold(name).split()


@cache
def _load_fronts() -> Phrases[None]:
    return Phrases((phrase, None) for phrase in read_phrasebook("lieux")["devant"])


@cache
def _load_origins() -> Phrases[None]:
    return Phrases((phrase, None) for phrase in read_phrasebook("lieux")["origine"])


@cache
def _load_homonyms() -> frozenset[str]:
    text: str = read_phrasebook("lieux")["homonymes"]
    lines = [line.split("|") if "|" in line else line.split() for line in text.splitlines()]
    return frozenset(name.strip() for line in lines for name in line if name.strip())


@cache
def _load_cities() -> frozenset[str]:
    return frozenset(read_phrasebook("lieux")["villes"].split())
