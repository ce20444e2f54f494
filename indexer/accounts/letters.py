"""Mails about accounts: an invitation, a new password, a change that its owner must know of."""

from dataclasses import dataclass

from sqlalchemy import Connection

from indexer.accounts.accounts import Accounts
from indexer.accounts.attempts import check_limits, count_attempt, mail_limits
from indexer.accounts.examples import refuse_example
from indexer.accounts.links import INVITATION, RESET, make_link
from indexer.accounts.model import ROLE_LABELS, Actor, User, normalise_email
from indexer.accounts.users import NewUser, add_user, find_user, read_user
from indexer.mail.letter import Button, Mail, Paragraph, Part, build_body
from indexer.mail.outbox import Outbox
from indexer.sealing import hash_token

PASSWORD_PATH = "/connexion/mot-de-passe/"  # noqa: S105  an address

_IGNORE = Paragraph("Si vous n'avez rien demandé, ne faites rien : sans ce lien, rien ne change.")


@dataclass(frozen=True, slots=True)
class Letters:
    """Each verb is one transaction: what changed and the mail that tells it are kept together, or not at all."""

    accounts: Accounts
    outbox: Outbox

    def invite(self, new: NewUser, by: Actor | None) -> User:
        """A new user, and the mail that lets them choose a password. AccountError for what cannot be."""
        self._check(by)
        with self.accounts.database.writing() as connection:
            user = add_user(connection, self.accounts.clock, new)
            self._send_invitation(connection, user, by)
            return user

    def invite_again(self, user_id: str, by: Actor | None) -> User:
        """Another link: those before no longer serve. NotFoundError."""
        self._check(by)
        with self.accounts.database.writing() as connection:
            user = read_user(connection, user_id)
            self._send_invitation(connection, user, by)
            return user

    def ask_reset(self, email: str, address: str) -> None:
        """Sends a link to whom has an open account; says nothing to who asks. TooManyAttemptsError."""
        limits, now = mail_limits(normalise_email(email), address), self.accounts.clock()
        with self.accounts.database.writing() as connection:
            check_limits(connection, limits, now)
            count_attempt(connection, limits, now)
            user = find_user(connection, email)
            if user is not None and not user.disabled:
                token = make_link(connection, user.id, RESET, now)
                parts = (
                    Paragraph(f"Bonjour {user.name},"),
                    Paragraph("Vous avez demandé un nouveau mot de passe. Ce lien sert une fois, pendant une heure."),
                    Button("Choisir mon mot de passe", self._address(token)),
                    _IGNORE,
                )
                self._put(connection, user, "Votre nouveau mot de passe", parts, f"reset {hash_token(token)}")

    def tell_change(self, user_id: str, what: str) -> None:
        """`what` is a whole sentence: « Votre mot de passe a changé. »"""
        now = self.accounts.clock()
        parts = (Paragraph(what), Paragraph("Si ce n'est pas vous, prévenez la coordination de votre organisation."))
        with self.accounts.database.writing() as connection:
            user = read_user(connection, user_id)
            self._put(connection, user, "Votre compte a changé", parts, f"change {user_id} {now.isoformat()} {what}")

    def _check(self, by: Actor | None) -> None:
        """A visitor of the demonstration sends mail to nobody."""
        if by is not None:
            refuse_example(self.accounts.get_user(by.user_id).email)

    def _send_invitation(self, connection: Connection, user: User, by: Actor | None) -> None:
        token = make_link(connection, user.id, INVITATION, self.accounts.clock())
        inviting = "Vous êtes invité" if by is None else f"{by.name} vous invite"
        parts = (
            Paragraph(f"Bonjour {user.name},"),
            Paragraph(
                f"{inviting} dans l'espace de travail du territoire, pour « {user.organisation_name} ». "
                f"Votre rôle : {ROLE_LABELS[user.role].lower()}. Ce lien sert une fois, pendant sept jours."
            ),
            Button("Ouvrir mon compte", self._address(token)),
        )
        self._put(connection, user, "Votre accès à l'espace de travail", parts, f"invitation {hash_token(token)}")

    def _address(self, token: str) -> str:
        return self.outbox.absolute(PASSWORD_PATH + token)

    def _put(self, connection: Connection, user: User, subject: str, parts: tuple[Part, ...], key: str) -> None:
        body = build_body(parts)
        self.outbox.put(connection, Mail(user.email, subject, body.text, body.html, "compte"), key)
