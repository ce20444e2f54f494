"""« Situation complexe »: partners of the territory are asked for ideas, without being told whose situation it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, delete, false, insert, select

from indexer.accounts import Actor
from indexer.accounts.tables import organisations
from indexer.dossiers.access import may_follow
from indexer.dossiers.checking import NATIONAL_NUMBER, names_by_number
from indexer.dossiers.errors import NotFound, RefusedAnswers
from indexer.dossiers.fields import NEED
from indexer.dossiers.model import Dossier
from indexer.dossiers.store import Dossiers, new_id
from indexer.dossiers.tables import complex_answers, complex_situations
from indexer.geocode.communes import load_communes
from indexer.schema.vocabulary import label_of

LIVES: Final = timedelta(days=30)
MAX_TEXT: Final = 3_000
_CONTACT = re.compile(r"\S@\S|(?:\d[ .-]?){9}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner proposes; `offer_id` when it is an offer of the catalogue."""

    organisation_id: str
    author_id: str
    texte: str
    offer_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Situation:
    """`mine`: asked by the reader's own organisation, which alone sees the file behind it."""

    id: str
    organisation_id: str
    texte: str
    at: datetime
    until: datetime
    mine: bool
    answers: tuple[Answer, ...]


def build_draft(dossier: Dossier) -> str:
    """What a file says without saying whose it is: ten years of age, the département, needs and strengths."""
    lines = [_say_age(dossier.answers.get("age", "")), _say_place(dossier.answers.get("code_commune", ""))]
    lines += [
        _say_needs("Besoins", "besoin", dossier.answers),
        _say_needs("Points forts", "point-fort", dossier.answers),
    ]
    return "\n".join(line for line in lines if line)


class Situations:
    """Asked by who may open the file; read and answered by who follows people in a partner of the territory."""

    def __init__(self, files: Dossiers) -> None:
        self._files = files

    def ask(self, actor: Actor, dossier_id: str, texte: str) -> str:
        """The id of the request; the former one of the file ends. NotFound, RefusedAnswers."""
        now, situation_id = self._files.clock(), new_id()
        with self._files.database.writing() as connection:
            dossier = self._files.read(connection, actor, dossier_id)
            row = {
                "id": situation_id,
                "dossier_id": dossier_id,
                "organisation_id": actor.organisation_id,
                "author_id": actor.user_id,
                "texte": self._files.sealer.seal(_checked(texte, dossier.nom)),
                "at": now,
                "until": now + LIVES,
            }
            connection.execute(delete(complex_situations).where(complex_situations.c.dossier_id == dossier_id))
            connection.execute(insert(complex_situations).values(row))
            self._files.note(connection, actor, "demande aux partenaires", dossier_id)
        return situation_id

    def end(self, actor: Actor, dossier_id: str) -> None:
        """Takes the request of a file back, with its answers."""
        with self._files.database.writing() as connection:
            self._files.read(connection, actor, dossier_id)
            connection.execute(delete(complex_situations).where(complex_situations.c.dossier_id == dossier_id))

    def of(self, actor: Actor, dossier_id: str) -> Situation | None:
        """The request of a file with its answers; None when there is none."""
        with self._files.database.reading() as connection:
            self._files.read(connection, actor, dossier_id)
            query = select(complex_situations).where(complex_situations.c.dossier_id == dossier_id)
            found = self._build(connection, actor, connection.execute(query).all())
        return found[0] if found else None

    def open_to(self, actor: Actor) -> list[Situation]:
        """All that partners may answer now, the last first."""
        with self._files.database.reading() as connection:
            query = select(complex_situations).where(self._may_answer(connection, actor))
            rows = connection.execute(query.order_by(complex_situations.c.at.desc(), complex_situations.c.id)).all()
            return self._build(connection, actor, rows)

    def answer(self, actor: Actor, situation_id: str, texte: str, offer_id: str | None = None) -> None:
        """Kept, and told to who asked. NotFound for what is not open to this organisation; RefusedAnswers."""
        row = {
            "situation_id": situation_id,
            "organisation_id": actor.organisation_id,
            "author_id": actor.user_id,
            "texte": self._files.sealer.seal(_checked(texte, "")),
            "offer_id": offer_id,
            "at": self._files.clock(),
        }
        with self._files.database.writing() as connection:
            mine = complex_situations.c.id == situation_id
            query = select(complex_situations).where(mine, self._may_answer(connection, actor))
            asked = connection.execute(query).one_or_none()
            if asked is None:
                raise NotFound
            written = insert(complex_answers).values(row).returning(complex_answers.c.id)
            answer_id = connection.execute(written).scalar_one()
            for tell in self._files.tell_answers:
                tell(connection, asked.dossier_id, asked.author_id, answer_id)

    def _may_answer(self, connection: Connection, actor: Actor) -> ColumnElement[bool]:
        partner = select(organisations.c.partner).where(organisations.c.id == actor.organisation_id)
        if not may_follow(actor) or not connection.scalar(partner):
            return false()
        return complex_situations.c.until > self._files.clock()

    def _build(self, connection: Connection, actor: Actor, rows: Iterable[Row[Any]]) -> list[Situation]:
        rows = list(rows)
        query = select(complex_answers).where(complex_answers.c.situation_id.in_([row.id for row in rows]))
        said = connection.execute(query.order_by(complex_answers.c.id)).all()
        return [self._situation(actor, row, [one for one in said if one.situation_id == row.id]) for row in rows]

    def _situation(self, actor: Actor, row: Row[Any], said: Iterable[Row[Any]]) -> Situation:
        """Partners see what they answered themselves, not what others did."""
        mine, unseal = row.organisation_id == actor.organisation_id, self._files.sealer.unseal
        answers = tuple(
            Answer(one.organisation_id, one.author_id, unseal(one.texte), one.offer_id, one.at)
            for one in said
            if mine or one.organisation_id == actor.organisation_id
        )
        return Situation(row.id, row.organisation_id, unseal(row.texte), row.at, row.until, mine, answers)


