"""What the other routes answer."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.catalogue.jobs import JobState
from search_api.schemas.records import CLOSED


class SuggestionModel(BaseModel):
    """Ce que la personne veut peut-être dire."""

    model_config = CLOSED | ConfigDict(
        title="Suggestion",
        json_schema_extra={
            "example": {
                "type": "commune",
                "valeur": "90010",
                "label": "Belfort",
                "precision": "90000 · Territoire de Belfort",
                "surligne": "<mark>Belf</mark>ort",
            }
        },
    )

    type: Literal["commune", "thematique", "metier", "structure"]
    valeur: Annotated[str, Field(description="Code ou identifiant, à donner à une recherche.")]
    label: str
    precision: Annotated[str, Field(description="Ce qui la distingue d'une autre de même nom.")]
    surligne: Annotated[str, Field(description="Le label en HTML sûr, ce qui est tapé entre `<mark>` et `</mark>`.")]


class SuggestResponse(BaseModel):
    """Les suggestions, par type."""

    model_config = CLOSED | ConfigDict(title="Suggestions")

    items: list[SuggestionModel]


class SourceModel(BaseModel):
    """Ce qu'un producteur apporte par un flux."""

    model_config = CLOSED | ConfigDict(title="Source")

    source: Annotated[str, Field(description="Producteur.")]
    flux: Annotated[str, Field(description="Import qui apporte ses fiches.")]
    licence: str | None
    url: str | None
    structures: int
    offres: int
    publiees: Annotated[int, Field(description="Offres publiées.")]
    part_localisee: Annotated[float | None, Field(description="Part des offres qui ont un point, de 0 à 1.")]
    part_avec_thematique: Annotated[
        float | None, Field(description="Part des offres qui ont une thématique, de 0 à 1.")
    ]
    dernier_import: datetime | None
    dernier_changement: datetime | None


class SourcesResponse(BaseModel):
    """Les sources du catalogue."""

    model_config = CLOSED | ConfigDict(title="Sources")

    items: list[SourceModel]


class TermModel(BaseModel):
    """Une valeur d'un vocabulaire."""

    model_config = CLOSED | ConfigDict(title="Terme")

    value: str
    label: Annotated[str, Field(description="Label officiel.")]
    description: str | None


class ThematiqueModel(TermModel):
    """Une thématique, ou une catégorie de thématiques (sans `parent`)."""

    model_config = CLOSED | ConfigDict(title="Thematique")

    label_simple: Annotated[str, Field(description="En mots de tous les jours.")]
    parent: Annotated[str | None, Field(description="Sa catégorie.")]


class AliveModel(BaseModel):
    """Le processus répond."""

    model_config = CLOSED | ConfigDict(title="Vivant")

    statut: Literal["ok"]


class ReadyModel(BaseModel):
    """Un index répond."""

    model_config = CLOSED | ConfigDict(title="Pret")

    statut: Literal["pret"]
    version: str


class CatalogueModel(BaseModel):
    """Ce que le catalogue contient."""

    model_config = CLOSED | ConfigDict(title="Catalogue")

    structures: int
    offers: Annotated[int, Field(description="Offres listées par un flux.")]
    published: Annotated[int, Field(description="Offres publiées : celles qu'un index complet contient.")]
    suspended: Annotated[int, Field(description="Offres suspendues.")]
    orphans: Annotated[int, Field(description="Offres dont la structure manque : gardées, non publiées.")]
    retired_structures: int
    retired_offers: int


class IndexModel(BaseModel):
    """L'index en service."""

    model_config = CLOSED | ConfigDict(title="Index")

    version: str | None
    documents: int
    encoder: str | None
    construit_le: datetime | None
    retard: Annotated[int, Field(description="Offres changées depuis, pas encore indexées.")]


class JobModel(BaseModel):
    """Un travail long."""

    model_config = CLOSED | ConfigDict(title="Travail")

    nom: str
    etat: JobState
    avancement: Annotated[float | None, Field(description="De 0 à 1 ; null quand la fin n'est pas connue.")]
    depuis: datetime
    message: str


class StatusResponse(BaseModel):
    """L'état de l'ensemble."""

    model_config = CLOSED | ConfigDict(title="Etat")

    catalogue: CatalogueModel
    index: IndexModel
    travaux: Annotated[list[JobModel], Field(description="Du plus récent au plus ancien.")]
