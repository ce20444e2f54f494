"""The profile that a conversion gives."""

from typing import Annotated, Any

from pydantic import ConfigDict, Field

from indexer.matching.profile import Lieu, Profile


class ConvertedProfile(Profile):
    """Le profil, comme `POST /v1/match` le prend."""

    model_config = ConfigDict(title="ProfilConverti")

    lieu: Annotated[Lieu | None, Field(description="Absent quand le diagnostic ne dit aucun lieu : ajoutez-le.")] = None  # type: ignore[assignment]


def example_diagnostic() -> dict[str, Any]:
    """A diagnosis of ours, short."""
    return {
        "besoinsParDiagnostic": [
            {
                "diagnostic": {"nomMetier": "Boulanger", "codeRome": "D1102", "estPrioritaire": True},
                "thematiquesBesoins": [
                    {"besoins": [{"code": "5", "libelle": "Trouver sa formation", "valeur": "BESOIN"}]}
                ],
            }
        ],
        "extra": {"offreRaisonnableEmploi": {"trajetAllerAccepte": "90000 BELFORT + 20 MIN"}},
    }


def example_converted() -> dict[str, Any]:
    """What the example becomes."""
    return {
        "lieu": {"code_commune": "90010"},
        "mobilite": {"duree_max_min": 20},
        "publics": [],
        "besoins": [
            {
                "thematique": "se-former--trouver-sa-formation",
                "priorite": "moyenne",
                "etat": "besoin",
                "texte": "Trouver sa formation",
            }
        ],
        "projets": [{"priorite": "haute", "code_rome": "D1102", "texte": "Boulanger"}],
        "non_compris": [],
    }
