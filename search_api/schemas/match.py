"""What matching answers: a local plan."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from indexer.matching.profile import Moyen, Priorite
from search_api.schemas.records import CLOSED, Offer_
from search_api.schemas.search import Place, example_place
from search_api.schemas.understood import Urgency

Origine = Annotated[
    Literal["explicite", "deduit"], Field(description="Donné dans le profil, ou déduit des mots et des contraintes.")
]


class PlanOfferModel(BaseModel):
    """Une offre que la personne peut avoir, et pourquoi."""

    model_config = CLOSED | ConfigDict(title="OffreDuPlan")

    offre: Offer_
    distance_km: Annotated[float | None, Field(description="À vol d'oiseau, à une décimale ; null à distance.")]
    duree_min: Annotated[
        int | None, Field(description="Trajet de porte à porte : une estimation, aux 5 minutes supérieures.")
    ]
    score: Annotated[float, Field(description="De 0 à 1, comparable sous un même besoin seulement.")]
    raisons: Annotated[list[str], Field(description="Pourquoi elle est là, trois raisons au plus.")]
    reserves: Annotated[list[str], Field(description="Ce qu'il faut vérifier avant d'y aller.")]
    prochain_creneau: Annotated[
        str | None, Field(description="Prochaine séance, ISO 8601 avec le décalage de son lieu.")
    ]


class NoOfferModel(BaseModel):
    """Rien à portée : le plus proche au-delà, et ce qui se fait à distance."""

    model_config = CLOSED | ConfigDict(title="SansOffre")

    offre_la_plus_proche: PlanOfferModel | None
    distance_km: float | None
    a_distance: list[PlanOfferModel]


class PlanNeedModel(BaseModel):
    """Un besoin, et sa réponse."""

    model_config = CLOSED | ConfigDict(title="BesoinDuPlan")

    thematique: str
    label: Annotated[str, Field(description="En mots simples.")]
    origine: Origine
    priorite: Priorite
    urgent: Annotated[bool, Field(description="Vrai quand les mots disent une détresse de ce besoin.")]
    extrait: Annotated[str | None, Field(description="Les mots qui le disent.")]
    offres: list[PlanOfferModel]
    sans_offre: Annotated[NoOfferModel | None, Field(description="null exactement quand `offres` n'est pas vide.")]


class TensionModel(BaseModel):
    """À quel point on peine à recruter dans un métier."""

    model_config = CLOSED | ConfigDict(title="Tension")

    niveau: Annotated[int, Field(ge=1, le=5)]
    millesime: str
    territoire: Annotated[str, Field(description="Où c'est mesuré : bassin, à défaut département ou région.")]
    facteurs: dict[str, int]
    source: str


class HiringModel(BaseModel):
    """Projets d'embauche d'une famille de métiers."""

    model_config = CLOSED | ConfigDict(title="Embauches")

    famille: str
    projets: Annotated[int | None, Field(description="null quand le chiffre est secret ou absent, jamais 0.")]
    difficiles: Annotated[float | None, Field(description="Part jugée difficile.")]
    millesime: str
    secret: bool
    territoire: str


class CloseJobModel(BaseModel):
    """Un métier proche."""

    model_config = CLOSED | ConfigDict(title="MetierProche")

    code_rome: str
    libelle: str
    tension: TensionModel | None


class PlanJobModel(BaseModel):
    """Un métier du projet, ce que l'on en sait autour, et ce qui y mène."""

    model_config = CLOSED | ConfigDict(title="MetierDuPlan")

    code_rome: str
    libelle: str
    origine: Origine
    tension: TensionModel | None
    embauches: HiringModel | None
    proches: list[CloseJobModel]
    immersions: list[PlanOfferModel]
    formations: list[PlanOfferModel]


class SectorModel(BaseModel):
    """Un domaine qui recrute autour, et ce qui y mène."""

    model_config = CLOSED | ConfigDict(title="SecteurPorteur")

    domaine: str
    libelle: str
    tension: TensionModel
    immersions: list[PlanOfferModel]
    formations: list[PlanOfferModel]
    raisons: list[str]


