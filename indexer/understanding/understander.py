"""Understands a text once, for whoever asks: the search, the API, the command line."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from indexer.best_of_each import best_of_each
from indexer.embeddings.encoder import Encoder
from indexer.engines.base import Need, Vector
from indexer.geocode.communes import Communes
from indexer.language.analysis import tokens
from indexer.language.needs import NeedReader
from indexer.language.stopwords import CONVERSATIONAL
from indexer.understanding.ages import read_ages
from indexer.understanding.clauses import Clause, split_clauses
from indexer.understanding.jobs import JobReader, SilentJobReader
from indexer.understanding.languages import read_language
from indexer.understanding.merging import SURE, believe_clauses, merge_needs
from indexer.understanding.places import PlaceReader, SaidPlace
from indexer.understanding.rules import Sign, load_constraints, load_publics
from indexer.understanding.searched import Hole, build_searched, find_conditions, join_clauses, says_something
from indexer.understanding.spelling import load_mender
from indexer.understanding.understood import Understood
from indexer.understanding.urgency import load_urgency_reader
from indexer.understanding.wants import wanted_clauses
from indexer.understanding.wishes import build_wishes, read_reach
from indexer.understanding.words import MAX_CHARACTERS, Said, clean_text, read_words, show_words

MEANT: Final = 320
"""Bytes whose meaning is read, some eighty of the encoder's tokens in any script: 15 to 25 ms on one core."""

_WHOLE_TOO = 160
"""Up to so many characters, the whole text is encoded beside its clauses; beyond, it is the mean of its clauses."""

_SHOWN = 6
"""Words that explain a need, at most."""

_RARE = "necesito violances, ayuda en Roubais"

_LONE_WORD = re.compile(r"[^\W\d_]{3,}(-[^\W\d_]+)*")

_TOO_LONG = f"Votre texte est long : nous avons lu les {MAX_CHARACTERS:,} premiers caractères.".replace(",", " ")

NO_NEED_SAID: Final = (
    "Nous n’avons pas compris de besoin. Dites ce que vous cherchez, par exemple « faire garder mes enfants » "
    "ou « cours de français »."
)


class Understander:
    """Shared by all threads of a process. It keeps no text: what is remembered of the last ones has no words."""

    def __init__(self, encoder: Encoder, needs: NeedReader, communes: Communes, jobs: JobReader | None = None) -> None:
        self._encoder, self._needs = encoder, needs
        self._places = PlaceReader(communes)
        self._jobs = jobs or SilentJobReader()

    def warm_up(self) -> None:
        """Makes what only some texts need: slips of the pen, other languages, cities. A fifth of a second."""
        self.understand(_RARE)

    def understand(self, text: str, *, look_for_place: bool = True) -> Understood:
        """Never fails on any text. EncoderError when the encoder cannot answer."""
        clean, cut = clean_text(text)
        said = read_words(clean)
        mended = load_mender().mend(said.words)
        place = self._places.read(said) if look_for_place else None
        clauses = _without_place(split_clauses(said), place)
        read = self._read(_Asked(said, clauses, wanted_clauses(said, clauses)), mended, place)
        constraints = tuple(_surest(load_constraints().find(said, mended)))
        jobs = self._jobs.read(read.searched) if read.searched else ()
        no_need = not jobs and self._says_no_need(read)
        ages = list(read_ages(said))
        of_age = [sign for age in ages if (sign := age.sign()) is not None]
        publics = tuple(_surest([*load_publics().find(said, mended), *of_age]))
        return Understood(
            needs=read.needs,
            jobs=jobs,
            publics=publics,
            constraints=constraints,
            place=place,
            language=read_language(said),
            urgency=load_urgency_reader().read(said, mended),
            searched=read.searched,
            no_need=no_need,
            vector=read.vector,
            age=ages[0].years if ages else None,
            reach=read_reach(said.words, constraints),
            wishes=build_wishes(publics, constraints),
            warnings=(*((_TOO_LONG,) if cut else ()), *((NO_NEED_SAID,) if no_need else ())),
        )

    def _says_no_need(self, read: "_Read") -> bool:
        if read.needs or read.vector is None:
            return False
        return self._needs.says_no_need(read.searched, read.vector)

    def _read(self, asked: "_Asked", mended: Sequence[str], place: SaidPlace | None) -> "_Read":
        """Without the conditions that are said beside a need, where what is left is surely one."""
        around: tuple[Hole, ...] = () if place is None or not place.apart else ((place.start, place.stop),)
        conditions = find_conditions(asked.said, mended, asked.wanted)
        if conditions:
            read = self._read_needs(asked, (*around, *conditions))
            if read.needs and read.needs[0].score >= SURE:
                return read
        return self._read_needs(asked, around)

    def _read_needs(self, asked: "_Asked", holes: Sequence[Hole]) -> "_Read":
        searched = build_searched(asked.said, asked.wanted or asked.clauses, holes, whole=asked.whole)
        if not searched:
            return _Read("")
        if (asked.clauses and not asked.wanted) or not may_say_need(searched):
            return _Read(searched, (), self._encoder.encode_queries([_cut(searched)])[0])
        return self._read_meaning(asked, searched, holes)

    def _read_meaning(self, asked: "_Asked", searched: str, holes: Sequence[Hole]) -> "_Read":
        """The clauses and the whole are encoded together."""
        wanted = asked.wanted
        parts = _take(filter(None, (join_clauses(asked.said, [clause], holes) for clause in wanted)))
        parts = parts if len(wanted) > 1 else []
        if len(searched) <= _WHOLE_TOO or len(parts) < 2:
            whole = _cut(searched)
            vectors = self._encoder.encode_queries([whole, *parts])
            own, of_parts = vectors[0], vectors[1:]
        else:
            whole = " ".join(parts)
            of_parts = self._encoder.encode_queries(parts)
            own = _mean(of_parts)
        texts = [whole, *parts]
        found = self._needs.read(texts, np.vstack([own, of_parts]))
        of_whole, *of_clauses = [_explained(needs, text) for needs, text in zip(found, texts, strict=True)]
        return _Read(searched, merge_needs(of_whole, believe_clauses(of_clauses)), own)


