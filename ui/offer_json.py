"""The JSON of an offer as `indexer.public` writes it: the part that pages read."""

from datetime import date, datetime
from typing import TypedDict, cast

import orjson


class SessionJson(TypedDict):
    debut: str
    fin: str | None
    lieu: str | None
    places: int | None
    places_restantes: int | None


class ProvenanceJson(TypedDict):
    flux: str
    source: str
    licence: str | None
    url: str | None
    recupere_le: str


class ImmersionJson(TypedDict):
    entreprise: str | None
    mode_contact: str | None
    capacite: int | None
    disponible_le: str | None


class StructureJson(TypedDict):
    id: str
    nom: str
    source: str
    date_maj: str | None
    description: str | None
    lien_source: str | None
    commune: str | None
    code_postal: str | None
    code_insee: str | None
    adresse: str | None
    complement_adresse: str | None
    latitude: float | None
    longitude: float | None
    telephone: str | None
    courriel: str | None
    site_web: str | None
    horaires_accueil: str | None
    accessibilite_lieu: str | None
    position_approximative: bool


class OtherSourceJson(TypedDict):
    id: str
    source: str
    lien_source: str | None
    champs: list[str]


class OfferJson(TypedDict):
    id: str
    nom: str
    source: str
    structure_id: str | None
    description: str | None
    lien_source: str | None
    date_maj: str | None
    type_offre: str
    sous_type: str | None
    thematiques: list[str] | None
    thematiques_predites: list[str]
    metiers_predits: list[str]
    frais: str | None
    frais_precisions: str | None
    publics: list[str] | None
    publics_precisions: str | None
    conditions_acces: str | None
    commune: str | None
    code_postal: str | None
    code_insee: str | None
    adresse: str | None
    complement_adresse: str | None
    latitude: float | None
    longitude: float | None
    telephone: str | None
    courriel: str | None
    modes_accueil: list[str] | None
    zone_eligibilite: list[str] | None
    lien_mobilisation: str | None
    modes_mobilisation: list[str] | None
    mobilisable_par: list[str] | None
    mobilisation_precisions: str | None
    volume_horaire_hebdomadaire: float | None
    nombre_semaines: int | None
    horaires_accueil: str | None
    sessions: list[SessionJson]
    metiers: list[str] | None
    langues: list[str] | None
    accessible_pmr: bool | None
    age_min: int | None
    age_max: int | None
    justificatifs: list[str]
    validite: dict[str, str | None] | None
    immersion: ImmersionJson | None
    position_approximative: bool
    moments: list[str]
    statut: str
    provenance: ProvenanceJson
    autres_sources: list[OtherSourceJson]
    structure: StructureJson | None


def read_offer(body: bytes) -> OfferJson:
    """An offer as the index serves it."""
    return cast(OfferJson, orjson.loads(body))


def fresh_on(date_maj: str | None, provenance: ProvenanceJson) -> date:
    """The day of the last change: the producer's, or ours when it is older (see `indexer.public.fresh_on`)."""
    seen = datetime.fromisoformat(provenance["recupere_le"]).date()
    return seen if date_maj is None else min(date.fromisoformat(date_maj), seen)


def coming_sessions(sessions: list[SessionJson], today: date) -> list[tuple[datetime, SessionJson]]:
    """Those that start today or later on their own calendar, earliest first."""
    dated = [(datetime.fromisoformat(session["debut"]), session) for session in sessions]
    return sorted((pair for pair in dated if pair[0].date() >= today), key=lambda pair: pair[0])
