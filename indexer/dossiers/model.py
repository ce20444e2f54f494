"""A file as its readers see it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from indexer.dossiers.profile import build_profile
from indexer.matching.profile import Profile

Answers = Mapping[str, str]
"""What was answered, by field (`indexer.dossiers.fields`); an absent field and an empty one say the same: nothing."""


class Statut(StrEnum):
    """A closed file is no longer followed; it stays until it is deleted."""

    ACTIF = "actif"
    CLOS = "clos"


class Consent(StrEnum):
    """How the person agreed that a file be kept."""

    ORAL = "oral"
    ECRIT = "ecrit"


@dataclass(frozen=True)
class Summary:
    """What a list shows of a file. `nom` is initials or a pseudonym."""

    id: str
    organisation_id: str
    referent_id: str
    nom: str
    statut: Statut
    version: int
    created_at: datetime
    changed_at: datetime
    consent_at: datetime
    consent_how: Consent


@dataclass(frozen=True)
class Dossier(Summary):
    """`version` grows by one at each change of the answers or of the name."""

    answers: Answers

    @cached_property
    def profil(self) -> Profile | None:
        """What `indexer.matching` takes as is; None as long as no commune was said."""
        return build_profile(self.answers)


@dataclass(frozen=True, slots=True)
class NewDossier:
    """What opening a file asks."""

    nom: str
    consent_how: Consent
    answers: Answers
