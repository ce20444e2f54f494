"""People and organisations as the rest of the program sees them."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What a user does here. An administrator keeps the site: never the files of persons."""

    REFERENT = "referent"
    COORDINATEUR = "coordinateur"
    ADMINISTRATEUR = "administrateur"


ROLE_LABELS: Final = {
    Role.REFERENT: "Référent",
    Role.COORDINATEUR: "Coordinateur",
    Role.ADMINISTRATEUR: "Administrateur",
}


@dataclass(frozen=True, slots=True)
class Organisation:
    """`partner`: one of the territory's partners, which may be asked for help with a situation (anonymised)."""

    id: str
    name: str
    siret: str | None
    partner: bool


@dataclass(frozen=True, slots=True)
class User:
    """`invited`: no password was chosen yet and no provider of identity is bound to it.

    `moderates`: a référent to whom a coordinator gave the right to moderate publications.
    """

    id: str
    email: str
    name: str
    role: Role
    organisation_id: str
    organisation_name: str
    created_at: datetime
    last_sign_in_at: datetime | None
    disabled: bool
    invited: bool
    second_factor: bool
    moderates: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """The user of one request, with what the role allows. `moderates` is a référent's own right."""

    user_id: str
    name: str
    role: Role
    organisation_id: str
    organisation_name: str
    moderates: bool = False

    @property
    def follows_people(self) -> bool:
        """Works on files of persons: those of the organisation, and those it was shared."""
        return self.role in (Role.REFERENT, Role.COORDINATEUR)

    @property
    def coordinates(self) -> bool:
        """Sees the territory's numbers."""
        return self.role in (Role.COORDINATEUR, Role.ADMINISTRATEUR)

    @property
    def may_moderate(self) -> bool:
        """Decides on publications: by role, or as a référent who was given the right."""
        return self.coordinates or (self.role is Role.REFERENT and self.moderates)

    @property
    def manages_users(self) -> bool:
        """Of the own organisation; an administrator, of all."""
        return self.role in (Role.COORDINATEUR, Role.ADMINISTRATEUR)

    @property
    def role_label(self) -> str:
        return ROLE_LABELS[self.role]


def new_id() -> str:
    """The id of a user, of an organisation, of a file: 72 random bits, so that none says how many there are."""
    return secrets.token_urlsafe(9)


def normalise_email(typed: str) -> str:
    """The address as it is compared: without spaces around, in lower case."""
    return typed.strip().lower()
