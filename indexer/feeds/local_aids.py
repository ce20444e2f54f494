"""Local aids (mes-aides): what is paid, to whom, on which territory, by which organisation."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import iter_with_organisations, paragraphs, slug, text_of
from indexer.geocode.communes import load_communes

SOURCE: Final = "mes-aides"
_NEEDS: Final = {
    "financer mon permis": "mobilite--preparer-un-permis",
    "financer mon bsr": "mobilite--preparer-un-permis",
    "acheter ou louer une voiture": "mobilite--acceder-a-un-vehicule",
    "financer l'achat d'un vehicule": "mobilite--acceder-a-un-vehicule",
    "ma voiture": "mobilite--acceder-a-un-vehicule",
    "reparer ma voiture": "mobilite--entretenir-reparer-son-vehicule",
    "mon velo electrique": "mobilite--mobilite-douce-partagee-collective",
    "acheter un velo electrique": "mobilite--mobilite-douce-partagee-collective",
    "louer un velo electrique": "mobilite--mobilite-douce-partagee-collective",
    "transports en commun": "mobilite--mobilite-douce-partagee-collective",
    "covoiturage et mobilite partagee": "mobilite--mobilite-douce-partagee-collective",
    "financer mes trajets": "mobilite--financer-ma-mobilite",
    "financer le carburant": "mobilite--financer-ma-mobilite",
}
_NEED_OF: Final = {slug(need): value for need, value in _NEEDS.items()}
_PUBLICS: Final = {
    "rsa": "beneficiaires-des-minimas-sociaux",
    "recherche d'emploi": "demandeurs-emploi",
    "pole emploi": "demandeurs-emploi",
    "15 et 25 ans": "jeunes",
    "mission locale": "jeunes",
    "handicap": "personnes-en-situation-de-handicap",
    "apprenti": "etudiants",
}
_CITY = re.compile(r"(?P<name>.+) \((?P<code>\d{5})\)$")


def iter_local_aids(file: FeedFile) -> Iterator[Row]:
    """Organisations (each once) and aids."""
    return iter_with_organisations(file, SOURCE, _organisation, "organisme", build_aid)


def _organisation(aid: Mapping[str, Any], producer: str) -> str:
    return text_of(aid.get("organisme")) or producer


def build_aid(aid: Mapping[str, Any]) -> dict[str, Any]:
    """The offer of one aid."""
    conditions = [text_of(item) for item in aid.get("conditions") or []]
    kinds = slug(text_of(aid.get("type")))
    return {
        "id": text_of(aid.get("id")),
        "nom": text_of(aid.get("name")),
        "description": paragraphs(aid.get("desc"), *(_section(part) for part in aid.get("content") or [])),
        "type": "aide-financiere" if "aide-financiere" in kinds else "accompagnement",
        "type_offre": "service",
        "thematiques": build_needs(aid),
        "zone_eligibilite": build_zone(aid),
        "publics": sorted({p for text in conditions for word, p in _PUBLICS.items() if slug(word) in slug(text)}),
        "conditions_acces": paragraphs("\n".join(f"- {text}" for text in conditions), aid.get("otherConditions")),
        "justificatifs": [text_of(item) for item in aid.get("supportingDocuments") or [] if item != "Autres"],
        "frais": "gratuit",
        "modes_accueil": ["a-distance"],
        "lien_source": text_of(aid.get("url")),
        "lien_mobilisation": text_of(aid.get("site")),
        **_place(aid),
    }


def build_needs(aid: Mapping[str, Any]) -> list[str]:
    """The needs told, else the theme of the aid."""
    found = {_NEED_OF[slug(need)] for need in aid.get("needs") or [] if slug(str(need)) in _NEED_OF}
    return sorted(found) or (["mobilite"] if "mobilite" in slug(text_of(aid.get("theme"))) else [])


def build_zone(aid: Mapping[str, Any]) -> list[str]:
    """Communes where they are told, else départements; « france » for a national aid; [] when nothing is told.

    A region alone becomes nothing: its départements are told beside it, as published.
    """
    if "nationale" in slug(text_of(aid.get("geographicalArea"))):
        return ["france"]
    communes = [code for city in aid.get("cities") or [] if (code := _commune(str(city))) is not None]
    if communes and "departementale" not in slug(text_of(aid.get("geographicalArea"))):
        return sorted(set(communes))
    return sorted({str(name).partition(" ")[0] for name in aid.get("districts") or []})


def _commune(city: str) -> str | None:
    """« Béthune (62400) » → its INSEE code; None when the code and the name do not agree."""
    found = _CITY.match(city)
    commune = None if found is None else load_communes().match(found["name"], found["code"])
    return None if commune is None else commune.code


def _place(aid: Mapping[str, Any]) -> dict[str, Any]:
    """An aid of one town is where that town is."""
    cities = aid.get("cities") or []
    found = _CITY.match(str(cities[0])) if len(cities) == 1 else None
    return {} if found is None else {"commune": found["name"], "code_postal": found["code"]}


def _section(part: Any) -> str:
    if not isinstance(part, dict):
        return ""
    return "\n".join(text for text in (text_of(part.get("title")), text_of(part.get("content"))) if text)
