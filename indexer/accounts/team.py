"""Who may manage whom."""

from indexer.accounts.examples import refuse_example
from indexer.accounts.model import Actor, Role, User
from indexer.errors import AccountError, NotFoundError


def roles_given_by(actor: Actor) -> tuple[Role, ...]:
    """The roles that the actor may give."""
    if actor.role is Role.ADMINISTRATEUR:
        return tuple(Role)
    return (Role.REFERENT, Role.COORDINATEUR) if actor.role is Role.COORDINATEUR else ()


def sees(actor: Actor, user: User) -> bool:
    return actor.role is Role.ADMINISTRATEUR or user.organisation_id == actor.organisation_id


def may_manage(actor: Actor, user: User) -> bool:
    """Not oneself: the last one would lock everybody out."""
    return sees(actor, user) and user.role in roles_given_by(actor) and user.id != actor.user_id


def check_manages(actor: Actor, user: User) -> None:
    """NotFoundError for a user whom the actor must not know; AccountError for one out of reach."""
    if not sees(actor, user):
        raise NotFoundError("Ce compte n'existe pas.")
    refuse_example(user.email)
    if not may_manage(actor, user):
        raise AccountError("Ce compte ne se change pas d'ici. Demandez à une personne qui administre le site.")


def check_may_be_let_moderate(user: User) -> None:
    """AccountError but for a référent: the other roles moderate by themselves."""
    if user.role is not Role.REFERENT:
        raise AccountError(f"{user.name} modère déjà par son rôle : ce droit se donne aux référents.")
