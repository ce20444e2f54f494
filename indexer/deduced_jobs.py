"""Jobs deduced from the titles of trainings and immersions whose source states none: never written over what it says.

A title leads to a job only where its first part, once diplomas and manners are left out, is just how that job is said:
« Titre professionnel Maçon », « Devenir soudeur ou soudeuse ». A name followed by more words is often another job
(« agent de maintenance en marine de plaisance »), so it leads to none. Figures: docs/relevance.md.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from indexer.metiers.entries import Entry, Kind, shipped_entries
from indexer.metiers.neutral import INCLUSIVE, is_frame, job_key, job_words, neutral_word, said_words
from indexer.reference.shipped import rome_labels
from indexer.schema import Offer, TypeOffre

LEADING: Final = frozenset({TypeOffre.FORMATION, TypeOffre.IMMERSION})
"""Types of offer that lead to a job."""

MOST: Final = 2
"""Jobs that one name may mean: beyond, it tells too little."""

_DIPLOMAS: Final = re.compile(
    r"\b(?:cap[a']?|bepa?|bp(?:a|jeps)?|btsa?|mc|cqpi?|tfp|tp|cs|poei|poec|rncp ?\d*"
    r"|titres? pro(?:fessionnels?)?|bac(?:calauréat)? pro(?:fessionnel)?|brevets? professionnels?"
    r"|brevets? d['’]études professionnelles|certificats? d['’]aptitude professionnelle|mentions? complémentaires?"
    r"|certificats? de (?:spécialisation|compétences?|qualification professionnelle)|certificat|diplôme"
    r"|niveau (?:[ivx]+|\d|bac\S*)|certifiante?|qualifiante?|diplômante?)\b",
    re.IGNORECASE,
)
_MANNERS: Final = re.compile(
    r"\b(?:en alternance|en apprentissage|à distance|en ligne|en présentiel|[hf] ?/ ?[hf]|devenir|stages?"
    r"|cours|ateliers?|écoles?|préparatoire (?:à|au)"
    r"|prépar(?:er|ation)(?: l['’]entrée en école d['’e]| le| un| à la| à l['’]| au| aux)"
    r"|(?:initiation|s['’]initier)(?: à la| à l['’]| aux?)?|découv(?:erte|rir)(?: du| de la| de l['’]| des)?|essayer"
    r"|les? métiers? d(?:e la|e l['’]|u|es|e|['’]))\b",
    re.IGNORECASE,
)
_ENDS: Final = re.compile(
    r"[:;,(){}\[\]|«»\".!?]|\s[-–—/]\s|\boptions?\b|\bspécialités?\b|\bmention\b|\bparcours\b|\bavec\b"
    r"|\ben (?:\w+) (?:mois|semaines?|jours?|ans?|heures)\b",
    re.IGNORECASE,
)
_SMALL: Final = 2  # characters up to which a word of a phrase tells nothing
_LINKS: Final = frozenset({"des", "les", "une", "ou"})


def deduce_jobs(offer: Offer) -> tuple[str, ...]:
    """ROME codes, `MOST` at most; none for another type of offer, where the source states one, where unsure."""
    if offer.type_offre not in LEADING or offer.metiers:
        return ()
    return read_title(offer.nom)


def read_title(title: str) -> tuple[str, ...]:
    """The jobs that the first part of a title says, in the order of codes; none beyond `MOST`."""
    words = said_words(_first_part(title))
    key = job_key(job_words(" ".join(words)))
    said = {neutral_word(word) for word in words}
    codes = dict.fromkeys(entry.code for entry in _phrases().get(key, ()) if _says_no_more(entry, said))
    return tuple(codes) if len(codes) <= MOST else ()


def jobs_among(predicted: Iterable[str]) -> tuple[str, ...]:
    """The ROME codes among all that was deduced for an offer."""
    return tuple(code for code in predicted if code in rome_labels())


def _first_part(title: str) -> str:
    """The first words that may name a job: « CAP : cuisine (en alternance) » has « cuisine »."""
    bare = _MANNERS.sub(" ", _DIPLOMAS.sub(" ", INCLUSIVE.sub("", title)))
    return next((part for part in _ENDS.split(bare) if _tells(part)), "")


def _tells(part: str) -> bool:
    return any(len(word) > _SMALL and not is_frame(word) for word in said_words(part))


def _says_no_more(entry: Entry, said: set[str]) -> bool:
    """Whether all the words of a phrase are in the title: « technicien » is not « technicien son »."""
    own = {neutral_word(word) for word in said_words(entry.text) if len(word) > _SMALL and word not in _LINKS}
    return own <= said


@cache
def _phrases() -> Mapping[str, tuple[Entry, ...]]:
    """What is shipped, by the words that tell: loaded job titles answer half as much again, and wrongly more often."""
    found: dict[str, list[Entry]] = {}
    for entry in (*shipped_entries(), *_iter_trades()):
        if entry.kind is not Kind.LANGUE:
            found.setdefault(job_key(job_words(entry.text)), []).append(entry)
    return MappingProxyType({key: tuple(own) for key, own in found.items()})


def _iter_trades() -> Iterator[Entry]:
    """Of our own list (`deduced_jobs.toml`), in its order."""
    read = tomllib.loads(files("indexer").joinpath("deduced_jobs.toml").read_text(encoding="utf-8"))
    for code, names in read["domaines"].items():
        yield from (Entry(name, code, Kind.NOM) for name in names)
