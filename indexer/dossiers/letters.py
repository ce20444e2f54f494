"""What a référent is told by mail of a file: that something waits there, never of whom nor what."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, select

from indexer.accounts import User
from indexer.accounts.users import read_user
from indexer.dossiers.tables import dossiers
from indexer.errors import NotFoundError
from indexer.mail.letter import Button, Mail, Paragraph, build_body
from indexer.mail.outbox import Outbox

PARTNERS_PAGE: Final = "/espace/personnes/{}/partenaires"


@dataclass(frozen=True, slots=True)
class AnswerLetters:
    """One mail an answer of a partner, in the transaction that keeps the answer."""

    outbox: Outbox

    def tell(self, connection: Connection, dossier_id: str, asker_id: str, answer_id: int) -> bool:
        """To who asked; to the file's référent when that account is closed. False when there is nobody to tell."""
        referent_id = connection.scalar(select(dossiers.c.referent_id).where(dossiers.c.id == dossier_id))
        user = find_open_user(connection, asker_id) or find_open_user(connection, referent_id or "")
        if user is None:
            return False
        body = build_body(
            (
                Paragraph("Bonjour,"),
                Paragraph("Un partenaire du territoire a répondu à la situation que vous avez partagée."),
                Paragraph(
                    "Sa réponse est dans le dossier. Ce courriel n’en dit rien, pour que rien ne se perde en route."
                ),
                Button("Lire la réponse", self.outbox.absolute(PARTNERS_PAGE.format(dossier_id))),
            )
        )
        mail = Mail(user.email, "Un partenaire vous a répondu", body.text, body.html, "dossier")
        return self.outbox.put(connection, mail, f"situation-reponse-{answer_id}")


def find_open_user(connection: Connection, user_id: str) -> User | None:
    """None for an account that is closed or gone."""
    try:
        user = read_user(connection, user_id)
    except NotFoundError:
        return None
    return None if user.disabled else user
