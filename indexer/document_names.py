"""The words by which one calls an offer: its own name and its structure's, with what may come along left apart."""

from collections.abc import Sequence

from indexer.engines.base import Names
from indexer.language.analysis import Token, stem, tokens
from indexer.language.expressions import load_lexicon
from indexer.reference.shipped import departement_names
from indexer.schema import Offer, Structure

_LOOSE = frozenset(
    map(
        stem,
        "accueil agence annexe antenne association asso bureau delegation departemental departementale est "
        "etablissement federation nord ouest permanence regional regionale secteur service siege site sud territoire "
        "territorial territoriale".split(),
    )
)
"""Words of structures' names that people leave out: « CIDFF » calls « CIDFF Nord Territoires, antenne de Lille »."""


def names_of(offer: Offer, structure: Structure | None) -> Names:
    """The names of an offer, analysed as queries are."""
    own = tokens(offer.nom)
    holder = [] if structure is None else tokens(structure.nom)
    loose = {word.term for word in tokens(f"{offer.commune or ''} {_departement(offer)}")} | _LOOSE
    telling = [word for word in holder if word.term not in loose] or holder
    around = {word.term for word in holder if word not in telling} | (loose - _LOOSE)
    return Names(_terms(own), _short(own), _terms(telling), _short(telling, holder), tuple(sorted(around)))


def _departement(offer: Offer) -> str:
    code = offer.code_insee or ""
    return departement_names().get(code[:3] if code.startswith("97") else code[:2], "")


def _terms(words: Sequence[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.term for word in words))


def _short(words: Sequence[Token], whole: Sequence[Token] | None = None) -> tuple[str, ...]:
    """The terms with each known expression as its marker; nothing where there is none.

    Expressions are looked for in the `whole` name: « mission locale » is one, though « locale » alone says little.
    """
    held = list(words if whole is None else whole)
    found = list(load_lexicon().find(held))
    if not found:
        return ()
    inside = {place for f in found for place in range(f.start, f.stop)}
    rest = [held[place].term for place in range(len(held)) if place not in inside and held[place] in words]
    return tuple(dict.fromkeys([*(f.marker for f in found), *rest]))
