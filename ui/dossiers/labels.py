"""What a référent reads for each question of the questionnaire, and for each answer."""

from typing import Final

from indexer.dossiers.fields import MEANS, MOMENT, NEED, PUBLIC, YES
from indexer.geocode.communes import load_communes
from indexer.schema.vocabulary import label_of
from ui.contexts.plan_form import say_minutes
from ui.places import commune_label

STATES: Final = {"besoin": "Besoin", "point-fort": "Point fort", "": "Pas abordé"}
FIELDS: Final = {
    "nom": "Initiales ou pseudonyme",
    "age": "Âge",
    "code_commune": "Commune",
    "duree": "Trajet, au plus",
    "permis": "Permis de conduire",
    "note": "Ce que dit la personne",
    "envies": "De quoi avez-vous envie ?",
    "metier1": "Métier visé",
    "metier2": "Deuxième métier",
    "metier3": "Troisième métier",
    "gratuit": "Offres gratuites seulement",
    "a_distance": "À distance",
    "numerique": "Aisance avec Internet",
    "contraintes": "Autres contraintes",
}
MEANS_LABELS: Final = {
    "a-pied": "À pied",
    "velo": "À vélo",
    "transports-en-commun": "En bus ou en train",
    "voiture": "En voiture",
}
VALUES: Final = {
    "permis": {YES: "Oui", "non": "Non", "": "Pas abordé"},
    "a_distance": {"": "Possible", "prefere": "Préférée", "refuse": "Refusée"},
    "numerique": {"": "Pas abordée", "autonome": "Autonome", "a-accompagner": "À accompagner"},
}
_PREFIXED: Final = {NEED: "thematiques", PUBLIC: "publics", MOMENT: "moments"}


def say_field(field: str) -> str:
    """« Payer son loyer », « Âge »…; the field itself where nothing better is known."""
    if field.startswith(MEANS):
        return MEANS_LABELS.get(field.removeprefix(MEANS), field)
    for prefix, name in _PREFIXED.items():
        if field.startswith(prefix):
            return label_of(name, field.removeprefix(prefix))
    return FIELDS.get(field, field)


def say_value(field: str, value: str) -> str:
    """« Besoin », « 45 min », « Belfort (90000) »; « (vide) » for nothing."""
    if field.startswith(NEED):
        return STATES.get(value, value)
    if field in VALUES:
        return VALUES[field].get(value, value)
    if field == "code_commune" and value:
        commune = load_communes().resolve(value)
        return value if commune is None else commune_label(commune)
    if field == "duree" and value:
        return say_minutes(int(value))
    return ("Oui" if value == YES else value) or "(vide)"
