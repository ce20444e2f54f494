"""Our own wording of the thématiques, for people who do not speak the administration's language.

Two to five everyday words, at most 40 characters, no acronym but « CV », no word that supposes a man or a woman.
The official label stays beside it: `indexer.schema.vocabulary.Term` carries both.
"""

from typing import Final

PLAIN_CATEGORY_LABELS: Final[dict[str, str]] = {
    "choisir-un-metier": "Trouver sa voie",
    "creer-une-entreprise": "Se mettre à son compte",
    "difficultes-administratives-ou-juridiques": "Papiers et droits",
    "difficultes-financieres": "Argent et dettes",
    "equipement-et-alimentation": "Manger, s’habiller, s’équiper",
    "famille": "Enfants et proches",
    "lecture-ecriture-calcul": "Lire, écrire, compter",
    "logement-hebergement": "Se loger",
    "mobilite": "Se déplacer",
    "numerique": "Ordinateur et Internet",
    "preparer-sa-candidature": "Se préparer à postuler",
    "remobilisation": "Retrouver de l’élan",
    "sante": "Prendre soin de sa santé",
    "se-former": "Suivre une formation",
    "souvrir-a-linternational": "Partir ou rentrer de l’étranger",
    "trouver-un-emploi": "Trouver du travail",
}

