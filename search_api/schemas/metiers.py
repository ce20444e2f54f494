"""What the routes of jobs answer."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.records import CLOSED
from search_api.schemas.tensions import TensionModel


class RomeJobModel(BaseModel):
    """Un métier du ROME 4.0."""

    model_config = CLOSED | ConfigDict(title="Metier")

    code_rome: str
    libelle: str


class FoundJobModel(RomeJobModel):
    """Un métier trouvé."""

    model_config = CLOSED | ConfigDict(
        title="MetierTrouve",
        json_schema_extra={
            "example": {
                "code_rome": "G1609",
                "libelle": "Cuisinier / Cuisinière",
                "appellation": None,
                "score": 0.96,
            }
        },
    )

    appellation: Annotated[
        str | None, Field(description="L'appellation qui correspond, quand la table des appellations est chargée.")
    ]
    score: Annotated[float, Field(description="De 0 à 1 : la part des cas où un tel métier, en tête, est le bon.")]


class JobsResponse(BaseModel):
    """Les métiers trouvés, les plus probables d'abord."""

    model_config = CLOSED | ConfigDict(title="Metiers")

    items: list[FoundJobModel]


class CloseJobModel(RomeJobModel):
    """Un métier proche, et la difficulté d'y recruter autour d'un lieu."""

    model_config = CLOSED | ConfigDict(title="MetierProche")

    tension: Annotated[
        TensionModel | None,
        Field(description="Quand `code_commune` est donné ; null si rien n'est publié pour ce métier."),
    ] = None


class JobSheetModel(RomeJobModel):
    """Un métier, comment on l'appelle, et les métiers proches."""

    model_config = CLOSED | ConfigDict(
        title="FicheMetier",
        json_schema_extra={
            "example": {
                "code_rome": "A1209",
                "libelle": "Elagueur / Elagueuse",
                "noms": ["grimpeur élagueur", "tailleur d'arbres"],
                "envies": ["bosser dans les arbres", "couper des branches en hauteur"],
                "appellations": [],
                "proches": None,
            }
        },
    )

    noms: Annotated[list[str], Field(description="Comment on l'appelle couramment.")]
    envies: Annotated[list[str], Field(description="Ce que disent les personnes qui en ont envie.")]
    appellations: Annotated[list[str], Field(description="Appellations du ROME ; vide si elles ne sont pas chargées.")]
    proches: Annotated[
        list[CloseJobModel] | None,
        Field(description="Le plus proche d'abord ; null si cette table n'est pas chargée."),
    ]
    tension: Annotated[
        TensionModel | None,
        Field(description="Quand `code_commune` est donné ; null si rien n'est publié pour ce métier."),
    ] = None
