"""What is checked before a moderator reads: the register, doubles, and words that ask for a closer look."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final, Literal

import orjson
from sqlalchemy import Connection, select

from indexer.catalogue.tables import structures
from indexer.language.analysis import fold
from indexer.publish.answers import Answers, one, one_line
from indexer.publish.company import Company
from indexer.publish.publication import Publication
from indexer.publish.states import State
from indexer.publish.tables import publications

Level = Literal["ok", "a-voir"]

_TEXTS: Final = ("nom", "titre", "taches", "description", "conditions", "frais_precisions")
_LINK: Final = re.compile(r"https?://|www\.|\b[\w-]+\.(?:fr|com|net|org|io|ru|cn|top|xyz)\b", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+\.\w+", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?:\+33|0)\s*[1-9](?:[\s.-]*\d{2}){4}")
_COORDINATES: Final = "coordonnees"


@dataclass(frozen=True, slots=True)
class Check:
    """One check done. `detail` says in French what was found."""

    code: str
    level: Level
    label: str
    detail: str


@dataclass(frozen=True)
class Family:
    """Words of one kind, and why they matter."""

    code: str
    label: str
    why: str
    pattern: re.Pattern[str]


@cache
def load_families() -> tuple[Family, ...]:
    """The families of `checks.toml`, in its order."""
    text = resources.files("indexer.publish").joinpath("checks.toml").read_text(encoding="utf-8")
    return tuple(
        Family(code, found["label"], found["pourquoi"], _pattern(found["expressions"]))
        for code, found in tomllib.loads(text).items()
    )


def check_words(answers: Answers) -> Iterator[Check]:
    """One check a family: whatever the texts hold is told with the words that were found."""
    text = "\n".join(one(answers, name) for name in _TEXTS)
    folded = _spaced(text)
    for family in load_families():
        found = list(dict.fromkeys(match.group().strip() for match in family.pattern.finditer(folded)))
        if family.code == _COORDINATES:
            found += list(_coordinates(text))
        if found:
            words = ", ".join(f"« {words} »" for words in found[:5])
            yield Check(family.code, "a-voir", family.label, f"Trouvé : {words}. {family.why}")
        else:
            yield Check(family.code, "ok", family.label, "Rien trouvé.")


def check_register(answers: Answers, siret: str | None, company: Company | None, *, is_set: bool) -> Check:
    """What the public register says of the SIRET."""
    if siret is None:
        return Check("registre", "a-voir", "Registre", "Aucun SIRET : vérifiez que la structure existe.")
    if company is None:
        told = "Le registre ne connaît pas ce SIRET, ou ne répond pas." if is_set else "Aucun registre n’est réglé."
        return Check("registre", "a-voir", "Registre", f"{told} Vérifiez le SIRET {siret}.")
    if company.closed:
        return Check("registre", "a-voir", "Registre", "Cet établissement est fermé d’après le registre.")
    what = "association" if company.is_association else "établissement"
    same = fold(company.nom) == fold(one_line(answers, "nom"))
    named = "même nom" if same else f"nom au registre : {company.nom}"
    return Check("registre", "ok" if same else "a-voir", "Registre", f"Un {what} ouvert, {named}.")


def check_doubles(connection: Connection, publication: Publication) -> Check:
    """Other publications of the same SIRET, and structures of the catalogue that bear it."""
    if publication.siret is None:
        return Check("doublons", "ok", "Doublons", "Sans SIRET, rien à comparer.")
    mine = (publications.c.siret == publication.siret) & (publications.c.id != publication.id)
    live = mine & publications.c.state.in_([State.TO_MODERATE, State.PUBLISHED, State.PAUSED, State.ASLEEP])
    others = len(connection.execute(select(publications.c.id).where(live)).all())
    known = _known_structures(connection, publication)
    told = [f"{others} autre(s) publication(s) de ce SIRET."] if others else []
    told += [f"Déjà au catalogue : {', '.join(known[:3])}."] if known else []
    return Check("doublons", "a-voir" if told else "ok", "Doublons", " ".join(told) or "Rien trouvé.")


def _known_structures(connection: Connection, publication: Publication) -> list[str]:
    needle = f'%"siret":"{publication.siret}"%'
    elsewhere = structures.c.id.is_distinct_from(publication.structure_id)
    query = select(structures.c.body).where(structures.c.body.like(needle), elsewhere).limit(4)
    return [_name(body) for body in connection.execute(query).scalars()]


def _name(body: str) -> str:
    fields: dict[str, Any] = orjson.loads(body)
    return str(fields["nom"])


def _coordinates(text: str) -> Iterator[str]:
    for pattern in (_LINK, _MAIL, _PHONE):
        match = pattern.search(text)
        if match is not None:
            yield match.group().strip()


def _pattern(expressions: Iterable[str]) -> re.Pattern[str]:
    parts = (re.escape(fold(text.rstrip("*"))) + (r"\w*" if text.endswith("*") else "") for text in expressions)
    return re.compile(rf"(?<= )(?:{'|'.join(parts)})(?= )")


def _spaced(text: str) -> str:
    """Folded words, each between two spaces."""
    return f" {re.sub(r'[^a-z0-9]+', ' ', fold(text))} "