PLAIN_THEMATIQUE_LABELS: Final[dict[str, str]] = {
    # Trouver sa voie
    "choisir-un-metier--confirmer-son-choix-de-metier": "Vérifier qu’un métier me plaît",
    "choisir-un-metier--connaitre-les-opportunites-demploi": "Savoir quels métiers recrutent",
    "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite": "Découvrir des métiers",
    "choisir-un-metier--identifier-ses-points-forts-et-ses-competences": "Trouver ses points forts",
    # Se mettre à son compte
    "creer-une-entreprise--definir-son-projet-de-creation-dentreprise": "Préciser son idée d’entreprise",
    "creer-une-entreprise--developper-son-entreprise": "Faire grandir son entreprise",
    "creer-une-entreprise--structurer-son-projet-de-creation-dentreprise": "Lancer son entreprise",
    # Papiers et droits
    "difficultes-administratives-ou-juridiques--accompagnement-aux-demarches-administratives": "Remplir ses papiers",
    "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-a-la-citoyennete": (
        "Voter, demander la nationalité"
    ),
    "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits": "Connaître ses droits et aides",
    "difficultes-administratives-ou-juridiques--beneficier-dune-mesure-daccompagnement-adapte": (
        "Avoir quelqu’un à ses côtés"
    ),
    "difficultes-administratives-ou-juridiques--connaitre-ses-droits-face-a-une-discrimination": (
        "Réagir à une discrimination"
    ),
    "difficultes-administratives-ou-juridiques--prendre-en-compte-une-problematique-judiciaire": (
        "Faire face à la justice"
    ),
    # Argent et dettes
    "difficultes-financieres--acquerir-une-autonomie-budgetaire": "Apprendre à tenir son budget",
    "difficultes-financieres--ameliorer-sa-gestion-budgetaire": "Mieux gérer son argent",
    "difficultes-financieres--mettre-en-place-une-mesure-de-protection-financiere": "Faire protéger son argent",
    "difficultes-financieres--prevenir-une-degradation-de-la-situation-financiere": "Éviter les ennuis d’argent",
    "difficultes-financieres--situation-dendettement-surendettement": "Sortir de ses dettes",
    # Manger, s’habiller, s’équiper
    "equipement-et-alimentation--aide-menagere": "De l’aide pour le ménage",
    "equipement-et-alimentation--alimentation": "Avoir de quoi manger",
    "equipement-et-alimentation--electromenager": "Trouver un frigo, un lave-linge",
    "equipement-et-alimentation--habillement": "Trouver des vêtements",
    # Enfants et proches
    "famille--garde-denfants": "Faire garder son enfant",
    "famille--prise-en-charge-personne-dependante": "Faire prendre soin d’un proche",
    "famille--soutien-a-la-parentalite-et-a-leducation": "Parler de son rôle de parent",
    "famille--soutien-aidants": "Souffler quand on aide un proche",
    "famille--surmonter-conflits-separation-violence": "Sortir d’un conflit ou de violences",
    # Lire, écrire, compter
    "lecture-ecriture-calcul--maitriser-le-calcul": "Apprendre à compter",
    "lecture-ecriture-calcul--maitriser-le-francais": "Parler, lire et écrire le français",
    # Se loger
    "logement-hebergement--acheter-un-logement": "Acheter une maison, un appartement",
    "logement-hebergement--changer-de-logement": "Trouver un logement plus adapté",
    "logement-hebergement--louer-un-logement": "Trouver un logement à louer",
    "logement-hebergement--rechercher-une-solution-dhebergement-temporaire": "Trouver où dormir",
    "logement-hebergement--reduire-les-impayes-de-loyer": "Payer son loyer",
    "logement-hebergement--se-maintenir-dans-le-logement": "Garder son logement",
    "logement-hebergement--sinformer-sur-les-demarches-liees-a-lacces-au-logement": "Demander un logement",
    # Se déplacer
    "mobilite--acceder-a-un-vehicule": "Trouver une voiture, un scooter",
    "mobilite--entretenir-reparer-son-vehicule": "Réparer sa voiture",
    "mobilite--etre-accompagne-dans-son-parcours-mobilite": "Apprendre à se déplacer",
    "mobilite--financer-ma-mobilite": "Payer ses trajets",
    "mobilite--mobilite-douce-partagee-collective": "Prendre le bus, le vélo, covoiturer",
    "mobilite--preparer-un-permis": "Passer le permis",
    # Ordinateur et Internet
    "numerique--acceder-a-des-services-en-ligne": "Faire ses démarches en ligne",
    "numerique--acceder-a-une-connexion-internet": "Avoir Internet",
    "numerique--acquerir-un-equipement": "Trouver un ordinateur, un téléphone",
    "numerique--maitriser-les-fondamentaux-du-numerique": "Apprendre l’ordinateur",
    # Se préparer à postuler
    "preparer-sa-candidature--developper-son-reseau": "Se faire des contacts",
    "preparer-sa-candidature--organiser-ses-demarches-de-recherche-demploi": "Organiser sa recherche d’emploi",
    "preparer-sa-candidature--realiser-un-cv-et-ou-une-lettre-de-motivation": "Faire son CV et sa lettre",
    "preparer-sa-candidature--valoriser-ses-competences": "Montrer ce que l’on sait faire",
    # Retrouver de l’élan
    "remobilisation--activites-sportives-et-culturelles": "Faire du sport, sortir",
    "remobilisation--benevolat-action-citoyenne": "Devenir bénévole",
    "remobilisation--bien-etre-confiance-en-soi": "Reprendre confiance en soi",
    "remobilisation--lien-social": "Rencontrer du monde",
    # Prendre soin de sa santé
    "sante--acces-aux-soins": "Se soigner",
    "sante--addictions": "Se libérer d’une addiction",
    "sante--constituer-un-dossier-mdph-invalidite": "Faire reconnaître un handicap",
    "sante--sante-mentale": "Prendre soin de son moral",
    "sante--sante-sexuelle": "Contraception et santé sexuelle",
    # Suivre une formation
    "se-former--monter-son-dossier-de-formation": "Faire financer sa formation",
    "se-former--trouver-sa-formation": "Choisir une formation",
    # Partir ou rentrer de l’étranger
    "souvrir-a-linternational--connaitre-les-opportunites-demploi-a-letranger": "Travailler à l’étranger",
    "souvrir-a-linternational--sinformer-sur-les-aides-pour-travailler-a-letranger": "Trouver des aides pour partir",
    "souvrir-a-linternational--sorganiser-suite-a-son-retour-en-france": "Revenir vivre en France",
    # Trouver du travail
    "trouver-un-emploi--convaincre-un-recruteur-en-entretien": "Réussir un entretien d’embauche",
    "trouver-un-emploi--faire-des-candidatures-spontanees": "Se proposer à un employeur",
    "trouver-un-emploi--maintien-dans-lemploi": "Garder son emploi",
    "trouver-un-emploi--repondre-a-des-offres-demploi": "Répondre à une offre d’emploi",
    "trouver-un-emploi--suivre-ses-candidatures-et-relancer-les-employeurs": "Relancer les employeurs",
}
