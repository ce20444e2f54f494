"""What `/v1/tensions` answers."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.records import CLOSED

Level = Annotated[int, Field(ge=1, le=5, description="De 1 (facile) à 5 (très difficile).")]

_BELFORT: dict[str, Any] = {"type": "bassin", "code": "2733", "nom": "Belfort"}
_COOK: dict[str, Any] = {
    "code_rome": "G1602",
    "libelle": "Commis / Commise de cuisine",
    "niveau": 4,
    "territoire": _BELFORT,
    "facteurs": [{"code": "conditions-de-travail", "libelle": "Conditions de travail contraignantes", "niveau": 5}],
    "millesime": "2021",
    "source": "Dares et France Travail, tensions par métier et bassin",
    "liste_legale": False,
}


class TerritoryModel(BaseModel):
    """Un bassin d'emploi, un département ou une région."""

    model_config = CLOSED | ConfigDict(title="Territoire", json_schema_extra={"example": _BELFORT})

    type: Literal["bassin", "departement", "region"]
    code: str
    nom: str


class FactorModel(BaseModel):
    """Une des causes de la difficulté à recruter."""

    model_config = CLOSED | ConfigDict(title="FacteurDeTension")

    code: str
    libelle: str
    niveau: Annotated[int, Field(ge=1, le=5, description="De 1 (faible) à 5 (fort).")]


class TensionModel(BaseModel):
    """La difficulté à recruter dans un métier."""

    model_config = CLOSED | ConfigDict(title="Tension", json_schema_extra={"example": _COOK})

    code_rome: str
    libelle: str
    niveau: Level
    territoire: Annotated[
        TerritoryModel,
        Field(description="Où elle a été mesurée : le bassin, à défaut le département, à défaut la région."),
    ]
    facteurs: list[FactorModel]
    millesime: Annotated[str, Field(description="L'année des chiffres ; « exemple » quand ils sont inventés.")]
    source: str
    liste_legale: Annotated[
        bool | None,
        Field(description="Dans la liste légale des métiers en tension de la région ; null si elle n'est pas chargée."),
    ]


class TensionsResponse(BaseModel):
    """Les métiers où l'on recrute avec difficulté autour d'un lieu, les plus difficiles d'abord."""

    model_config = CLOSED | ConfigDict(
        title="Tensions",
        json_schema_extra={
            "example": {"territoire": _BELFORT, "items": [_COOK], "sans_donnee": ["K1702"], "avertissements": []}
        },
    )

    territoire: TerritoryModel
    items: list[TensionModel]
    sans_donnee: Annotated[list[str], Field(description="Métiers demandés pour lesquels rien n'est publié.")]
    avertissements: Annotated[list[str], Field(description="Ce qui manque à la réponse, et comment y remédier.")]
