"""What a free text says of a person: read sentence by sentence, so that each need keeps the words that say it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from indexer.best_of_each import best_of_each
from indexer.engines.base import Need, Reach, Vector
from indexer.language.analysis import fold
from indexer.matching.answering import OF_WORK
from indexer.matching.facts import drop_facts
from indexer.matching.stated import drop_stated
from indexer.metiers.reader import ABOUT_WORK
from indexer.schema.vocabulary import category_of
from indexer.understanding.clauses import split_clauses
from indexer.understanding.jobs import Job
from indexer.understanding.languages import FRENCH
from indexer.understanding.rules import Sign
from indexer.understanding.understood import Understood
from indexer.understanding.urgency import Urgency
from indexer.understanding.words import clean_text, read_words

MAX_PIECES: Final = 16
"""Sentences of a note that are read: 15 to 25 ms of encoder each."""

YOUNGEST: Final = 16
"""Years under which an age said in a note is taken for a child's."""

_PIECE = 280  # characters: the meaning of more than 320 bytes is not read
_SENTENCE = re.compile(r"[^.!?;\n]+(?:[.!?;]+|\n|$)")
_SHORT = 14  # characters: shorter sentences stay with the one before, « Oui. Non. »

SURE_JOB: Final = 0.8
"""Score from which a job that a sentence names is believed rather than a need that the same words may say."""

SURE_ALONE: Final = 0.9
"""Score from which a need is believed though a surer one was read by the same words."""

_HOUSEHOLD: Final = frozenset(
    "un une deux trois quatre cinq six sept huit 1 2 3 4 5 6 7 8 an ans mois enfant enfants fils fille filles bebe "
    "petit petite petits seul seule avec mes ses".split()
)

_WORK_WHERE: Final = re.compile(
    r"\b(?:travail|travailler|emploi|poste|job|contrat|stage|formation) dans "
    r"((?:le |la |les |l['’ ])\w+(?: (?:ou|et) (?:dans )?(?:le |la |les |l['’ ])\w+)*)"
)

Understand = Callable[[str], Understood]


@dataclass(frozen=True, slots=True)
class ReadNeed:
    """A need read in a text. `extrait` is the clause that says it, or its sentence; `vector` the sentence's meaning."""

    thematique: str
    score: float
    extrait: str
    vector: Vector | None


@dataclass(frozen=True)
class Note:
    """All that the pieces say together, the surest first. `cut`: the text goes on beyond what was read."""

    needs: tuple[ReadNeed, ...] = ()
    jobs: tuple[Job, ...] = ()
    publics: tuple[Sign, ...] = ()
    constraints: tuple[Sign, ...] = ()
    urgency: Urgency | None = None
    urgent_words: str | None = None
    age: int | None = None
    reach: Reach | None = None
    cut: bool = False


def read_note(text: str, understand: Understand, *, asked: bool = False) -> Note:
    """`asked`: it is written as what a person needs; else it also tells who they are. EncoderError when the encoder
    cannot answer."""
    pieces = split_sentences(text)
    read = [(piece, understand(piece)) for piece in pieces[:MAX_PIECES]]
    return merge_pieces(read, cut=len(pieces) > MAX_PIECES, asked=asked)


def merge_pieces(read: Sequence[tuple[str, Understood]], *, cut: bool = False, asked: bool = False) -> Note:
    """Pieces with what was understood of each."""
    urgent = next(((piece, told) for piece, told in read if told.urgency is not None), None)
    return Note(
        needs=tuple(_surest_needs(read, asked=asked)),
        jobs=tuple(_surest_jobs(told.jobs for _, told in read)),
        publics=tuple(_surest_signs(told.publics for _, told in read)),
        constraints=tuple(_surest_signs(told.constraints for _, told in read)),
        urgency=None if urgent is None else urgent[1].urgency,
        urgent_words=None if urgent is None else urgent[0],
        age=next((told.age for _, told in read if told.age is not None and told.age >= YOUNGEST), None),
        reach=next((told.reach for _, told in read if told.reach is not None), None),
        cut=cut,
    )


def split_sentences(text: str) -> list[str]:
    """Sentences on one line each, the shortest joined to the one before, the longest cut between words."""
    pieces: list[str] = []
    for found in _SENTENCE.finditer(text):
        sentence = " ".join(found[0].split())
        if not sentence:
            continue
        if pieces and min(len(sentence), len(pieces[-1])) < _SHORT and len(pieces[-1]) + len(sentence) < _PIECE:
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces += _iter_cut(sentence)
        if len(pieces) > MAX_PIECES:
            break
    return pieces


