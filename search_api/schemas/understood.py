"""What is understood of a text."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from search_api.schemas.records import CLOSED

Score = Annotated[float, Field(ge=0, le=1, description="De 0 à 1 : à quel point c'est sûr.")]
Words = Annotated[list[str], Field(description="Les mots qui y ont mené.")]


class Sign(BaseModel):
    """Une chose comprise."""

    model_config = CLOSED | ConfigDict(title="Compris")

    code: str
    label: Annotated[str, Field(description="En mots simples.")]
    score: Score
    mots: Words


class UnderstoodJob(BaseModel):
    """Un métier du ROME 4.0."""

    model_config = CLOSED | ConfigDict(title="MetierCompris")

    code_rome: str
    libelle: str
    score: Score
    mots: Words


class SaidPlace(BaseModel):
    """Le lieu dit dans le texte."""

    model_config = CLOSED | ConfigDict(title="LieuDit")

    code_commune: str
    nom: str
    precision: Annotated[
        Literal["commune", "departement"],
        Field(description="`departement` : seul le département est dit ; la commune est la plus peuplée."),
    ]
    score: Score
    mots: Words


class EmergencyNumber(BaseModel):
    """Un numéro d'urgence, gratuit."""

    model_config = CLOSED | ConfigDict(title="NumeroDUrgence")

    numero: str
    nom: str
    description: str
    horaires: Annotated[str | None, Field(description="null quand ils changent d'un jour à l'autre.")]


class Urgency(BaseModel):
    """Une détresse dite dans le texte : à montrer avant toute offre."""

    model_config = CLOSED | ConfigDict(title="Urgence")

    motif: Literal[
        "suicide", "danger", "enfant-en-danger", "violences", "malaise", "a-la-rue", "harcelement", "maltraitance"
    ]
    message: str
    numeros: list[EmergencyNumber]
    mots: Words


class UnderstandResponse(BaseModel):
    """Ce qui est compris d'un texte ; les listes vont du plus sûr au moins sûr."""

    model_config = CLOSED | ConfigDict(title="Comprehension")

    thematiques: Annotated[list[Sign], Field(description="Cinq au plus ; aucune quand le texte ne dit aucun besoin.")]
    metiers: list[UnderstoodJob]
    publics: Annotated[list[Sign], Field(description="Pour qui l'offre serait, au vocabulaire `publics`.")]
    lieu: SaidPlace | None
    contraintes: list[Sign]
    langue: Annotated[str, Field(description="Code ISO 639-1 ; `fr` quand rien ne le dit.")]
    langue_score: Score
    urgence: Urgency | None
    avertissements: Annotated[list[str], Field(description="Ce qui n'a pas été lu.")]


def example_understood() -> dict[str, Any]:
    return {
        "thematiques": [
            {
                "code": "mobilite--preparer-un-permis",
                "label": "Passer le permis",
                "score": 0.91,
                "mots": ["permis"],
            }
        ],
        "metiers": [],
        "publics": [{"code": "jeunes", "label": "Jeunes", "score": 0.9, "mots": ["ai", "17", "ans"]}],
        "lieu": {
            "code_commune": "90010",
            "nom": "Belfort",
            "precision": "commune",
            "score": 0.95,
            "mots": ["belfort"],
        },
        "contraintes": [{"code": "gratuit", "label": "Gratuit", "score": 0.75, "mots": ["pas", "cher"]}],
        "langue": "fr",
        "langue_score": 1.0,
        "urgence": None,
        "avertissements": [],
    }
