"""Users as the database keeps them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from indexer.accounts.model import Role, User, new_id, normalise_email
from indexer.accounts.organisations import checked_name, read_organisation
from indexer.accounts.tables import organisations, users
from indexer.catalogue.work import Clock
from indexer.errors import AccountError, NotFoundError
from indexer.normalise.mails import parse_one_mail


@dataclass(frozen=True, slots=True)
class NewUser:
    """A person to invite."""

    email: str
    name: str
    role: Role
    organisation_id: str


def add_user(connection: Connection, clock: Clock, new: NewUser) -> User:
    """A user without password. AccountError for a wrong address or name, and for an address that has an account."""
    email, name = checked_email(new.email), checked_name(new.name)
    if find_user(connection, email) is not None:
        raise AccountError(f"« {email} » a déjà un compte.", "courriel")
    read_organisation(connection, new.organisation_id)
    row = {"id": new_id(), "email": email, "name": name, "role": new.role, "organisation_id": new.organisation_id}
    connection.execute(insert(users).values(**row, created_at=clock()))
    return read_user(connection, row["id"])


def read_user(connection: Connection, user_id: str) -> User:
    """NotFoundError for an unknown id."""
    row = connection.execute(_select().where(users.c.id == user_id)).one_or_none()
    if row is None:
        raise NotFoundError("Ce compte n'existe pas.")
    return _build(row)


def find_user(connection: Connection, email: str) -> User | None:
    row = connection.execute(_select().where(users.c.email == normalise_email(email))).one_or_none()
    return None if row is None else _build(row)


def read_users(connection: Connection, organisation_id: str | None = None) -> list[User]:
    """Those of an organisation, or all, in the order of organisations and names."""
    query = _select().order_by(func.lower(organisations.c.name), func.lower(users.c.name), users.c.id)
    if organisation_id is not None:
        query = query.where(users.c.organisation_id == organisation_id)
    return [_build(row) for row in connection.execute(query)]


def change_user(connection: Connection, user_id: str, **values: Any) -> None:
    """Sets columns. NotFoundError for an unknown id."""
    if connection.execute(update(users).where(users.c.id == user_id).values(**values)).rowcount != 1:
        raise NotFoundError("Ce compte n'existe pas.")


def checked_email(typed: str) -> str:
    """The address in lower case. AccountError for what is none."""
    email = parse_one_mail(typed)
    if email is None:
        raise AccountError("Donnez une adresse de courriel, comme « prenom.nom@exemple.fr ».", "courriel")
    return normalise_email(email)


def _select() -> Any:
    return select(users, organisations.c.name.label("organisation_name")).join_from(
        users, organisations, organisations.c.id == users.c.organisation_id
    )


def _build(row: Row[Any]) -> User:
    return User(
        id=row.id,
        email=row.email,
        name=row.name,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        created_at=row.created_at,
        last_sign_in_at=row.last_sign_in_at,
        disabled=row.disabled_at is not None,
        invited=row.password_hash is None and row.identity is None,
        second_factor=row.totp_secret is not None,
        moderates=row.moderates,
    )
