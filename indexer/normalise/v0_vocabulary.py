"""Values of data·inclusion's older vocabularies (v0, until 2025) and their values of today.

Sources: the enumerations of the packages `data-inclusion-schema` 0.4 to 0.27 and 1.0. An empty tuple: known, but
nothing of today says the same. An old thématique absent from here keeps its category, if that one is known.
"""

from typing import Final

from indexer.normalise.v0_thematiques import THEMATIQUES

_HANDICAP = ("personnes-en-situation-de-handicap",)
_URGENT = ("personnes-en-situation-durgence",)
_MAIL = ("envoyer-un-courriel",)
_LINK = ("utiliser-lien-mobilisation",)

PUBLICS: Final[dict[str, tuple[str, ...]]] = {
    "adultes": ("tous-publics",),  # nothing narrower says it, and narrowing would hide the offer
    "alternants": ("etudiants",),
    "beneficiaire-rsa": ("beneficiaires-des-minimas-sociaux",),
    "beneficiaires-rsa": ("beneficiaires-des-minimas-sociaux",),
    "deficience-visuelle": _HANDICAP,
    "demandeur-demploi": ("demandeurs-emploi",),
    "demandeurs-demploi": ("demandeurs-emploi",),
    "familles-enfants": ("familles",),
    "handicaps-mentaux": _HANDICAP,
    "handicaps-psychiques": _HANDICAP,
    "jeunes-16-26": ("jeunes",),
    "locataires": (),
    "personnes-de-nationalite-etrangere": ("personnes-exilees",),
    "personnes-en-situation-illettrisme": (),
    "personnes-handicapees": _HANDICAP,
    "proprietaires": (),
    "public-langues-etrangeres": ("personnes-exilees",),
    "retraites": ("seniors",),
    "salaries": ("actifs",),
    "sans-domicile-fixe": _URGENT,
    "seniors-65": ("seniors",),
    "sortants-de-detention": ("personnes-en-situation-juridique-specifique",),
    "surdite": _HANDICAP,
    "victimes": _URGENT,
}

FRAIS: Final[dict[str, tuple[str, ...]]] = {
    "gratuit-sous-conditions": ("gratuit",),
    "adhesion": ("payant",),
    "pass-numerique": (),
}
FRAIS_PRECISIONS: Final[dict[str, str]] = {
    "gratuit-sous-conditions": "Gratuit sous conditions.",
    "adhesion": "Adhésion demandée.",
    "pass-numerique": "Pass numérique accepté.",
}

TYPES: Final[dict[str, tuple[str, ...]]] = {
    "accueil": ("information",),
    "autonomie": (),
    "delegation": ("accompagnement",),
    "financement": ("aide-financiere",),
    "numerique": (),
}

MODES_MOBILISATION: Final[dict[str, tuple[str, ...]]] = {
    "autre": (),
    "completer-le-formulaire-dadhesion": _LINK,
    "prendre-rdv": _LINK,
    "envoyer-un-mail": _MAIL,
    "envoyer-un-mail-avec-des-documents-a-completer": _MAIL,
    "envoyer-un-mail-avec-une-fiche-de-prescription": _MAIL,
}

RESEAUX_PORTEURS: Final[dict[str, tuple[str, ...]]] = {
    "ACIPHC": ("aci",),
    "ASSO": (),
    "AVIP": ("creches-avip",),
    "CCAS": ("ccas-cias",),
    "CIAS": ("ccas-cias",),
    "MUNI": ("communes",),
    "CD": ("departements",),
    "DEPT": ("departements",),
    "REG": ("regions",),
    "CAP_EMPLOI": ("cap-emploi-reseau-cheops",),
    "cheops": ("cap-emploi-reseau-cheops",),
    "CCONS": ("chambres-consulaires",),
    "cci": ("chambres-consulaires",),
    "E2C": ("ecoles-de-la-deuxieme-chance",),
    "EPN": ("espaces-publics-numeriques",),
    "CNFS": ("conseillers-numeriques",),
    "conseiller-numerique": ("conseillers-numeriques",),
    "France Services": ("france-service",),
    "FT": ("france-travail",),
    "PE": ("france-travail",),
    "pole-emploi": ("france-travail",),
    "MDE": ("maisons-de-l-emploi",),
    "maisons-de-lemploi": ("maisons-de-l-emploi",),
    "MDS": ("maisons-des-solidarites",),
    "ML": ("mission-locale",),
    "MSA": ("mutualite-sociale-agricole",),
    "PAD": ("points-justice",),
    "point-justice": ("points-justice",),
    "point-conseil-budget": ("points-conseil-budget",),
    "PIJ_BIJ": ("reseau-information-jeunesse",),
    "PIMMS": ("pimms-mediation",),
    "RS_FJT": ("residences-fjt",),
    "RESSOURCERIE": ("ressourceries",),
    "la-ressourcerie": ("ressourceries",),
    "UDAF": ("unaf",),
    "bge": ("reseau-bge",),
    "fede-pro-fem": ("federation-professionnelle-femmes",),
    "tous-tes-possible": ("tous-tes-possibles",),
    "tzcld": ("etcld",),
    "unccas": ("ccas-cias",),
    "Autre": (),
    "CC": (),
    "CS": (),
    "EPCI": (),
    "ESS": (),
    "OF": (),
    "TIERS_LIEUX": (),
}

V0_VALUES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "thematiques": THEMATIQUES,
    "publics": PUBLICS,
    "frais": FRAIS,
    "types": TYPES,
    "modes_mobilisation": MODES_MOBILISATION,
    "reseaux_porteurs": RESEAUX_PORTEURS,
}
