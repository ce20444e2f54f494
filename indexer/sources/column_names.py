"""What partners call their columns, by field; the names seen in public open data and in our own practice."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from indexer.sources.forms import date_of, hours_of

NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "identifiant", "reference", "ref", "numero", "code action", "n°"),
    "nom": (
        "intitule", "titre", "nom de l atelier", "atelier", "nom de l action", "action", "nom de l offre", "offre",
        "activite", "libelle", "nom du service", "service", "formation", "evenement", "prestation", "nom", "sujet",
    ),
    "structure": (
        "structure", "organisme", "association", "porteur", "partenaire", "operateur", "nom de la structure",
        "propose par", "organisateur", "employeur", "etablissement", "prestataire",
    ),
    "siret": ("siret", "numero siret", "n° siret"),
    "description": ("description", "descriptif", "contenu", "objectif", "presentation", "programme", "detail"),
    "debut": ("date", "jour", "date de debut", "debut", "date debut", "le", "date de l atelier", "quand"),
    "fin": ("date de fin", "fin", "date fin", "au"),
    "heure": ("heure", "heures", "horaire", "horaires", "heure de debut", "heure debut", "creneau"),
    "heure_fin": ("heure de fin", "heure fin"),
    "places": ("places", "nombre de places", "nb places", "capacite", "nb de places", "effectif"),
    "places_restantes": ("places restantes", "places disponibles", "places libres"),
    "lieu": ("lieu", "salle", "site", "lieu de l atelier", "ou"),
    "adresse": ("adresse", "rue", "voie", "adresse postale", "adresse du lieu"),
    "complement_adresse": ("complement d adresse", "complement adresse", "batiment"),
    "code_postal": ("code postal", "cp", "code_postal", "codepostal"),
    "commune": ("commune", "ville", "localite", "lieu commune"),
    "code_insee": ("code insee", "insee", "code commune"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "telephone": ("telephone", "tel", "portable", "tel contact", "numero de telephone", "contact tel"),
    "courriel": ("courriel", "mail", "email", "e mail", "adresse mail", "mel", "adresse electronique", "contact mail"),
    "lien_mobilisation": ("lien d inscription", "inscription", "lien inscription", "s inscrire"),
    "lien_source": ("lien", "url", "site web", "site internet", "page"),
    "contact_nom_prenom": ("contact", "referent", "animateur", "intervenant", "nom du contact", "personne a contacter"),
    "frais": ("tarif", "prix", "cout", "frais", "payant", "gratuit", "participation"),
    "publics": ("public", "publics", "public vise", "beneficiaires", "pour qui", "public cible"),
    "publics_precisions": ("precisions public", "public precisions"),
    "thematiques": ("thematique", "thematiques", "theme", "themes", "domaine", "categorie", "besoin"),
    "conditions_acces": ("conditions", "conditions d acces", "prerequis", "pre requis", "modalites d acces"),
    "modes_accueil": ("mode d accueil", "modalite", "presentiel ou distanciel", "format"),
    "horaires_accueil": ("horaires d ouverture", "ouverture", "horaires d accueil"),
    "langues": ("langue", "langues"),
    "age_min": ("age minimum", "age min", "a partir de"),
    "age_max": ("age maximum", "age max"),
    "date_maj": ("mis a jour", "date de mise a jour", "derniere modification", "maj", "mise a jour le"),
}  # fmt: skip

_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"(?:\+?33|0)?\s*[1-9](?:[ .-]?\d{2}){4}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_POSTAL = re.compile(r"\d{4,5}")
_SIRET = re.compile(r"\d{14}")

LOOKS: Final[Mapping[str, Callable[[str], bool]]] = {
    "courriel": lambda text: _MAIL.search(text) is not None,
    "telephone": lambda text: _PHONE.search(text) is not None and not _SIRET.fullmatch(text.replace(" ", "")),
    "lien_source": lambda text: _LINK.search(text) is not None,
    "lien_mobilisation": lambda text: _LINK.search(text) is not None or _MAIL.search(text) is not None,
    "code_postal": lambda text: _POSTAL.fullmatch(text.replace(" ", "")) is not None,
    "siret": lambda text: _SIRET.fullmatch(text.replace(" ", "")) is not None,
    "debut": lambda text: bool(date_of(text)),
    "fin": lambda text: bool(date_of(text)),
    "date_maj": lambda text: bool(date_of(text)),
    "heure": lambda text: bool(hours_of(text)),
    "heure_fin": lambda text: bool(hours_of(text)),
    "places": lambda text: text.strip().isdecimal() and len(text) < 6,
    "places_restantes": lambda text: text.strip().isdecimal() and len(text) < 6,
    "latitude": lambda text: re.fullmatch(r"-?\d{1,2}[.,]\d+", text) is not None,
    "longitude": lambda text: re.fullmatch(r"-?\d{1,3}[.,]\d+", text) is not None,
}
"""What a value of a field looks like, for the fields whose values have a look."""

TOLD_BY_VALUES: Final = ("courriel", "siret", "telephone", "lien_source", "debut")
"""Fields that values alone can tell, in the order in which they are tried."""
