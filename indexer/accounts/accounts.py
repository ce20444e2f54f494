"""Accounts: the verbs that pages and commands use. Every one is a short transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from indexer.accounts import access_log, sessions
from indexer.accounts.attempts import (
    check_limits,
    code_limits,
    count_attempt,
    erase_old_attempts,
    forget_attempts,
    sign_in_limits,
)
from indexer.accounts.examples import refuse_example
from indexer.accounts.links import INVITATION, RESET, erase_old_links, make_link, read_link, use_link
from indexer.accounts.model import Actor, Organisation, Role, User, normalise_email
from indexer.accounts.organisations import add_organisation, find_organisation, read_organisations, set_partner
from indexer.accounts.passwords import check_password, hash_password, is_outdated, verify_password
from indexer.accounts.second_factor import (
    Enrolment,
    build_enrolment,
    forget_second_factor,
    make_recovery_codes,
    new_secret,
    right_step,
    take_code,
)
from indexer.accounts.tables import users
from indexer.accounts.team import check_may_be_let_moderate
from indexer.accounts.users import NewUser, add_user, change_user, find_user, read_user, read_users
from indexer.catalogue.database import Database
from indexer.catalogue.work import Clock
from indexer.errors import AccountError, NotFoundError
from indexer.sealing import Sealer

_WRONG = "Ce courriel et ce mot de passe ne vont pas ensemble. Vérifiez-les, ou demandez un nouveau mot de passe."
_WRONG_CODE = "Ce code n'est pas le bon, ou il a déjà servi. Tapez celui que l'application montre maintenant."


@dataclass(frozen=True, slots=True)
class Accounts:
    """Shared by all threads."""

    database: Database
    sealer: Sealer
    clock: Clock

    # Signing in

    def check_sign_in(self, email: str, password: str, address: str) -> User:
        """The user whose password it is. AccountError, in the same words and the same time whatever is wrong;
        TooManyAttemptsError. `address` is where the request comes from."""
        email = normalise_email(email)
        limits, now = sign_in_limits(email, address), self.clock()
        with self.database.writing() as connection:
            check_limits(connection, limits, now)
            count_attempt(connection, limits, now)
            user = find_user(connection, email)
            stored = None if user is None or user.disabled else self._password_of(connection, user.id)
        if not verify_password(stored, password) or user is None or stored is None:
            raise AccountError(_WRONG, "courriel")
        with self.database.writing() as connection:
            forget_attempts(connection, limits)
            if is_outdated(stored):
                change_user(connection, user.id, password_hash=hash_password(password))
        return user

    def check_code(self, user_id: str, code: str) -> None:
        """The second step. AccountError for a wrong code or one that served; TooManyAttemptsError."""
        limits, now = code_limits(user_id), self.clock()
        with self.database.writing() as connection:
            check_limits(connection, limits, now)
            right = take_code(connection, self.sealer, user_id, code, now)
            forget_attempts(connection, limits) if right else count_attempt(connection, limits, now)
        if not right:
            raise AccountError(_WRONG_CODE, "code")

    def start_session(self, user_id: str, replaced: str | None = None) -> str:
        """The token of a new session; `replaced`, what the browser held before, ends. NotFoundError when disabled."""
        with self.database.writing() as connection:
            if read_user(connection, user_id).disabled:
                raise NotFoundError("Ce compte est fermé.")
            return sessions.start_session(connection, user_id, self.clock(), replaced)

    def actor_of(self, token: str) -> Actor | None:
        """Who holds this session; None when it is unknown or ended. Writes at most every five minutes."""
        now = self.clock()
        with self.database.reading() as connection:
            found = sessions.read_session(connection, token, now)
        if found is None:
            return None
        actor, seen_at = found
        if sessions.must_be_seen(seen_at, now):
            with self.database.writing() as connection:
                sessions.see_session(connection, token, now)
        return actor

    def whose_session(self, token: str) -> str | None:
        """The user of a session, even of one that just ended by itself."""
        with self.database.reading() as connection:
            return sessions.whose_session(connection, token)

    def end_session(self, token: str) -> None:
        with self.database.writing() as connection:
            sessions.end_session(connection, token)

    # Passwords and links

    def reset_link(self, user_id: str) -> str:
        """A token that lets the user choose a password within the hour."""
        with self.database.writing() as connection:
            return make_link(connection, read_user(connection, user_id).id, RESET, self.clock())

    def invitation_link(self, user_id: str) -> str:
        """The same within a week."""
        with self.database.writing() as connection:
            return make_link(connection, read_user(connection, user_id).id, INVITATION, self.clock())

    def user_of_link(self, token: str) -> User:
        """ExpiredLinkError for a link that no longer serves."""
        with self.database.reading() as connection:
            return read_user(connection, read_link(connection, token, self.clock()))

    def choose_password(self, token: str, password: str) -> User:
        """By a link, which then no longer serves; all sessions of the user end. AccountError, ExpiredLinkError."""
        user = self.user_of_link(token)
        refuse_example(user.email, "mot_de_passe")
        hashed = hash_password(check_password(password, user.email, user.name))
        with self.database.writing() as connection:
            use_link(connection, token, self.clock())
            change_user(connection, user.id, password_hash=hashed)
            sessions.end_sessions(connection, user.id)
        return user

    def change_password(self, user_id: str, old: str, new: str, session: str | None) -> None:
        """Ends all other sessions than `session`. AccountError when `old` is wrong or `new` weak."""
        user = self.get_user(user_id)
        refuse_example(user.email, "ancien")
        self.confirm_password(user_id, old, "ancien")
        hashed = hash_password(check_password(new, user.email, user.name))
        with self.database.writing() as connection:
            change_user(connection, user_id, password_hash=hashed)
            sessions.end_sessions(connection, user_id, but=session)

    def confirm_password(self, user_id: str, password: str, field: str = "mot_de_passe") -> None:
        """Before what matters. AccountError when it is wrong; TooManyAttemptsError. Without a password: nothing."""
        limits, now = code_limits(f"{user_id} mot de passe"), self.clock()
        with self.database.writing() as connection:
            check_limits(connection, limits, now)
            count_attempt(connection, limits, now)
            stored = self._password_of(connection, user_id)
        if stored is not None and not verify_password(stored, password):
            raise AccountError("Ce mot de passe n'est pas le vôtre.", field)
        with self.database.writing() as connection:
            forget_attempts(connection, limits)

    # Second factor

    def new_secret(self) -> str:
        """One to offer; nothing is kept yet."""
        return new_secret()

    def enrolment_of(self, secret: str, email: str, site: str) -> Enrolment:
        return build_enrolment(secret, email, site)

    def enable_second_factor(self, user_id: str, secret: str, code: str) -> tuple[str, ...]:
        """Keeps the secret once the application gave a right code of it; gives the recovery codes. AccountError."""
        refuse_example(self.get_user(user_id).email, "code")
        step = right_step(secret, code, self.clock())
        if step is None:
            raise AccountError(_WRONG_CODE, "code")
        with self.database.writing() as connection:
            change_user(connection, user_id, totp_secret=self.sealer.seal(secret), totp_step=step)
            return make_recovery_codes(connection, user_id)

    def disable_second_factor(self, user_id: str) -> None:
        with self.database.writing() as connection:
            forget_second_factor(connection, user_id)

    # People and organisations

    def add_user(self, new: NewUser) -> User:
        """AccountError for what cannot be, or is there already."""
        with self.database.writing() as connection:
            return add_user(connection, self.clock, new)

    def get_user(self, user_id: str) -> User:
        """NotFoundError for an unknown id."""
        with self.database.reading() as connection:
            return read_user(connection, user_id)

    def find_user(self, email: str) -> User | None:
        with self.database.reading() as connection:
            return find_user(connection, email)

    def users(self, organisation_id: str | None = None) -> list[User]:
        with self.database.reading() as connection:
            return read_users(connection, organisation_id)

    def disable_user(self, user_id: str, disabled: bool = True) -> None:
        """Ends the sessions too; what the user did stays. Or opens the account again."""
        with self.database.writing() as connection:
            change_user(connection, user_id, disabled_at=self.clock() if disabled else None)
            sessions.end_sessions(connection, user_id)

    def set_role(self, user_id: str, role: Role) -> None:
        """The right to moderate goes with the role for which it was given."""
        with self.database.writing() as connection:
            change_user(connection, user_id, role=role, moderates=False)

    def let_moderate(self, user_id: str, allowed: bool) -> None:
        """Gives a référent the right to moderate publications, or takes it. AccountError for who has it by role."""
        with self.database.writing() as connection:
            check_may_be_let_moderate(read_user(connection, user_id))
            change_user(connection, user_id, moderates=allowed)

    def add_organisation(self, name: str, siret: str | None = None, partner: bool = True) -> Organisation:
        with self.database.writing() as connection:
            return add_organisation(connection, self.clock, name, siret, partner)

    def organisations(self) -> list[Organisation]:
        with self.database.reading() as connection:
            return read_organisations(connection)

    def find_organisation(self, name_or_id: str) -> Organisation:
        with self.database.reading() as connection:
            return find_organisation(connection, name_or_id)

    def set_partner(self, organisation_id: str, partner: bool) -> None:
        with self.database.writing() as connection:
            set_partner(connection, organisation_id, partner)

    # Traces

    def note_access(self, connection: Connection, actor: Actor, kind: str, about: str) -> None:
        """Inside the caller's writing transaction: what happened and its trace are kept together."""
        access_log.note_access(connection, actor, kind, about, self.clock())

    def accesses(self, about: str | None = None, limit: int = 1000) -> list[access_log.Access]:
        """The latest ones, newest first."""
        with self.database.reading() as connection:
            return list(access_log.iter_accesses(connection, about, limit))

    def erase_old(self) -> int:
        """Sessions, links, attempts and traces that are past their time: how many."""
        now = self.clock()
        with self.database.writing() as connection:
            return (
                sessions.erase_old_sessions(connection, now)
                + erase_old_links(connection, now)
                + erase_old_attempts(connection, now)
                + access_log.erase_old_accesses(connection, now)
            )

    def _password_of(self, connection: Connection, user_id: str) -> str | None:
        return connection.scalar(select(users.c.password_hash).where(users.c.id == user_id))