class StepOfferModel(BaseModel):
    """Une offre d'une étape ; elle est entière sous son besoin ou son métier."""

    model_config = CLOSED | ConfigDict(title="OffreDEtape")

    id: str
    nom: str
    prochain_creneau: str | None


class StepModel(BaseModel):
    """Une étape du plan."""

    model_config = CLOSED | ConfigDict(title="Etape")

    rang: int
    titre: str
    objectif: str
    offres: list[StepOfferModel]
    premier_creneau: str | None
    heures_semaine: Annotated[float | None, Field(description="null quand aucune offre ne le dit.")]
    depend_de: Annotated[list[int], Field(description="Rangs des étapes qui passent avant.")]


class RightModel(BaseModel):
    """Un droit que le plan peut changer."""

    model_config = CLOSED | ConfigDict(title="Droit")

    titre: str
    pourquoi: str
    lien: Annotated[str, Field(description="Le site officiel.")]


class ReachModel(BaseModel):
    """Jusqu'où la personne va."""

    model_config = CLOSED | ConfigDict(title="Portee")

    rayon_km: Annotated[float, Field(description="À vol d'oiseau.")]
    moyen: Moyen
    duree_max_min: int
    estimation: Annotated[bool, Field(description="Vrai : déduit de vitesses courantes, pas d'un calcul d'itinéraire.")]


class MatchResponse(BaseModel):
    """Un plan local."""

    model_config = CLOSED | ConfigDict(title="Plan")

    lieu: Annotated[Place | None, Field(description="La commune ; null en mer et à l'étranger.")]
    portee: ReachModel
    besoins: Annotated[list[PlanNeedModel], Field(description="L'urgent d'abord, puis par priorité.")]
    metiers: list[PlanJobModel]
    secteurs_porteurs: list[SectorModel]
    etapes: list[StepModel]
    heures_semaine: Annotated[float | None, Field(description="De tout le plan, là où c'est su.")]
    droits: list[RightModel]
    alertes: Annotated[list[str], Field(description="Ce que le plan suppose, n'a pas lu, ou qui se contredit.")]
    urgence: Annotated[Urgency | None, Field(description="À montrer avant tout.")]
    non_compris: Annotated[list[str], Field(description="Ceux du profil, rendus.")]
    version: Annotated[str, Field(description="Version de l'index.")]
    duree_ms: float


def example_profile() -> dict[str, Any]:
    return {
        "lieu": {"code_commune": "90010"},
        "mobilite": {"moyens": ["transports-en-commun"], "duree_max_min": 45, "permis": False},
        "publics": ["femmes"],
        "age": 31,
        "besoins": [{"thematique": "famille--garde-denfants", "priorite": "haute"}],
        "texte": "Elle veut passer le permis pour devenir aide-soignante.",
        "projets": [{"code_rome": "J1501"}],
        "contraintes": {"gratuit": True},
    }


def example_plan() -> dict[str, Any]:
    """The frame of an answer, without its offers."""
    return {
        "lieu": example_place(),
        "portee": {"rayon_km": 9.3, "moyen": "transports-en-commun", "duree_max_min": 45, "estimation": True},
        "besoins": [
            {
                "thematique": "famille--garde-denfants",
                "label": "Faire garder son enfant",
                "origine": "explicite",
                "priorite": "haute",
                "urgent": False,
                "extrait": None,
                "offres": [],
                "sans_offre": {"offre_la_plus_proche": None, "distance_km": None, "a_distance": []},
            }
        ],
        "metiers": [],
        "secteurs_porteurs": [],
        "etapes": [],
        "heures_semaine": None,
        "droits": [],
        "alertes": [],
        "urgence": None,
        "non_compris": [],
        "version": "20260302-1",
        "duree_ms": 41.2,
    }
