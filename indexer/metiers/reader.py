"""Which jobs a text speaks of: of a few words, what they name; of sentences, what follows « travailler comme… ».

Most texts of people say a need, not a job. So a job is read only where the text says that it is about work, or where
it holds nothing else than a job; and not where the person looks for someone who does it (« voir un médecin »).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from indexer.best_of_each import best_of_each
from indexer.embeddings.encoder import Encoder
from indexer.metiers.neutral import is_frame, neutral_word, said_words
from indexer.metiers.search import MAX_READ, JobHit, JobIndex

TO_WORK: Final = frozenset("travailler travaille travailles bosse bosser devenir metier metiers profession".split())
"""Words after which one says what one would do, in any words."""

WORK: Final = frozenset("travail boulot boulots taf taff emploi emplois poste postes job jobs".split())
"""The same when a small word follows: « un travail dans la forêt », but not « garder mon travail »."""

LEARNING: Final = frozenset(
    """
    formation former embauche embaucher cap stage interim reconversion reconvertir carriere saison saisonnier diplome
    bep bac titre
    """.split()
)
"""Words after which only the name of a job counts: a training may be about anything."""

IN_A_TRADE: Final = frozenset("apprentissage alternance apprenti apprentie".split())
"""Words after which one says a trade, in any words: « apprentissage boulangerie », but not « l'apprentissage du
français »."""

EMPLOYERS: Final = frozenset("patron patronne employeur entreprise maitre tuteur".split())
"""No job where one is looked for: « trouver un patron pour mon apprentissage »."""

ABOUT_WORK: Final = TO_WORK | WORK | LEARNING | IN_A_TRADE

SOUGHT: Final = frozenset(
    """
    voir consulter contacter rencontrer rdv rendez besoin cherche chercher trouver trouve appeler joindre parler
    emmener faut recherche reclame attends attendre chez payer
    """.split()
)
"""Words after which a job names someone that the person looks for."""

WISHED: Final = frozenset("veux veut voudrais voudrait aimerais aimerait".split())
"""Words that say the same before an article: « je voudrais un médecin »."""

_ARTICLES: Final = frozenset("un une le la".split())
_OWN: Final = frozenset("mon ma mes notre nos".split())
_LINKS: Final = frozenset("de dans en comme avec chez".split())
_OF_SOMETHING: Final = frozenset("de du des la le l a au".split())
_BREAKS: Final = frozenset("mais pas sans car parce donc quand si que qui ni plus jamais".split())
_PARTS: Final = re.compile(r"[,;.!?\n]")
_REACH: Final = 6
"""Words between « travailler » and the job: « travailler dans un grand restaurant »."""

FRAMED, BARE = 0.45, 0.65
"""Least scores where the text is about work, and of a name that is all the text. Looser or stricter ones were tried:
see docs/relevance.md."""

BESIDE: Final = 0.55
"""Another job is kept when it scores this much beside the first."""

MOST: Final = 5
_LONGEST_NAME = 6
_ENCODED = 160
"""Characters up to which the text as a whole has a meaning to compare; the encoder has just read it."""


@dataclass(frozen=True, slots=True)
class Job:
    """`words` are those of the text that led to it, folded; `appellation` is the loaded job title that matched."""

    code_rome: str
    libelle: str
    score: float
    words: tuple[str, ...]
    appellation: str | None = None


class JobReader:
    """Shared by all threads of a process. `index` is called at each text, so that it may be made late."""

    def __init__(self, index: Callable[[], JobIndex], encoder: Encoder) -> None:
        self._index, self._encoder = index, encoder

    def read(self, text: str) -> tuple[Job, ...]:
        """The likeliest jobs of a text, best first; nothing where it speaks of none. EncoderError as it comes."""
        asked = self._ask(text[:MAX_READ])
        if not asked.telling or asked.learns_something:
            return ()
        if not asked.about_work:
            return _best(self._read_bare(asked))
        return _best(self._read_framed(asked)) or _best(self._read_parts(asked))

    def _ask(self, text: str) -> "_Asked":
        said = said_words(text)
        unsaid = EMPLOYERS if (SOUGHT | IN_A_TRADE) & set(said) else frozenset()
        telling = [place for place, word in enumerate(said) if not _is_small(word) and word not in unsaid]
        return _Asked(text, said, telling, self._index())

    def _read_parts(self, asked: "_Asked") -> Iterator[Job]:
        """Of a sentence that says several things, the part that is about work: « j'ai des dettes, je voudrais
        travailler en cuisine »."""
        parts = [part for part in _PARTS.split(asked.text) if part.strip()]
        for part in parts if len(parts) > 1 else ():
            own = self._ask(part)
            if own.about_work and own.telling:
                yield from self._read_framed(own)

    def _read_framed(self, asked: "_Asked") -> Iterator[Job]:
        """Names near a word about work, else the whole when it is short and says one thing."""
        named = False
        for span in _spans(asked):
            if _follows_work(asked.said, span):
                named = True
                words = [asked.said[place] for place in span]
                yield from (_job(hit, words) for hit in asked.index.search(" ".join(words), None, MOST) if hit.exact)
        if not named and not _BREAKS & set(asked.said):
            yield from self._read_whole(asked, FRAMED, any_words=_says_what(asked.said))

    def _read_bare(self, asked: "_Asked") -> Iterator[Job]:
        """« caissière », « kuisinier »; « réparer ma voiture » is a need, « un dentiste gratuit » too."""
        if not (SOUGHT & set(asked.said) or _wishes_for_one(asked.said)):
            yield from self._read_whole(asked, BARE, any_words=False)

    def _read_whole(self, asked: "_Asked", least: float, *, any_words: bool) -> Iterator[Job]:
        """`any_words`: what one does or where counts too, not only names."""
        text = asked.text
        if len(asked.telling) > _LONGEST_NAME or _is_ones_own(asked.said):
            return
        vector = self._encoder.encode_queries([text])[0] if len(text) <= _ENCODED else None
        words = [asked.said[place] for place in asked.telling]
        for hit in asked.index.search(text, vector, MOST, least):
            if any_words or hit.phrase.kind.is_name:
                yield _job(hit, words)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text, its folded words, the places of those that tell something, and the jobs, looked for once a text."""

    text: str
    said: Sequence[str]
    telling: Sequence[int]
    index: JobIndex

    @property
    def about_work(self) -> bool:
        return any(word in ABOUT_WORK for word in self.said)

    @property
    def learns_something(self) -> bool:
        """« L'apprentissage du français » is no trade, where nothing else is about work."""
        about = [(word, following) for word, following in pairwise([*self.said, ""]) if word in ABOUT_WORK]
        return bool(about) and all(word in IN_A_TRADE and following in _OF_SOMETHING for word, following in about)


