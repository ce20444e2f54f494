"""From an identity that a provider proved to an account of ours."""

from sqlalchemy import select, update

from indexer.accounts.accounts import Accounts
from indexer.accounts.model import User, normalise_email
from indexer.accounts.provider import Identity
from indexer.accounts.tables import users
from indexer.errors import AccountError

_NOBODY = (
    "Aucun compte n'est ouvert ici pour cette identité. Demandez une invitation à la coordination de votre "
    "organisation, à la même adresse de courriel."
)


def user_of_identity(accounts: Accounts, identity: Identity) -> User:
    """The account that is bound to the identity; else the invited one of its address, bound to it from now on.

    AccountError when there is none, and for an account that is closed or bound to another identity.
    """
    with accounts.database.writing() as connection:
        user_id = connection.scalar(select(users.c.id).where(users.c.identity == identity.key, _OPEN))
        if user_id is None and identity.email is not None:
            own = (users.c.email == normalise_email(identity.email)) & users.c.identity.is_(None) & _OPEN
            user_id = connection.scalar(select(users.c.id).where(own))
            if user_id is not None:
                connection.execute(update(users).where(users.c.id == user_id).values(identity=identity.key))
    if user_id is None:
        raise AccountError(_NOBODY)
    return accounts.get_user(user_id)


_OPEN = users.c.disabled_at.is_(None)
