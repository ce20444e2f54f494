"""What the routes of publications take and answer."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.publish.states import State
from search_api.schemas.records import CLOSED

Mode = Literal["courriel", "telephone", "en-personne"]
Duration = Literal["quelques-jours", "une-semaine", "deux-semaines", "un-mois"]


class SessionBody(BaseModel):
    """Une séance, à l'heure du lieu."""

    model_config = ConfigDict(extra="forbid", title="SeanceAPublier")

    date: Annotated[str, Field(description="Jour : `2026-09-15`.")]
    debut: Annotated[str, Field(description="Heure : `14:00`.")]
    fin: Annotated[str, Field(description="Heure de fin.")] = ""
    places: Annotated[int | None, Field(description="Places en tout.")] = None
    lieu: Annotated[str, Field(description="Adresse, si elle est autre.")] = ""


class _Common(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    siret: Annotated[str, Field(description="14 chiffres.")] = ""
    nom: Annotated[str, Field(description="Nom que les personnes verront.")] = ""
    adresse: Annotated[str, Field(description="Numéro et rue.")] = ""
    lieu: Annotated[str, Field(description="Commune ou code postal.")] = ""
    code_commune: Annotated[str, Field(description="Code INSEE, plus sûr que `lieu`.")] = ""
    publics: Annotated[list[str], Field(description="Valeurs du vocabulaire `publics` ; vide : tout le monde.")] = []
    conditions: Annotated[str, Field(description="Ce qu'il faut savoir avant de venir.")] = ""
    accessible_pmr: Annotated[bool, Field(description="Le lieu est accessible en fauteuil roulant.")] = False
    contact: Annotated[str, Field(description="Qui répond. N'est pas montré.")] = ""
    courriel: Annotated[str, Field(description="Reçoit la confirmation et les demandes. N'est pas montré.")] = ""
    mode: Annotated[Mode, Field(description="Comment les personnes vous joignent.")] = "courriel"
    telephone: Annotated[str, Field(description="Montré seulement avec `mode=telephone`.")] = ""
    disponible_du: Annotated[str, Field(description="Premier jour de la période : `2026-09-15`.")] = ""
    disponible_au: Annotated[str, Field(description="Dernier jour de la période.")] = ""
    accord: Annotated[bool, Field(description="Vrai : vous pouvez publier pour cette structure.")] = False


class ImmersionBody(_Common):
    """Une immersion à publier."""

    model_config = ConfigDict(title="ImmersionAPublier")

    metiers: Annotated[list[str], Field(description="Codes ROME, trois au plus.")] = []
    taches: Annotated[str, Field(description="Ce que la personne verra et fera.")] = ""
    duree: Annotated[Duration, Field(description="Combien de temps dure l'immersion.")] = "une-semaine"
    en_meme_temps: Annotated[int, Field(description="Personnes à la fois.")] = 1
    par_mois: Annotated[int, Field(description="Demandes acceptées par mois, au plus.")] = 2


class WorkshopBody(_Common):
    """Un atelier à publier."""

    model_config = ConfigDict(title="AtelierAPublier")

    sans_siret: Annotated[bool, Field(description="Vrai : la structure n'a pas de SIRET.")] = False
    titre: Annotated[str, Field(description="Titre court.")] = ""
    description: Annotated[str, Field(description="Ce qu'on y fait.")] = ""
    besoins: Annotated[list[str], Field(description="Thématiques, trois au plus.")] = []
    frais: Annotated[Literal["gratuit", "payant"], Field(description="Prix.")] = "gratuit"
    frais_precisions: Annotated[str, Field(description="Combien, s'il est payant.")] = ""
    langues: Annotated[str, Field(description="Langues parlées en plus du français, séparées par des virgules.")] = ""
    seances: Annotated[list[SessionBody], Field(description="Une séance au moins, à venir.")] = []


class PublicationModel(BaseModel):
    """Où en est une publication."""

    model_config = CLOSED | ConfigDict(title="Publication")

    type_offre: Annotated[Literal["immersion", "atelier"], Field(description="Ce qui est publié.")]
    etat: Annotated[State, Field(description="Où en est la publication.")]
    offre_id: Annotated[str | None, Field(description="L'offre du catalogue, une fois acceptée.")]
    raison: Annotated[str, Field(description="Ce qui est à corriger, ou pourquoi c'est refusé.")]
    reprise_le: Annotated[str | None, Field(description="Fin prévue de la pause.")]
    jeton: Annotated[
        str | None, Field(description="À garder secret : il gère la publication. Donné une fois, à la confirmation.")
    ]


def workshop_schema() -> dict[str, Any]:
    """The schema of a workshop's body, that of a session inside it: a document of OpenAPI has no definitions there."""
    schema = WorkshopBody.model_json_schema()
    (session,) = schema.pop("$defs").values()
    schema["properties"]["seances"]["items"] = session
    return schema


def example_immersion() -> dict[str, Any]:
    return {
        "siret": "55210055400013",
        "nom": "Boulangerie du Lion",
        "code_commune": "90010",
        "metiers": ["D1102"],
        "taches": "Vous verrez le fournil et vous façonnerez des baguettes.",
        "contact": "Léa Martin",
        "courriel": "lea@boulangerie.exemple.fr",
        "par_mois": 2,
        "accord": True,
    }


def example_workshop() -> dict[str, Any]:
    return {
        "sans_siret": True,
        "nom": "CCAS de Belfort",
        "code_commune": "90010",
        "titre": "Premiers pas sur internet",
        "description": "On apprend à envoyer un courriel et à faire ses démarches.",
        "besoins": ["numerique--maitriser-les-fondamentaux-du-numerique"],
        "seances": [{"date": "2036-09-15", "debut": "14:00", "fin": "16:00", "places": 8}],
        "contact": "Amel B.",
        "courriel": "ccas@belfort.exemple.fr",
        "accord": True,
    }


def example_publication() -> dict[str, Any]:
    return {
        "type_offre": "immersion",
        "etat": "a-confirmer",
        "offre_id": None,
        "raison": "",
        "reprise_le": None,
        "jeton": None,
    }