def _spans(asked: _Asked) -> Iterator[Sequence[int]]:
    """The names of jobs in a text, the longest first at each word, without overlap."""
    start, telling = 0, asked.telling
    while start < len(telling):
        lengths = range(min(_LONGEST_NAME, len(telling) - start), 0, -1)
        spans = (telling[start : start + length] for length in lengths)
        span = next((span for span in spans if _is_name(asked, span)), None)
        if span is not None:
            yield span
        start += 1 if span is None else len(span)


def _is_name(asked: _Asked, span: Sequence[int]) -> bool:
    return asked.index.is_name(list(dict.fromkeys(neutral_word(asked.said[place]) for place in span)))


def _is_small(word: str) -> bool:
    return is_frame(word) or word in ABOUT_WORK or word in SOUGHT


def _follows_work(said: Sequence[str], span: Sequence[int]) -> bool:
    """Whether a word about work comes shortly before, or just after (« cuisinier, c'est mon métier »)."""
    before = said[max(span[0] - _REACH, 0) : span[0]]
    last = max((place for place, word in enumerate(before) if word in ABOUT_WORK), default=None)
    if last is not None:
        return not _BREAKS & set(before[last:])
    after = said[span[-1] + 2 : span[-1] + 5]  # not at once: « médecin du travail », « chercheur d'emploi »
    return any(word in ABOUT_WORK for word in after) and not _BREAKS & set(before)


def _says_what(said: Sequence[str]) -> bool:
    """Whether what one would do follows a word about work."""
    if any(word in TO_WORK for word in said):
        return True
    return any(
        (word in WORK and following in _LINKS) or (word in IN_A_TRADE and following not in _OF_SOMETHING)
        for word, following in pairwise(said)
    )


def _wishes_for_one(said: Sequence[str]) -> bool:
    return any(word in WISHED and following in _ARTICLES for word, following in pairwise(said))


def _is_ones_own(said: Sequence[str]) -> bool:
    """« réparer ma voiture », but not « en faire mon métier »."""
    return any(word in _OWN and following not in ABOUT_WORK for word, following in pairwise(said))


def _job(hit: JobHit, words: Sequence[str]) -> Job:
    return Job(hit.code_rome, hit.libelle, hit.score, tuple(dict.fromkeys(words)), hit.appellation)


def _best(found: Iterator[Job]) -> tuple[Job, ...]:
    """Each job once, with its best score."""
    best = best_of_each(found, lambda job: job.code_rome)
    ranked = sorted(best.values(), key=lambda job: (-job.score, job.code_rome))
    return tuple(job for job in ranked if job.score >= BESIDE * ranked[0].score)[:MOST]
