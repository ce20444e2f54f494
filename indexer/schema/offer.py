"""An offer: an atelier, a formation, an immersion or a service."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from indexer.schema.fields import (
    Age,
    Id,
    Latitude,
    Longitude,
    MobilisablePar,
    ModesAccueil,
    ModesMobilisation,
    Publics,
    StringSet,
    Thematiques,
)
from indexer.schema.session import Session


class TypeOffre(StrEnum):
    """What a person comes for."""

    ATELIER = "atelier"
    FORMATION = "formation"
    IMMERSION = "immersion"
    SERVICE = "service"


class Statut(StrEnum):
    """Where an offer is in its life. Only `publiee` is ever found by a search."""

    PUBLIEE = "publiee"
    SUSPENDUE = "suspendue"
    EXPIREE = "expiree"
    RETIREE = "retiree"


class Validity(BaseModel):
    """The days on which the offer stands, both included; an absent bound is open."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    debut: date | None = None
    fin: date | None = None


class Immersion(BaseModel):
    """What only an immersion has: the company that receives, how many requests it takes a month (`capacite`), from
    which day it can be asked again when its month is full, and the share of requests that it answers, in 0–1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    entreprise: str | None = None
    siret: str | None = None
    mode_contact: Literal["courriel", "telephone", "en-personne"] | None = None
    capacite: Annotated[int | None, Field(ge=0)] = None
    disponible_le: date | None = None
    taux_reponse: Annotated[float | None, Field(ge=0, le=1)] = None


class Offer(BaseModel):
    """The fields of `data_inclusion.schema.v1.Service`, all optional but `source`, `id` and `nom`, then ours.

    What indexing adds (quality, predicted thématiques, provenance, structure) is not here: it is not the record's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    structure_id: str | None = None
    id: Id
    nom: str
    description: str | None = None
    lien_source: str | None = None
    date_maj: date | None = None
    type: str | None = None
    thematiques: Thematiques = None
    frais: Literal["gratuit", "payant"] | None = None
    frais_precisions: str | None = None
    publics: Publics = None
    publics_precisions: str | None = None
    conditions_acces: str | None = None
    commune: str | None = None
    code_postal: str | None = None
    code_insee: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    longitude: Longitude = None
    latitude: Latitude = None
    telephone: str | None = None
    courriel: str | None = None
    modes_accueil: ModesAccueil = None
    zone_eligibilite: StringSet = None
    contact_nom_prenom: str | None = None
    lien_mobilisation: str | None = None
    modes_mobilisation: ModesMobilisation = None
    mobilisable_par: MobilisablePar = None
    mobilisation_precisions: str | None = None
    volume_horaire_hebdomadaire: Annotated[float | None, Field(ge=0)] = None
    nombre_semaines: Annotated[int | None, Field(ge=1)] = None
    horaires_accueil: str | None = None

    type_offre: TypeOffre = TypeOffre.SERVICE
    sous_type: str | None = None
    sessions: tuple[Session, ...] = ()
    metiers: StringSet = None
    langues: StringSet = None
    accessible_pmr: bool | None = None
    age_min: Age = None
    age_max: Age = None
    justificatifs: tuple[str, ...] = ()
    validite: Validity | None = None
    suspendue: bool = False
    immersion: Immersion | None = None
    position_approximative: bool = False

    @model_validator(mode="after")
    def _ages_in_order(self) -> "Offer":
        if self.age_min is not None and self.age_max is not None and self.age_min > self.age_max:
            raise ValueError("age_min dépasse age_max")
        return self

    def statut(self, today: date) -> Statut:
        """The state on a day; `retiree` is the catalogue's to say."""
        if self.suspendue:
            return Statut.SUSPENDUE
        last = self.last_day
        return Statut.EXPIREE if last is not None and last < today else Statut.PUBLIEE

    @property
    def last_day(self) -> date | None:
        """The last day on which the offer stands; None when nothing tells one.

        Its validity says it; else its last session does, unless the place has opening hours: one can then come anyway.
        """
        if self.validite is not None and self.validite.fin is not None:
            return self.validite.fin
        if self.horaires_accueil is not None:
            return None
        return max(((session.fin or session.debut).date() for session in self.sessions), default=None)
