"""LHÉO, the language of the regional catalogues of training: a `formation` holds actions, an action holds sessions.

Each action (one place, one organiser) is an offer; the responsible organisation is a structure. Any version of LHÉO:
names are read in any namespace. Names and numbers of persons (`contact-…/coordonnees/nom`) are not read.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, paragraphs, slug, stable_id
from indexer.feeds.formacodes import Formacodes, load_formacodes
from indexer.feeds.lheo_dates import day_of, is_open_ended
from indexer.feeds.safe_xml import Element, child, children, iter_elements, text_at
from indexer.schema import Kind
from indexer.settings import load_settings

NO_ACTION: Final = "formation sans action : ni lieu ni dates, rien à proposer."
_TEACHING = {"0": ["en-presentiel"], "1": ["a-distance"], "2": ["a-distance", "en-presentiel"]}


def iter_lheo(file: FeedFile, formacodes: Formacodes | None = None) -> Iterator[Row]:
    """Structures (each once) and offers. `number` counts the formations; FeedError where the XML breaks."""
    table = load_formacodes(load_settings().loaded_reference_dir) if formacodes is None else formacodes
    known: set[str] = set()
    for number, formation in enumerate(iter_elements(file, "formation"), start=1):
        yield from build_rows(number, formation, table, known)


def build_rows(number: int, formation: Element, formacodes: Formacodes, known: set[str]) -> Iterator[Row]:
    """The rows of one formation; `known` holds the structures already given, and learns."""
    organisation = build_structure(child(formation, "organisme-formation-responsable"))
    if organisation and organisation["id"] not in known:
        known.add(organisation["id"])
        yield Row(number, organisation, kind=Kind.STRUCTURE)
    actions = children(formation, "action")
    if not actions:
        yield Row(number, refusal=NO_ACTION, rule="formation-sans-action")
    common = build_common(formation, formacodes)
    for rank, action in enumerate(actions, start=1):
        fields = {**common, **build_action(action), "structure_id": organisation.get("id")}
        fields["id"] = _action_id(formation, action, common["nom"], rank)
        fields["description"] = paragraphs(common["description"], _duration(action))
        yield Row(number, given(fields), kind=Kind.OFFER)


def build_structure(organisation: Element | None) -> dict[str, Any]:
    """The fields of the responsible organisation; {} when it has no name."""
    name = text_at(organisation, "nom-organisme") or text_at(organisation, "raison-sociale")
    if not name:
        return {}
    siret = text_at(organisation, "SIRET-organisme-formation", "SIRET")
    fields = {"id": siret or f"of-{stable_id(name)}", "nom": name, "siret": siret}
    return given({**fields, **_place(child(organisation, "coordonnees-organisme", "coordonnees"))})


def build_common(formation: Element, formacodes: Formacodes) -> dict[str, Any]:
    """What all actions of a formation share."""
    return {
        "nom": text_at(formation, "intitule-formation"),
        "type_offre": "formation",
        "description": paragraphs(
            text_at(formation, "objectif-formation"),
            text_at(formation, "contenu-formation"),
            text_at(formation, "resultats-attendus"),
        ),
        "metiers": build_metiers(formation, formacodes),
        "lien_source": text_at(formation, "url-formation", "urlweb"),
        "date_maj": _change_date(formation),
    }


def build_metiers(formation: Element, formacodes: Formacodes) -> list[str]:
    """The ROME codes that are given, else those of the formacodes."""
    domain = child(formation, "domaine-formation")
    stated = [code.text.strip() for code in children(domain, "code-ROME") if code.text and code.text.strip()]
    if stated:
        return stated
    subjects = [code.text.strip() for code in children(domain, "code-FORMACODE") if code.text]
    return sorted({rome for subject in subjects for rome in formacodes.get(subject, ())})


def build_action(action: Element) -> dict[str, Any]:
    """What one action adds: place, sessions, conditions, cost."""
    place = _place(child(action, "lieu-de-formation", "coordonnees"))
    dated = children(action, "session")
    sessions = [s for s in (_session(session, place) for session in dated) if s]
    closed = [day for day in map(_last_day, dated) if day]
    always = any(is_open_ended(text_at(session, "periode", "fin")) for session in dated)
    frais = text_at(action, "frais-restants")
    return {
        **{name: value for name, value in place.items() if name != "site_web"},
        "sessions": sessions,
        "validite": {"fin": max(closed)} if closed and not always else None,
        "modes_accueil": _TEACHING.get(text_at(action, "modalites-enseignement")),
        "conditions_acces": paragraphs(text_at(action, "conditions-specifiques"), text_at(action, "info-admission")),
        "publics_precisions": text_at(action, "info-public-vise"),
        "frais_precisions": frais if not re.fullmatch(r"0+([.,]0+)?", frais) else None,
        "langues": [text_at(action, "langue-formation")],
        "lien_mobilisation": text_at(action, "url-action", "urlweb"),
        "accessible_pmr": True if text_at(action, "acces-handicapes").lower().startswith("oui") else None,
    }


def _action_id(formation: Element, action: Element, name: str, rank: int) -> str:
    """The numbers that the catalogue gives, else one made of what tells the action apart."""
    organisation = text_at(formation, "organisme-formation-responsable", "SIRET-organisme-formation", "SIRET")
    formation_number = formation.get("numero") or f"{slug(name)[:80]}-{stable_id(name, organisation)}"
    return f"{formation_number}-{action.get('numero') or rank}"


def _place(coordinates: Element | None) -> dict[str, Any]:
    """Address and contact of a place; the person's name is left out."""
    address = child(coordinates, "adresse")
    lines = [line.text.strip() for line in children(address, "ligne") if line.text and line.text.strip()]
    fields: dict[str, Any] = {
        "adresse": ", ".join(lines),
        "code_postal": text_at(address, "codepostal"),
        "commune": text_at(address, "ville"),
        "code_insee": text_at(address, "code-INSEE-commune"),
        "latitude": text_at(address, "geolocalisation", "latitude"),
        "longitude": text_at(address, "geolocalisation", "longitude"),
        "telephone": text_at(coordinates, "telfixe", "numtel") or text_at(coordinates, "portable", "numtel"),
        "courriel": text_at(coordinates, "courriel"),
    }
    site = text_at(coordinates, "web", "urlweb")
    return given({**fields, "site_web": site} if site else fields)


def _session(session: Element, place: dict[str, Any]) -> dict[str, Any] | None:
    start = day_of(text_at(session, "periode", "debut"))
    if start is None:
        return None  # an entry at any time has no date to show
    end = day_of(text_at(session, "periode", "fin"))
    seats = text_at(session, "nombre-places") or text_at(session, "extras", "nombre-places")
    fields = {"debut": start, "fin": end, "lieu": place.get("commune"), "places": seats}
    if text_at(session, "etat-recrutement") in ("2", "3"):
        fields["places_restantes"] = "0"  # recruitment closed or suspended
    return given(fields)


def _last_day(session: Element) -> str | None:
    return day_of(text_at(session, "periode", "fin")) or day_of(text_at(session, "periode", "debut"))


def _duration(action: Element) -> str:
    hours = text_at(action, "nombre-heures-total")
    return f"Durée : {hours} heures." if hours.isdigit() and hours != "0" else ""


def _change_date(formation: Element) -> str | None:
    stamp = formation.get("datemaj") or formation.get("datecrea") or ""
    return day_of(stamp[:8])
