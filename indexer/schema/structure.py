"""A structure: who holds an offer."""

from datetime import date

from pydantic import BaseModel, ConfigDict

from indexer.schema.fields import Id, Latitude, Longitude, ReseauxPorteurs


class Structure(BaseModel):
    """The fields of `data_inclusion.schema.v1.Structure`, all optional but `source`, `id` and `nom`, and ours below."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    id: Id
    nom: str
    date_maj: date | None = None
    description: str | None = None
    lien_source: str | None = None
    siret: str | None = None
    commune: str | None = None
    code_postal: str | None = None
    code_insee: str | None = None
    adresse: str | None = None
    complement_adresse: str | None = None
    longitude: Longitude = None
    latitude: Latitude = None
    telephone: str | None = None
    courriel: str | None = None
    site_web: str | None = None
    horaires_accueil: str | None = None
    accessibilite_lieu: str | None = None
    reseaux_porteurs: ReseauxPorteurs = None

    rna: str | None = None
    position_approximative: bool = False