@dataclass(frozen=True, slots=True)
class _Asked:
    """`wanted` are those of the clauses that may say a need."""

    said: Said
    clauses: tuple[Clause, ...]
    wanted: tuple[Clause, ...]

    @property
    def whole(self) -> bool:
        """Whether all that was said is searched."""
        return len(self.wanted) in (0, len(self.clauses))


@dataclass(frozen=True, slots=True)
class _Read:
    """What is searched, the needs that were read in it, and its meaning: None when there is nothing to search."""

    searched: str
    needs: tuple[Need, ...] = ()
    vector: Vector | None = None


def load_rules() -> None:
    """Reads what every text needs, once in a process: 40 ms."""
    for load in (load_publics, load_constraints, load_mender):
        load()
    wanted_clauses(read_words("a"), split_clauses(read_words("a")))


def may_say_need(text: str) -> bool:
    """A lone word may be a need though it is a small one (« sous »); a sentence of small words says none."""
    return says_something(text) or _LONE_WORD.fullmatch(text) is not None


def _take(parts: Iterable[str]) -> list[str]:
    """The first parts, as many as their meaning may be read."""
    taken: list[str] = []
    size = 0
    for part in parts:
        size += len(part.encode())
        if size > MEANT and taken:
            break
        taken.append(_cut(part))
    return taken


def _cut(text: str) -> str:
    return text.encode()[:MEANT].decode(errors="ignore")


def _mean(vectors: Vector) -> Vector:
    mean: Vector = vectors.mean(axis=0)
    return (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)


def _without_place(clauses: Sequence[Clause], place: SaidPlace | None) -> tuple[Clause, ...]:
    """Without the clauses that are nothing but the place."""
    if place is None or not place.apart:
        return tuple(clauses)
    return tuple(clause for clause in clauses if clause.start < place.start or clause.stop > place.stop)


def _explained(needs: Sequence[Need], text: str) -> tuple[Need, ...]:
    """Needs whose reader told no words are explained by the telling words of what it read."""
    if all(need.words for need in needs):
        return tuple(needs)
    said = read_words(text)
    telling = {token.word for token in tokens(text)} - CONVERSATIONAL
    words = tuple(w for i, own in enumerate(said.words) if own in telling for w in show_words(said, i, i + 1))
    shown = tuple(dict.fromkeys(words))[:_SHOWN]
    return tuple(need if need.words else Need(need.thematique, need.score, shown) for need in needs)


def _surest(signs: Iterable[Sign]) -> list[Sign]:
    """One sign a code, surest first."""
    best = best_of_each(signs, lambda sign: sign.code)
    return sorted(best.values(), key=lambda sign: (-sign.score, sign.code))
