"""What `GET /v1/immersions` answers: the public shape of Immersion Facilitée."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.records import CLOSED

_BAKER: dict[str, Any] = {
    "rome": "D1102",
    "romeLabel": "Boulanger / Boulangère",
    "siret": "55210055400013",
    "name": "Boulangerie de l’Exemple",
    "voluntaryToImmersion": True,
    "appellations": [],
    "additionalInformation": "Voir le pétrissage et façonner des baguettes.",
    "contactMode": "EMAIL",
    "website": None,
    "locationId": "maillage--exemple",
    "address": {
        "streetNumberAndAddress": "3 rue de l’Exemple",
        "postcode": "90000",
        "departmentCode": "90",
        "city": "Belfort",
    },
    "position": {"lat": 47.6397, "lon": 6.8638},
    "urlOfPartner": None,
    "updatedAt": "2026-03-02T10:00:00+00:00",
    "distance_m": 1200,
}


class ImmersionAddress(BaseModel):
    """L'adresse d'une immersion ; un texte vide quand elle n'est pas connue."""

    model_config = CLOSED | ConfigDict(title="AdresseImmersion")

    streetNumberAndAddress: str
    postcode: str
    departmentCode: str
    city: str


class ImmersionPosition(BaseModel):
    """Un point, en degrés."""

    model_config = CLOSED | ConfigDict(title="PositionImmersion")

    lat: float
    lon: float


class ImmersionResult(BaseModel):
    """Un métier à découvrir dans une entreprise."""

    model_config = CLOSED | ConfigDict(title="ResultatImmersion", json_schema_extra={"example": _BAKER})

    rome: Annotated[str, Field(description="Code ROME 4.0 du métier.")]
    romeLabel: str
    siret: str | None
    name: Annotated[str, Field(description="Nom de l'entreprise.")]
    voluntaryToImmersion: Annotated[bool, Field(description="Toujours vrai : l'entreprise a publié elle-même.")]
    appellations: Annotated[list[str], Field(description="Toujours vide : nos offres nomment des métiers.")]
    additionalInformation: str
    contactMode: Literal["EMAIL", "PHONE", "IN_PERSON"] | None
    website: str | None
    locationId: Annotated[str, Field(description="L'identifiant de l'offre, pour `GET /v1/offers/{id}`.")]
    address: ImmersionAddress
    position: ImmersionPosition | None
    urlOfPartner: str | None
    updatedAt: str
    distance_m: Annotated[int | None, Field(description="Mètres depuis le lieu demandé.")]


class ImmersionPages(BaseModel):
    """Les pages comptent des offres : une offre de deux métiers donne deux résultats."""

    model_config = CLOSED | ConfigDict(title="PagesImmersions")

    currentPage: int
    totalPages: int
    numberPerPage: int
    totalRecords: int


class ImmersionsResponse(BaseModel):
    """Une page d'immersions."""

    model_config = CLOSED | ConfigDict(title="Immersions")

    data: list[ImmersionResult]
    pagination: ImmersionPages


def example_immersions() -> dict[str, Any]:
    pages = {"currentPage": 1, "totalPages": 1, "numberPerPage": 20, "totalRecords": 1}
    return {"data": [_BAKER], "pagination": pages}
