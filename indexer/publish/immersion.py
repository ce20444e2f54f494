"""What a company offers: jobs to discover, what one does there, how long."""

from datetime import datetime
from typing import Any, Final

from indexer.publish.answers import MAX_LONG, Answers, many, one, one_line
from indexer.reference.shipped import rome_labels

MOST_JOBS: Final = 3
DISCOVER: Final = "choisir-un-metier--decouvrir-un-metier-ou-un-secteur-dactivite"
DURATIONS: Final = {
    "quelques-jours": "quelques jours",
    "une-semaine": "une semaine",
    "deux-semaines": "deux semaines",
    "un-mois": "jusqu’à un mois",
}
MOST_AT_ONCE: Final = 10
FIELDS: Final = frozenset({"metier", "metiers", "taches", "duree", "en_meme_temps"})


def read_immersion(answers: Answers, now: datetime) -> tuple[dict[str, Any], dict[str, str]]:  # noqa: ARG001 — as workshops
    """Fields of the offer, and what to mend by field. A métier typed must have been confirmed as a ROME code."""
    errors: dict[str, str] = {}
    jobs = tuple(dict.fromkeys(code for code in many(answers, "metiers") if code in rome_labels()))
    if not jobs:
        errors["metier"] = "Écrivez le métier à découvrir, puis choisissez-le dans ce que nous avons compris."
    elif len(jobs) > MOST_JOBS:
        errors["metiers"] = f"Choisissez {MOST_JOBS} métiers au plus : publiez une autre immersion pour les suivants."
    tasks = one(answers, "taches")
    if not 20 <= len(tasks) <= MAX_LONG:
        errors["taches"] = (
            f"Ce texte est trop long : {MAX_LONG} caractères au plus."
            if tasks and len(tasks) > 20
            else "Dites en une ou deux phrases ce que la personne verra et fera."
        )
    at_once = _read_number(one_line(answers, "en_meme_temps") or "1")
    if not 1 <= at_once <= MOST_AT_ONCE:
        errors["en_meme_temps"] = f"Écrivez combien de personnes à la fois, de 1 à {MOST_AT_ONCE}."
    duration = DURATIONS.get(one(answers, "duree"), "")
    return _build(jobs, tasks, duration, at_once) if not errors else {}, errors


def _build(jobs: tuple[str, ...], tasks: str, duration: str, at_once: int) -> dict[str, Any]:
    labels = " ou ".join(rome_labels()[code] for code in jobs)
    people = "une personne" if at_once == 1 else f"{at_once} personnes"
    around = [f"Durée : {duration}."] if duration else []
    around.append(f"L’entreprise accueille {people} à la fois.")
    return {
        "nom": f"Immersion : {labels}",
        "description": f"{tasks}\n\n{' '.join(around)}",
        "type_offre": "immersion",
        "thematiques": [DISCOVER],
        "metiers": list(jobs),
        "frais": "gratuit",
        "modes_accueil": ["en-presentiel"],
    }


def _read_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 3 else 0
