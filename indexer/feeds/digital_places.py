"""Places of digital mediation: the national schema (`services`, `pivot`…) and the form export of a regional hub.

Both say what the place does, so each place is a structure and one offer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, iter_objects, paragraphs, slug, stable_id, text_of
from indexer.feeds.derived import derive_offer
from indexer.schema import Kind

SOURCE: Final = "mediation-numerique"
NOTHING_DONE: Final = "Le lieu ne dit pas ce qu'il propose."

_FORM_NAME: Final = "Nom du lieu ou de la structure"
_FORM_DAYS: Final = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
_FORM_NEEDS: Final = {
    "Accompagnements proposés aux démarches en ligne": "numerique--acceder-a-des-services-en-ligne",
    "Comprendre et Utiliser les sites d’accès aux droits proposées": "numerique--acceder-a-des-services-en-ligne",
    "Formations compétences de base proposées": "numerique--maitriser-les-fondamentaux-du-numerique",
    "Sensibilisations culture numérique": "numerique--maitriser-les-fondamentaux-du-numerique",
    "À disposition": "numerique--acceder-a-une-connexion-internet",
}
_NETWORKS: Final = {
    "CNFS": "conseillers-numeriques",
    "France Services": "france-service",
    "Aidants Connect": "aidants-connect",
}
_PUBLICS: Final = {"jeun": "jeunes", "senior": "seniors", "famille": "familles", "etudiant": "etudiants"}
_SEPARATOR = re.compile(r'","|";|;|\||"')


def iter_digital_places(file: FeedFile) -> Iterator[Row]:
    """A structure and an offer a place. A place that says nothing of what it does is a structure alone."""
    for row in iter_objects(file):
        if row.refusal is not None:
            yield row
            continue
        form = _FORM_NAME in row.fields
        structure = build_form_structure(row.fields) if form else build_structure(row.fields)
        structure.setdefault("source", file.options.producer or SOURCE)
        yield Row(row.number, structure, kind=Kind.STRUCTURE)
        offer = build_form_offer(row.fields, structure) if form else build_offer(row.fields, structure)
        if offer["thematiques"]:
            yield Row(row.number, offer, kind=Kind.OFFER)


def build_structure(place: Mapping[str, Any]) -> dict[str, Any]:
    """A place of the national schema."""
    pivot = text_of(place.get("pivot"))
    labels = [*split(place.get("labels_nationaux")), *split(place.get("dispositif_programmes_nationaux"))]
    same = (
        "id",
        "nom",
        "commune",
        "code_postal",
        "code_insee",
        "adresse",
        "complement_adresse",
        "latitude",
        "longitude",
    )
    kept = {name: place.get(name) for name in (*same, "telephone", "site_web", "source", "date_maj")}
    return given(
        {
            **kept,
            "siret": pivot if re.fullmatch(r"\d{14}", pivot) and int(pivot) else None,
            "courriel": next(iter(split(place.get("courriels") or place.get("courriel"))), None),
            "description": paragraphs(place.get("presentation_resume"), place.get("presentation_detail")),
            "horaires_accueil": text_of(place.get("horaires")),
            "reseaux_porteurs": sorted({_NETWORKS[label] for label in labels if label in _NETWORKS}),
        }
    )


def build_offer(place: Mapping[str, Any], structure: Mapping[str, Any]) -> dict[str, Any]:
    """What the place says it does. Older lists name needs as v0 did: the normaliser translates them."""
    services = split(place.get("services"))
    costs = " ".join(split(place.get("frais_a_charge") or place.get("conditions_acces")))
    offer = derive_offer(
        structure,
        f"Aide au numérique : {structure.get('nom', '')}",
        "\n".join(f"- {service}" for service in services),
        frais=_cost(costs),
        frais_precisions=costs,
        lien_mobilisation=text_of(place.get("prise_rdv")),
        publics=_publics(split(place.get("publics_specifiquement_adresses") or place.get("publics_accueillis"))),
    )
    return {**offer, "thematiques": [f"numerique--{slug(service)}" for service in services]}


def build_form_structure(place: Mapping[str, Any]) -> dict[str, Any]:
    """A place of the form export, whose questions are its columns and which has no id."""
    name, town = text_of(place.get(_FORM_NAME)), text_of(place.get("Ville"))
    site = text_of(place.get("Site Web"))
    about = next((text_of(v) for k, v in place.items() if k.startswith("Informations diverses")), "")
    hours = [f"{day} : {text_of(place.get(day))}" for day in _FORM_DAYS if text_of(place.get(day))]
    return given(
        {
            "id": stable_id(name, town, place.get("Adresse postale")),
            "nom": name,
            "description": about,
            "adresse": text_of(place.get("Adresse postale")),
            "code_postal": text_of(place.get("Code postal")),
            "commune": town,
            "latitude": place.get("bf_latitude"),
            "longitude": place.get("bf_longitude"),
            "site_web": site if len(site) > len("https://") else None,
            "horaires_accueil": "; ".join(hours),
            "date_maj": text_of(place.get("datetime_latest"))[:10],
            "reseaux_porteurs": _form_networks(place),
        }
    )


def _form_networks(place: Mapping[str, Any]) -> list[str]:
    advisers = text_of(place.get("Accueille un ou des Conseillers Numériques France Services")) == "Oui"
    return ["conseillers-numeriques"] if advisers else []


def build_form_offer(place: Mapping[str, Any], structure: Mapping[str, Any]) -> dict[str, Any]:
    """What the place ticked in the form."""
    ticked = {question: split(place.get(question)) for question in _FORM_NEEDS}
    lines = [f"{question} : {', '.join(answers)}." for question, answers in ticked.items() if answers]
    costs = ", ".join(split(place.get("Tarifs")))
    offer = derive_offer(
        structure,
        f"Aide au numérique : {structure.get('nom', '')}",
        "\n".join(lines),
        frais=_cost(costs),
        frais_precisions=costs,
        publics=_publics(split(place.get("Publics accueillis"))),
        conditions_acces=", ".join(split(place.get("Types d'accompagnement proposés"))),
    )
    return {**offer, "thematiques": sorted({_FORM_NEEDS[q] for q, answers in ticked.items() if answers})}


def split(value: Any) -> list[str]:
    """The answers of a cell: separators of both exports, tags and stray quotes removed."""
    if isinstance(value, list):
        return [text for text in map(text_of, value) if text]
    text = re.sub(r"<[^>]*>", "", text_of(value))
    return [part for part in (p.strip(' ",') for p in _SEPARATOR.split(text)) if part]


def _cost(said: str) -> str | None:
    """Free when nothing else is said: « Gratuit, Adhésion » is neither."""
    words = slug(said)
    if words.startswith("gratuit") and not re.search(r"payant|adhesion|condition|solidaire", words):
        return "gratuit"
    return "payant" if words.startswith("payant") and "gratuit" not in words else None


def _publics(said: list[str]) -> list[str]:
    """The publics of the national schema; a place open to adults at large says nothing that narrows."""
    if any(slug(text).startswith("adulte") for text in said):
        return ["tous-publics"]
    return sorted({public for text in said for word, public in _PUBLICS.items() if word in slug(text)})
