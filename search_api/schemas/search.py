"""What a search answers."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.records import CLOSED, Offer_, RetiredOffer
from search_api.schemas.understood import UnderstandResponse, example_understood


class OtherPlace(BaseModel):
    """La même offre, ailleurs."""

    model_config = CLOSED | ConfigDict(title="AutreLieu")

    id: str
    nom: str
    commune: str | None
    distance_km: Annotated[float | None, Field(description="Kilomètres, à une décimale.")]


class Item(BaseModel):
    """Une offre trouvée, et pourquoi."""

    model_config = CLOSED | ConfigDict(title="Resultat")

    offre: Offer_
    distance_km: Annotated[
        float | None, Field(description="Kilomètres à vol d'oiseau, à une décimale ; null à distance.")
    ]
    score: Annotated[float, Field(description="De 0 à 1, comparable dans une même réponse seulement.")]
    raisons: Annotated[list[str], Field(description="Pourquoi elle est là, trois raisons au plus.")]
    reserves: Annotated[list[str], Field(description="Ce qu'il faut vérifier avant d'y aller.")]
    autres_lieux: Annotated[list[OtherPlace], Field(description="La même offre ailleurs, qui compte dans `total`.")]
    explication: Annotated[
        dict[str, float] | None, Field(description="Parts nommées du score, avec `explain=true` seulement.")
    ] = None


class FacetValue(BaseModel):
    """Une valeur d'une facette : renvoyée telle quelle, elle filtre."""

    model_config = CLOSED | ConfigDict(title="ValeurDeFacette")

    valeur: str
    label: Annotated[str, Field(description="En mots simples.")]
    nombre: Annotated[int, Field(description="Offres que cette valeur donnerait seule ; exact.")]
    selectionne: Annotated[bool, Field(description="Vrai quand la recherche la demande.")]
    parent: Annotated[str | None, Field(description="Catégorie d'une thématique.")]


class Place(BaseModel):
    """La commune autour de laquelle la recherche a été faite."""

    model_config = CLOSED | ConfigDict(title="Lieu")

    code_commune: str
    nom: str
    codes_postaux: list[str]
    departement: str
    latitude: float
    longitude: float


class UnderstoodNeed(BaseModel):
    """Un besoin compris dans les mots de la recherche."""

    model_config = CLOSED | ConfigDict(title="Besoin")

    valeur: Annotated[str, Field(description="La thématique.")]
    label: Annotated[str, Field(description="En mots simples.")]


class CorrectionModel(BaseModel):
    """Un mot que rien ne contient, et celui qui a été cherché à sa place."""

    model_config = CLOSED | ConfigDict(title="Correction")

    tape: Annotated[str, Field(description="Le mot tel que compris de la recherche, sans accents.")]
    lu: Annotated[str, Field(description="Le mot cherché, comme une offre de cette page l'écrit.")]


class SearchResponse(BaseModel):
    """Une page d'offres."""

    model_config = CLOSED | ConfigDict(title="Recherche")

    items: list[Item]
    total: Annotated[int, Field(description="Offres trouvées en tout ; exact.")]
    page: Annotated[int | None, Field(description="null quand on avance par curseur.")]
    size: int
    curseur: Annotated[str | None, Field(description="À renvoyer pour la suite ; null sur la dernière page.")]
    facettes: Annotated[dict[str, list[FacetValue]], Field(description="Par nom de paramètre, celles demandées.")]
    par_sens: Annotated[
        bool, Field(description="Vrai quand rien ne contient les mots : voici le plus proche par le sens.")
    ]
    besoins: Annotated[list[UnderstoodNeed], Field(description="Besoins compris, du plus sûr au moins sûr.")]
    compris: Annotated[
        UnderstandResponse | None, Field(description="Tout ce qui est compris des mots ; null sans `q`.")
    ]
    corrections: Annotated[
        list[CorrectionModel],
        Field(description="Mots corrigés ; `tel_quel=true` cherche les mots comme ils sont écrits."),
    ]
    lieu: Annotated[
        Place | None, Field(description="Où l'on a cherché : le lieu demandé, à défaut celui que disent les mots.")
    ]
    version: Annotated[str, Field(description="Version de l'index.")]
    duree_ms: Annotated[float, Field(description="Durée de la recherche dans l'index, en millisecondes.")]


class SimilarResponse(BaseModel):
    """Les offres les plus proches d'une autre."""

    model_config = CLOSED | ConfigDict(title="Similaires")

    items: list[Item]


class ParameterErrorModel(BaseModel):
    """Un paramètre à corriger."""

    model_config = CLOSED | ConfigDict(title="ErreurDeParametre")

    parametre: str
    valeur: str
    message: str
    proposition: Annotated[str | None, Field(description="Le nom ou la valeur connus les plus proches.")]


class ProblemModel(BaseModel):
    """Une erreur (RFC 9457)."""

    model_config = ConfigDict(
        title="Probleme",
        json_schema_extra={
            "example": {
                "type": "urn:maillage:erreur:parametres",
                "title": "Paramètres refusés",
                "status": 422,
                "detail": "thematique : Ce paramètre n'existe pas. Vouliez-vous dire « thematiques » ?",
                "errors": [
                    {
                        "parametre": "thematique",
                        "valeur": "mobilite",
                        "message": "Ce paramètre n'existe pas. Vouliez-vous dire « thematiques » ?",
                        "proposition": "thematiques",
                    }
                ],
            }
        },
    )

    type: Annotated[str, Field(description="Sorte d'erreur, pour les programmes.")]
    title: str
    status: int
    detail: Annotated[str, Field(description="Ce qui ne va pas et que faire, pour une personne.")]
    errors: Annotated[list[ParameterErrorModel] | None, Field(description="Un par paramètre à corriger.")] = None


class GoneModel(ProblemModel):
    """Une offre retirée, et vers quoi se tourner."""

    model_config = ConfigDict(title="OffreRetireeProbleme", json_schema_extra=None)

    offre: RetiredOffer
    alternatives: list[Item]


def example_place() -> dict[str, Any]:
    """Where the searches and plans of the documentation are made."""
    return {
        "code_commune": "90010",
        "nom": "Belfort",
        "codes_postaux": ["90000"],
        "departement": "90",
        "latitude": 47.6397,
        "longitude": 6.8638,
    }


def example_search() -> dict[str, Any]:
    """The frame of an answer, without its offers."""
    return {
        "items": [],
        "total": 12,
        "page": 1,
        "size": 20,
        "curseur": "WyJ…",
        "facettes": {
            "thematiques": [
                {
                    "valeur": "mobilite--preparer-un-permis",
                    "label": "Passer le permis",
                    "nombre": 12,
                    "selectionne": False,
                    "parent": "mobilite",
                },
            ]
        },
        "par_sens": False,
        "besoins": [{"valeur": "mobilite--preparer-un-permis", "label": "Passer le permis"}],
        "compris": example_understood(),
        "lieu": example_place(),
        "version": "20260302-1",
        "duree_ms": 3.2,
    }