def erase_past_situations(connection: Connection, now: datetime) -> int:
    """A month after their end: time to read the answers again."""
    over = complex_situations.c.until <= now - LIVES
    return connection.execute(delete(complex_situations).where(over)).rowcount


def _checked(texte: str, nom: str) -> str:
    """The text, as long as nothing in it says whose it is."""
    clean = texte.replace("\r\n", "\n").strip()
    if not clean:
        raise RefusedAnswers({"texte": "Écrivez quelques mots."})
    if len(clean) > MAX_TEXT:
        raise RefusedAnswers({"texte": f"Ce texte est trop long : {MAX_TEXT} caractères au plus."})
    if names_by_number(clean):
        raise RefusedAnswers({"texte": NATIONAL_NUMBER})
    if nom and _CONTACT.search(clean):
        raise RefusedAnswers({"texte": "Retirez l’adresse ou le téléphone : rien ne doit dire de qui l’on parle."})
    if nom and re.search(rf"(?<!\w){re.escape(nom)}(?!\w)", clean, re.IGNORECASE):
        raise RefusedAnswers({"texte": "Retirez les initiales ou le pseudonyme : rien ne doit dire de qui l’on parle."})
    return clean


def _say_age(age: str) -> str:
    if not age:
        return ""
    start = int(age) // 10 * 10
    return f"Âge : de {start} à {start + 9} ans"


def _say_place(code: str) -> str:
    commune = load_communes().resolve(code)
    return "" if commune is None else f"Département : {commune.departement}"


def _say_needs(title: str, state: str, answers: Mapping[str, str]) -> str:
    said = [label_of("thematiques", name.removeprefix(NEED)) for name, value in answers.items() if value == state]
    return f"{title} : {', '.join(said)}" if said else ""
