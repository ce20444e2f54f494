"""French courses of a regional directory whose fields are whole paragraphs of its pages (« Lieux et horaires … »)."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from indexer.feeds.base import FeedFile, Row
from indexer.feeds.building import given, iter_with_organisations, paragraphs, stable_id, text_of
from indexer.feeds.french_dates import parse_french_days

SOURCE: Final = "formations-fle"
_PLACE = re.compile(r"^Lieux et horaires\s*(?P<address>.*?)\s*(?P<code>\d{5}) - (?P<rest>.*)$", re.DOTALL)
_HOURS = re.compile(r"\b(?:(?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche) de \d|Horaires non précisés)")
_COST = re.compile(
    r"Coût \(supplémentaire à la cotisation annuelle\) : (?P<cost>[^:]*?)(?= Rémunération| Prise en charge|$)"
)
_HEADINGS: Final = {"objectif": "Objectif de la formation", "public": "Public attendu", "inscription": "Inscription"}


def iter_french_courses(file: FeedFile) -> Iterator[Row]:
    """Organisations (each once) and courses."""
    return iter_with_organisations(file, SOURCE, _organisation, "structure", build_course)


def _organisation(course: Mapping[str, Any], _producer: str) -> str:
    return text_of(course.get("structure"))


def build_course(course: Mapping[str, Any]) -> dict[str, Any]:
    """The offer of one course. Its id is made of what does not change when its text does."""
    title, cost = text_of(course.get("titre")), _COST.search(text_of(course.get("conditions")))
    paid = "" if cost is None else cost["cost"].strip()
    changed = parse_french_days(text_of(course.get("derniereModif")))
    return {
        "id": stable_id(course.get("structure"), title, course.get("lieu")),
        "nom": f"Cours de français : {title}",
        "description": paragraphs(
            text_of(course.get("typeCours")), _body(course, "objectif"), _body(course, "inscription")
        ),
        "type_offre": "formation",
        "thematiques": ["lecture-ecriture-calcul--maitriser-le-francais"],
        "publics_precisions": _body(course, "public"),
        "frais": "gratuit" if paid in ("0", "0 €") else ("payant" if paid else None),
        "frais_precisions": paid if paid not in ("0", "") else None,
        "modes_accueil": ["en-presentiel"],
        "date_maj": None if changed is None else changed[1].isoformat(),
        **split_place(text_of(course.get("lieu"))),
    }


def split_place(text: str) -> dict[str, Any]:
    """`adresse`, `code_postal`, `commune` and `horaires_accueil` of one paragraph; {} when it is not understood."""
    found = _PLACE.match(text)
    if found is None:
        return {}
    hours = _HOURS.search(found["rest"])
    town = found["rest"][: hours.start()] if hours else found["rest"]
    said = found["rest"][hours.start() :] if hours else ""
    return given(
        {
            "adresse": found["address"].strip(" -,"),
            "code_postal": found["code"],
            "commune": town.strip(" -"),
            "horaires_accueil": "" if said.startswith("Horaires non") else said,
        }
    )


def _body(course: Mapping[str, Any], field: str) -> str:
    return text_of(course.get(field)).removeprefix(_HEADINGS[field]).strip()
