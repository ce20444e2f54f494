"""A company that may welcome people, and how far it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from indexer.errors import MaillageError

REST: Final = timedelta(days=30)
"""A company, and a mail address, get no second invitation before."""

KEPT: Final = timedelta(days=365)
"""Phone and mail of a company are erased when no list brought it for so long: they may be those of a person."""


class Outcome(StrEnum):
    """What came of a company. `PUBLISHED` is read from the catalogue and from publications, never noted by hand."""

    TO_CALL = "a-appeler"
    INVITED = "invitee"
    PUBLISHED = "a-publie"
    REFUSED = "refuse"
    STOPPED = "ne-plus-solliciter"


OUTCOME_LABELS: Final = {
    Outcome.TO_CALL: "À appeler",
    Outcome.INVITED: "Invitée",
    Outcome.PUBLISHED: "A publié",
    Outcome.REFUSED: "A refusé",
    Outcome.STOPPED: "Ne plus solliciter",
}
NOTED: Final = (Outcome.TO_CALL, Outcome.INVITED, Outcome.REFUSED, Outcome.STOPPED)
"""Those that a coordinator notes."""


class MobiliseError(MaillageError):
    """What is asked for a company is impossible, or must not be."""


@dataclass(frozen=True, slots=True)
class NewCompany:
    """One row of a coordinator's list. `naf` without its point; `phone` E.164, `mail` one address."""

    siret: str
    name: str
    address: str
    code_insee: str
    naf: str
    phone: str | None
    mail: str | None


@dataclass(frozen=True, slots=True)
class Company:
    """Without its phone nor its mail, which are read one company at a time.

    `noted` is what a coordinator noted; `immersions` how many live immersions bear its SIRET.
    """

    siret: str
    name: str
    address: str
    code_insee: str
    naf: str
    has_phone: bool
    has_mail: bool
    imported_at: datetime
    noted: Outcome
    noted_at: datetime | None
    noted_by: str | None
    invited_at: datetime | None
    immersions: int

    @property
    def outcome(self) -> Outcome:
        """A company that publishes has answered; but one that asks for peace gets it all the same."""
        published = self.immersions > 0 and self.noted is not Outcome.STOPPED
        return Outcome.PUBLISHED if published else self.noted


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach one company: a number (E.164) and a mail address."""

    phone: str | None
    mail: str | None


@dataclass(frozen=True, slots=True)
class Brought:
    """What a list brought: companies that were not known, and those that were."""

    new: int
    known: int
