"""Offers and structures as they are sent: the fields of the national schema, then ours."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Final

from data_inclusion.schema import v1
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from indexer.public import PRIVATE_FIELDS
from indexer.schema import Offer, Statut, Structure

CLOSED = ConfigDict(extra="forbid", defer_build=True)

_OURS: Final = {
    "commune": "Nom de la commune.",
    "code_postal": "Code postal.",
    "code_insee": "Code INSEE de la commune.",
    "adresse": "Numéro et voie.",
    "complement_adresse": "Bâtiment, étage, boîte postale.",
    "longitude": "En degrés (WGS 84).",
    "latitude": "En degrés (WGS 84).",
    "modes_accueil": "Sur place, à distance, ou les deux.",
    "site_web": "Adresse du site.",
    "rna": "Numéro d'association (RNA).",
    "type_offre": "Atelier, formation, immersion ou service.",
    "sous_type": "Précise le type : forum, job dating, réunion d'information…",
    "sessions": "Séances datées, à l'heure de leur lieu.",
    "metiers": "Métiers visés, par code ROME 4.0.",
    "langues": "Langues parlées, par code ISO 639.",
    "accessible_pmr": "Accessible aux personnes à mobilité réduite ; null quand ce n'est pas su.",
    "age_min": "Âge minimal, en années.",
    "age_max": "Âge maximal, en années.",
    "justificatifs": "Papiers à apporter.",
    "validite": "Jours entre lesquels l'offre vaut, inclus ; une borne absente est ouverte.",
    "immersion": "Ce que seule une immersion a : entreprise, contact, capacité.",
    "position_approximative": "Vrai quand le point est celui de la structure ou du centre de la commune.",
}


class Provenance(BaseModel):
    """D'où vient une fiche."""

    model_config = CLOSED

    flux: Annotated[str, Field(description="Import qui l'a apportée.")]
    source: Annotated[str, Field(description="Producteur.")]
    licence: Annotated[str | None, Field(description="Licence de ses données.")]
    url: Annotated[str | None, Field(description="Où la lire chez son producteur.")]
    recupere_le: Annotated[datetime, Field(description="Quand ce contenu a été vu pour la première fois.")]
    hash_contenu: Annotated[str, Field(description="Empreinte du contenu : égale tant qu'il ne change pas.")]


def _described(model: type[BaseModel], national: type[BaseModel]) -> dict[str, Any]:
    """The public fields of a model, all always present, with the words of the national schema or else ours."""
    return {
        name: (field.annotation, Field(description=_words(name, national.model_fields)))
        for name, field in model.model_fields.items()
        if name not in PRIVATE_FIELDS
    }


def _words(name: str, national: Mapping[str, FieldInfo]) -> str:
    said = national[name].description if name in national else None
    return _OURS[name] if not said else " ".join(said.split("\n\n")[0].split())


Structure_ = create_model(
    "Structure",
    __config__=CLOSED,
    __doc__="Une structure : qui porte des offres.",
    **_described(Structure, v1.Structure),
)


class OtherSource(BaseModel):
    """Une autre fiche de la même offre."""

    model_config = CLOSED

    id: str = Field(description="Identifiant de cette fiche.")
    source: str = Field(description="Qui la produit.")
    lien_source: str | None = Field(description="Sa page chez son producteur.")
    champs: list[str] = Field(description="Les champs que cette fiche a complétés.")


_ADDED: Final[dict[str, Any]] = {
    "thematiques_predites": (list[str], Field(description="Thématiques déduites du texte, faute d'être données.")),
    "metiers_predits": (
        list[str],
        Field(description="Métiers déduits du titre, par code ROME 4.0, faute d'être donnés."),
    ),
    "moments": (list[str], Field(description="Quand elle a lieu (journee, soir, week-end) ; vide si ce n'est pas su.")),
    "score_qualite": (float, Field(ge=0, le=1, description="Qualité de la fiche, de 0 à 1.")),
    "statut": (Statut, Field(description="Seule une offre publiée vient dans une recherche.")),
    "provenance": (Provenance, Field(description="D'où vient l'offre.")),
    "autres_sources": (list[OtherSource], Field(description="Les autres fiches de la même offre, réunies à celle-ci.")),
}

_OFFER: Final = _described(Offer, v1.Service) | _ADDED

OfferOfStructure = create_model(
    "OffreDeStructure", __config__=CLOSED, __doc__="Une offre, sans sa structure qui la contient déjà.", **_OFFER
)

Offer_ = create_model(
    "Offre",
    __config__=CLOSED,
    __doc__="Une offre et sa structure.",
    **_OFFER,
    structure=(Structure_ | None, Field(description="Qui la porte.")),
)

StructureWithOffers = create_model(
    "StructureEtOffres",
    __config__=CLOSED,
    __doc__="Une structure et ses offres publiées.",
    **_described(Structure, v1.Structure),
    statut=(Statut, Field(description="Publiée, ou retirée.")),
    provenance=(Provenance, Field(description="D'où vient la structure.")),
    offres=(list[OfferOfStructure], Field(description="Ses offres publiées, par identifiant.")),  # type: ignore[valid-type]
)


class RetiredOffer(BaseModel):
    """Ce qui reste d'une offre retirée."""

    model_config = CLOSED | ConfigDict(title="OffreRetiree")

    id: str
    nom: str
    structure: Annotated[str | None, Field(description="Nom de la structure.")]
    commune: str | None
    retiree_le: date | datetime