def _iter_cut(sentence: str) -> Iterator[str]:
    while len(sentence) > _PIECE:
        end = sentence.rfind(" ", 1, _PIECE)
        end = _PIECE if end < 1 else end
        yield sentence[:end]
        sentence = sentence[end:].strip()
    if sentence:
        yield sentence


def _surest_needs(read: Iterable[tuple[str, Understood]], *, asked: bool) -> list[ReadNeed]:
    found = [
        ReadNeed(need.thematique, need.score, find_clause(piece, need.words), told.vector)
        for piece, told in read
        for need in _drop_alternatives(_needs_of(piece, told, asked=asked))
        if not (_names_job(need, told) or _says_where_to_work(need, piece) or _says_household(need))
    ]
    best = best_of_each(found, lambda need: need.thematique)
    return sorted(best.values(), key=lambda need: (-need.score, need.thematique))


def _needs_of(piece: str, told: Understood, *, asked: bool) -> Sequence[Need]:
    """Without what is only told of the person, unless a distress is said. What tells a wish from a statement is known
    of French only."""
    if told.urgency is not None:
        return told.needs
    needs = drop_facts(piece, told.needs)
    return needs if asked or told.language.code != FRENCH else drop_stated(piece, needs)


def _says_household(need: Need) -> bool:
    """« Elle a trois enfants » says who lives there, and asks for nothing."""
    return (
        category_of(need.thematique) == "famille"
        and bool(need.words)
        and {fold(word) for word in need.words} <= _HOUSEHOLD
    )


def _with_category(need: Need, needs: Sequence[Need]) -> Need:
    """As sure as its category: « pas de logement » may be to rent or to be housed, and is surely about housing."""
    own = [one for one in needs if category_of(one.thematique) == category_of(need.thematique)]
    if need.score < max(one.score for one in own):
        return need
    return replace(need, score=min(sum(one.score for one in own), 1.0))


def _drop_alternatives(needs: Sequence[Need]) -> list[Need]:
    """The same words say one need: another that they may say, less surely, is another reading of them.

    A word alone is what both were read by; needs read without words, or very sure, are kept.
    """
    kept: list[Need] = []
    for need in sorted((_with_category(one, needs) for one in needs), key=lambda one: -one.score):
        words = {fold(word) for word in need.words}
        again = bool(words) and any(words <= {fold(word) for word in other.words} for other in kept)
        if not again or need.score >= SURE_ALONE:
            kept.append(need)
    return kept


def _says_where_to_work(need: Need, piece: str) -> bool:
    """« Un travail dans le ménage ou la cuisine » says what work is wanted, and no need of food."""
    found = _WORK_WHERE.search(fold(piece))
    if found is None or category_of(need.thematique) in OF_WORK or not need.words:
        return False
    return {fold(word) for word in need.words} <= set(found[1].split())


def find_clause(sentence: str, words: Sequence[str]) -> str:
    """The one clause that holds all the words that led to a need, as it was written; else the sentence."""
    wanted = {token for word in words for token in read_words(clean_text(word)[0]).words}
    said = read_words(clean_text(sentence)[0])
    clauses = split_clauses(said) if wanted else ()
    holding = [clause for clause in clauses if wanted & set(said.words[clause.start : clause.stop])]
    if len(clauses) < 2 or len(holding) != 1:
        return sentence
    (clause,) = holding
    return (
        said.written(clause.start, clause.stop) if wanted <= set(said.words[clause.start : clause.stop]) else sentence
    )


def _names_job(need: Need, told: Understood) -> bool:
    """« Travailler dans la cuisine » names a job: the same word says no need of food."""
    job = next(iter(told.jobs), None)
    if job is None or job.score < SURE_JOB or category_of(need.thematique) in OF_WORK or not need.words:
        return False
    return {fold(word) for word in need.words} - ABOUT_WORK <= {fold(word) for word in job.words}


def _surest_jobs(jobs: Iterable[Sequence[Job]]) -> list[Job]:
    best = best_of_each((job for own in jobs for job in own[:1]), lambda job: job.code_rome)
    return sorted(best.values(), key=lambda job: (-job.score, job.code_rome))


def _surest_signs(signs: Iterable[Sequence[Sign]]) -> list[Sign]:
    best = best_of_each((sign for own in signs for sign in own), lambda sign: sign.code)
    return sorted(best.values(), key=lambda sign: (-sign.score, sign.code))
