"""Old thématiques (v0) and their values of today; see v0_vocabulary. In doubt, the category alone."""

from typing import Final

_ADMIN = "difficultes-administratives-ou-juridiques"
_CREATE = "creer-une-entreprise"
_READ = "lecture-ecriture-calcul"
_HOME = "logement-hebergement"
_ONLINE = "numerique--acceder-a-des-services-en-ligne"
_POINTS = "choisir-un-metier--identifier-ses-points-forts-et-ses-competences"
_PAPERS = f"{_ADMIN}--accompagnement-aux-demarches-administratives"

# category of v0 → {what followed `--` → values of today}; "" is the category alone.
_OLD: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "acces-aux-droits-et-citoyennete": {
        "": (_ADMIN,),
        "accompagnement-dans-les-demarches-administratives": (_PAPERS,),
        "accompagnement-juridique": (f"{_ADMIN}--prendre-en-compte-une-problematique-judiciaire",),
        "aide-aux-victimes": (f"{_ADMIN}--prendre-en-compte-une-problematique-judiciaire",),
        "connaitre-ses-droits": (f"{_ADMIN}--accompagnement-pour-lacces-aux-droits",),
        "demandeurs-dasile-et-naturalisation": (f"{_ADMIN}--accompagnement-pour-lacces-a-la-citoyennete",),
        "developpement-durable": ("remobilisation--benevolat-action-citoyenne",),
        "faciliter-laction-citoyenne": ("remobilisation--benevolat-action-citoyenne",),
    },
    "accompagnement-social-et-professionnel-personnalise": {
        "": (f"{_ADMIN}--beneficier-dune-mesure-daccompagnement-adapte",),
        "decrochage-scolaire": ("se-former",),
        "definition-du-projet-professionnel": ("choisir-un-metier",),
        "parcours-d-insertion-socioprofessionnel": (f"{_ADMIN}--beneficier-dune-mesure-daccompagnement-adapte",),
    },
    "apprendre-francais": {
        "": (f"{_READ}--maitriser-le-francais",),
        "accompagnement-insertion-pro": (f"{_READ}--maitriser-le-francais",),
        "communiquer-vie-tous-les-jours": (f"{_READ}--maitriser-le-francais",),
        "suivre-formation": (f"{_READ}--maitriser-le-francais",),
    },
    "creation-activite": {
        "": (_CREATE,),
        "de-l-idee-au-projet": (f"{_CREATE}--definir-son-projet-de-creation-dentreprise",),
        "definir-son-projet-de-creation-dentreprise": (f"{_CREATE}--definir-son-projet-de-creation-dentreprise",),
        "demarrer-son-activite": (f"{_CREATE}--structurer-son-projet-de-creation-dentreprise",),
        "developper-son-entreprise": (f"{_CREATE}--developper-son-entreprise",),
        "elaborer-son-projet": (f"{_CREATE}--structurer-son-projet-de-creation-dentreprise",),
        "financer-son-projet": (f"{_CREATE}--structurer-son-projet-de-creation-dentreprise",),
        "reseautage-pour-createurs-dentreprise": (f"{_CREATE}--developper-son-entreprise",),
        "structurer-son-projet-de-creation-dentreprise": (f"{_CREATE}--structurer-son-projet-de-creation-dentreprise",),
    },
    "equipement-et-alimentation": {
        "acces-a-du-materiel-informatique": ("numerique--acquerir-un-equipement",),
        "acces-a-un-telephone-et-un-abonnement": ("numerique--acquerir-un-equipement",),
        "aide-alimentaire": ("equipement-et-alimentation--alimentation",),
    },
    "famille": {
        "accompagnement-femme-enceinte-bebe-jeune-enfant": ("famille--soutien-a-la-parentalite-et-a-leducation",),
        "information-et-accompagnement-des-parents": ("famille--soutien-a-la-parentalite-et-a-leducation",),
        "jeunes-sans-soutien-familial": ("famille",),
        "soutien-a-la-parentalite": ("famille--soutien-a-la-parentalite-et-a-leducation",),
        "soutien-aux-familles": ("famille",),
        "violences-intrafamiliales": ("famille--surmonter-conflits-separation-violence",),
    },
    "gestion-financiere": {
        "": ("difficultes-financieres",),
        "acces-au-micro-credit": ("difficultes-financieres",),
        "accompagnement-aux-personnes-en-difficultes-financieres": ("difficultes-financieres",),
        "apprendre-a-gerer-son-budget": ("difficultes-financieres--ameliorer-sa-gestion-budgetaire",),
        "beneficier-daides-financieres": ("difficultes-financieres",),
        "creation-et-utilisation-dun-compte-bancaire": ("difficultes-financieres--acquerir-une-autonomie-budgetaire",),
        "obtenir-une-aide-alimentaire": ("equipement-et-alimentation--alimentation",),
        "prevention-et-gestion-du-surendettement": ("difficultes-financieres--situation-dendettement-surendettement",),
    },
    "handicap": {
        "": (),  # a public of today, no longer a need
        "accompagnement-par-une-structure-specialisee": (),
        "adaptation-au-poste-de-travail": ("trouver-un-emploi--maintien-dans-lemploi",),
        "adapter-son-logement": (f"{_HOME}--se-maintenir-dans-le-logement",),
        "aide-a-la-personne": ("famille--prise-en-charge-personne-dependante",),
        "connaissance-des-droits-des-travailleurs": (f"{_ADMIN}--accompagnement-pour-lacces-aux-droits",),
        "faire-reconnaitre-un-handicap": ("sante--constituer-un-dossier-mdph-invalidite",),
        "favoriser-le-retour-et-le-maintien-dans-lemploi": ("trouver-un-emploi--maintien-dans-lemploi",),
        "gerer-le-depart-a-la-retraite-des-personnes-en-situation-de-handicap": (_ADMIN,),
        "mobilite-des-personnes-en-situation-de-handicap": ("mobilite",),
    },
    "illettrisme": {
        "": (_READ,),
        "accompagner-scolarite": ("famille--soutien-a-la-parentalite-et-a-leducation",),
        "ameliorer-vocabulaire": (f"{_READ}--maitriser-le-francais",),
        "etre-autonome": (_READ,),
        "info-acquisition-connaissances": (_READ,),
        "permis-conduire": ("mobilite--preparer-un-permis",),
        "reperer-situation-illettrisme": (_READ,),
        "surmonter-trouble-apprentissage": (_READ,),
        "trouver-emploi-formation": (_READ,),
        "utiliser-numerique": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "valider-certification-clea": (_READ,),
    },
    _HOME: {
        "aides-financieres-investissement-locatif": (f"{_HOME}--acheter-un-logement",),
        "besoin-dadapter-mon-logement": (f"{_HOME}--se-maintenir-dans-le-logement",),
        "connaissance-de-ses-droits-et-interlocuteurs": (
            f"{_HOME}--sinformer-sur-les-demarches-liees-a-lacces-au-logement",
        ),
        "demenagement": (f"{_HOME}--changer-de-logement",),
        "etre-accompagne-dans-son-projet-accession": (f"{_HOME}--acheter-un-logement",),
        "etre-accompagne-pour-se-loger": (f"{_HOME}--louer-un-logement",),
        "financer-son-projet-travaux": (f"{_HOME}--se-maintenir-dans-le-logement",),
        "gerer-son-budget": ("difficultes-financieres--ameliorer-sa-gestion-budgetaire",),
        "mal-loges-sans-logis": (f"{_HOME}--rechercher-une-solution-dhebergement-temporaire",),
        "probleme-avec-son-logement": (f"{_HOME}--se-maintenir-dans-le-logement",),
        "reprendre-un-emploi-ou-une-formation": (_HOME,),
    },
    "mobilite": {
        "acheter-un-vehicule-motorise": ("mobilite--acceder-a-un-vehicule",),
        "acheter-un-velo": ("mobilite--mobilite-douce-partagee-collective",),
        "aides-a-la-reprise-demploi-ou-a-la-formation": ("mobilite--financer-ma-mobilite",),
        "apprendre-a-utiliser-un-deux-roues": ("mobilite--mobilite-douce-partagee-collective",),
        "comprendre-et-utiliser-les-transports-en-commun": ("mobilite--mobilite-douce-partagee-collective",),
        "financer-mon-projet-mobilite": ("mobilite--financer-ma-mobilite",),
        "louer-un-vehicule": ("mobilite--acceder-a-un-vehicule",),
        "preparer-son-permis-de-conduire-se-reentrainer-a-la-conduite": ("mobilite--preparer-un-permis",),
    },
    "numerique": {
        "acceder-a-du-materiel": ("numerique--acquerir-un-equipement",),
        "accompagner-les-demarches-de-sante": (_ONLINE, "sante--acces-aux-soins"),
        "approfondir-ma-culture-numerique": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "creer-avec-le-numerique": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "creer-et-developper-mon-entreprise": ("numerique", _CREATE),
        "devenir-autonome-dans-les-demarches-administratives": (_ONLINE,),
        "favoriser-mon-insertion-professionnelle": ("numerique",),
        "prendre-en-main-un-ordinateur": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "prendre-en-main-un-smartphone-ou-une-tablette": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "promouvoir-la-citoyennete-numerique": ("numerique--maitriser-les-fondamentaux-du-numerique",),
        "realiser-des-demarches-administratives-avec-un-accompagnement": (_ONLINE,),
        "s-equiper-en-materiel-informatique": ("numerique--acquerir-un-equipement",),
        "soutenir-la-parentalite-et-l-education-avec-le-numerique": (
            "numerique", "famille--soutien-a-la-parentalite-et-a-leducation",
        ),
        "utiliser-le-numerique-au-quotidien": ("numerique--maitriser-les-fondamentaux-du-numerique",),
    },
    "remobilisation": {
        "bien-etre": ("remobilisation--bien-etre-confiance-en-soi",),
        "decouvrir-son-potentiel-via-le-sport-et-la-culture": ("remobilisation--activites-sportives-et-culturelles",),
        "discrimination": (f"{_ADMIN}--connaitre-ses-droits-face-a-une-discrimination",),
        "identifier-ses-competences-et-aptitudes": (_POINTS,),
        "participer-a-des-actions-solidaires-ou-de-benevolat": ("remobilisation--benevolat-action-citoyenne",),
        "pression-sociale": ("remobilisation",),
        "restaurer-sa-confiance-son-image-de-soi": ("remobilisation--bien-etre-confiance-en-soi",),
    },
    "sante": {
        "accompagnement-de-la-femme-enceinte-du-bebe-et-du-jeune-enfant": ("sante--acces-aux-soins",),
        "accompagner-les-traumatismes": ("sante--sante-mentale",),
        "bien-etre-psychologique": ("sante--sante-mentale",),
        "diagnostic-et-accompagnement-a-lemployabilite": ("sante",),
        "faire-face-a-une-situation-daddiction": ("sante--addictions",),
        "obtenir-la-prise-en-charge-de-frais-medicaux": ("sante--acces-aux-soins",),
        "prevention-et-acces-aux-soins": ("sante--acces-aux-soins",),
        "se-soigner-et-prevenir-la-maladie": ("sante--acces-aux-soins",),
        "vie-relationnelle-et-affective": ("sante--sante-sexuelle",),
    },
    "se-former": {
        "utiliser-le-numerique": ("numerique--maitriser-les-fondamentaux-du-numerique",),
    },
}  # fmt: skip

THEMATIQUES: Final[dict[str, tuple[str, ...]]] = {
    f"{category}--{detail}" if detail else category: values
    for category, details in _OLD.items()
    for detail, values in details.items()
}
