"""Whom the text of an offer addresses, where its source gives no public: real feeds say it in a sentence, if at all."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

NO_LIMIT: Final = 200
"""Years: the oldest age, where none is said."""

_READ = 1_500  # characters: whom an offer is for is said early

_ADDRESSED: Final = re.compile(
    r"(?:destiné\w*|s['’]adress\w+|réservé\w*|à destination|dédié\w*|à l['’]attention|accompagn\w+|favoris\w+ l['’]\w+"
    r"|en faveur|public\w*(?: visé| cible| concerné)?\s?:|pour|permet\w*|offr\w+)"
    r"[^.;\n]{0,60}?\b(?:aux|les|des|de|d['’]|à)\s?(?:\w+ ){0,2}?",
    re.IGNORECASE,
)
"""What leads to those whom it addresses, in the same sentence."""

_WHO: Final = tuple(
    (public, re.compile(rf"\b(?:{words})", re.IGNORECASE))
    for public, words in (
        (
            "personnes-en-situation-de-handicap",
            r"(?:personnes?|publics?|adultes?|travailleurs?|salariés?|jeunes) (?:\w+ )?"
            r"(?:en situation de handicap|handicapé)",
        ),
        ("jeunes", r"jeunes?\b(?! enfants?)"),
        ("femmes", r"femmes?\b(?! (?:et|ou) (?:aux |des |les )?hommes?)"),
        ("seniors", r"seniors?\b|séniors?\b|personnes âgées|retraités"),
        ("etudiants", r"étudiants?\b"),
    )
)  # fmt: skip

_BETWEEN = re.compile(
    r"(?:jeunes?|personnes?|publics?|adultes?|âgée?s?|femmes?)\b[^.;\n]{0,40}?\b(\d{2})\s?(?:-|–|à|/|et)\s?(\d{2}) ans",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:jeunes?|personnes?|publics?|adultes?|âgée?s?)\b[^.;\n]{0,25}?\bmoins de (\d{2}) ans", re.IGNORECASE
)
_OVER = re.compile(
    r"(?:personnes?|publics?|adultes?|âgée?s?|demandeurs? d['’]emploi)\b[^.;\n]{0,25}?\bplus de (\d{2}) ans",
    re.IGNORECASE,
)
_ADULT: Final = 20
"""Years: « enfants de 3 à 12 ans » are not those who follow a course."""


def read_ages(offre: Mapping[str, Any]) -> tuple[int, int] | None:
    """The ages (years) that its text says it takes, both included; None where it says none."""
    text = _text(offre)
    between = next((found for found in _BETWEEN.finditer(text) if int(found[2]) >= _ADULT), None)
    if between is not None and int(between[1]) < int(between[2]):
        return int(between[1]), int(between[2])
    under, over = _UNDER.search(text), _OVER.search(text)
    if under is not None and over is None and int(under[1]) >= _ADULT:
        return 0, int(under[1]) - 1
    if over is not None and under is None:
        return int(over[1]), NO_LIMIT
    return None


def read_audience(offre: Mapping[str, Any]) -> frozenset[str]:
    """The publics that its title or a sentence of its text addresses, where its source gives none."""
    if offre["publics"]:
        return frozenset()
    return frozenset(_iter_named(_text(offre)))


def _iter_named(text: str) -> Iterator[str]:
    for public, who in _WHO:
        for found in who.finditer(text):
            before = text[max(0, found.start() - 80) : found.start()]
            if _ADDRESSED.fullmatch(before[_last_start(before) :]) is not None:
                yield public
                break


def _last_start(before: str) -> int:
    """Where the last leading word begins; the end of the text when there is none."""
    starts = [found.start() for found in _ADDRESSED.finditer(before)]
    return starts[-1] if starts else len(before)


def _text(offre: Mapping[str, Any]) -> str:
    return f"{offre['nom']}. {(offre.get('description') or '')[:_READ]}"
