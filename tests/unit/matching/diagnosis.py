"""Diagnoses of ours in the shape of France Travail's « diagnostic usager »: nobody's."""

from typing import Any


def need(label: str | None, value: str, code: str | None = None) -> dict[str, Any]:
    return {"code": code, "libelle": label, "valeur": value, "agent": None, "dateExploration": None}


def diagnosis(*needs: dict[str, Any], **head: Any) -> dict[str, Any]:
    told = {"nomMetier": "Boulanger", "typologie": "métier recherché", "codeRome": "D1102", "statut": "EN_COURS"}
    return {
        "diagnostic": told | {"estPrioritaire": True} | head,
        "thematiquesBesoins": [{"code": "1", "libelle": "Choisir un métier", "besoins": list(needs)}],
    }


def constraint(label: str | None, value: str = "OUI", **fields: Any) -> dict[str, Any]:
    return {"code": None, "libelle": label, "valeur": value, "estPrioritaire": False, "impact": "MOYEN"} | fields


def whole() -> dict[str, Any]:
    """All parts filled: a mother of a young child, without a car, who wants to bake bread."""
    return {
        "besoinsParDiagnostic": [
            diagnosis(
                need("Identifier ses points forts et ses compétences", "POINT_FORT", "1"),
                need("Trouver sa formation", "BESOIN", "5"),
                need("Réaliser un CV et/ou une lettre de motivation", "NON_EXPLORE", "9"),
            )
        ],
        "thematiqueContrainte": {
            "code": "7",
            "libelle": "Résoudre ses contraintes personnelles",
            "declareSansContrainte": {"flag": False, "date": None},
            "contraintes": [
                constraint(
                    "Développer sa mobilité",
                    code="23",
                    estPrioritaire=True,
                    situations=[
                        {"code": "7", "libelle": "Dépendant des transports en commun", "valeur": "OUI"},
                        {"code": "8", "libelle": "Permis non valide / suspension de permis", "valeur": "NON_ABORDEE"},
                    ],
                    objectifs=[{"code": "29", "libelle": "Accéder à un véhicule", "valeur": "NON_ABORDE"}],
                ),
                constraint(
                    "Surmonter ses contraintes familiales",
                    impact="FORT",
                    situations=[{"libelle": "Enfant(s) de moins de 3 ans sans solution de garde", "valeur": "OUI"}],
                ),
                constraint("Faire face à des difficultés de logement", "NON_ABORDEE"),
                constraint("Prendre en compte son état de santé", "NON"),
            ],
        },
        "pouvoirAgir": {"confiance": "NON", "accompagnement": "OUI", "resultatAnalyse": "Possible perte de confiance"},
        "autonomieNumerique": {
            "contrainte": {"code": "22", "libelle": None, "valeur": "NON", "impact": None},
            "besoin": {"code": "7", "libelle": "Utiliser le numérique", "valeur": "POINT_FORT"},
        },
        "extra": {
            "offreRaisonnableEmploi": {"trajetAllerAccepte": "59000 LILLE + 30 KM", "typeContratSouhaite": "CDI"},
            "ofii": {"beneficiaireCIR": True, "niveauFLE": "A.1 non acquis"},
            "situationAdministrative": {"beneficiaireRSA": True},
        },
    }
