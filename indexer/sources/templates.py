"""Small safe expressions: `{Colonne}`, `{Colonne|forme}`, and `[ … ]` left out when a column in it is empty."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from indexer.sources.forms import FORMS

_PARTS: Final = re.compile(r"\{([^{}|\[\]]+)(?:\|([a-z_]+))?\}|([\[\]])|([^{}\[\]]+)|(.)")
_BLANKS = re.compile(r"[ \t]{2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A fixed text, or a column and the form that it takes; `group` tells pieces of one `[ … ]` (0 = outside)."""

    text: str = ""
    column: str | None = None
    form: str | None = None
    group: int = 0


@lru_cache(maxsize=1024)
def parse_template(template: str) -> tuple[Piece, ...]:
    """The pieces of a template. ValueError, in French, for braces or brackets that do not match, or unknown forms."""
    pieces: list[Piece] = []
    groups, group = 0, 0
    for column, form, bracket, text, wrong in _PARTS.findall(template):
        if wrong or (bracket == "[" and group) or (bracket == "]" and not group):
            raise ValueError(f"accolade ou crochet mal placé : {wrong or bracket}")
        if bracket:
            groups += bracket == "["
            group = groups if bracket == "[" else 0
        elif text:
            pieces.append(Piece(text, group=group))
        else:
            _check_form(form)
            pieces.append(Piece(column=column.strip(), form=form or None, group=group))
    if group:
        raise ValueError("un crochet ouvert n'est pas fermé")
    return tuple(pieces)


def columns_of(template: str) -> tuple[str, ...]:
    """The columns that a template reads."""
    return tuple(dict.fromkeys(piece.column for piece in parse_template(template) if piece.column is not None))


def render_template(template: str, value_of: Callable[[str], str]) -> str:
    """The text for one row; "" when every column that it names is empty."""
    pieces = parse_template(template)
    values = [_value(piece, value_of) for piece in pieces]
    if all(not value for piece, value in zip(pieces, values, strict=True) if piece.column is not None) and any(
        piece.column is not None for piece in pieces
    ):
        return ""
    dead = {p.group for p, value in zip(pieces, values, strict=True) if p.group and p.column is not None and not value}
    kept = "".join(value for piece, value in zip(pieces, values, strict=True) if piece.group not in dead)
    return _BLANKS.sub(" ", kept).strip()


def _value(piece: Piece, value_of: Callable[[str], str]) -> str:
    if piece.column is None:
        return piece.text
    value = value_of(piece.column)
    return value if piece.form is None else FORMS[piece.form](value)


def _check_form(form: str) -> None:
    if form and form not in FORMS:
        raise ValueError(f"forme inconnue : « {form} ». Formes connues : {', '.join(FORMS)}")
