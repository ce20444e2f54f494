"""What was understood of a text, as JSON tells it."""

from typing import Any

from indexer.emergency import EmergencyNumber
from indexer.schema.vocabulary import label_of
from indexer.understanding.places import SaidPlace
from indexer.understanding.rules import Sign
from indexer.understanding.understood import Understood
from indexer.understanding.urgency import Urgency
from indexer.understanding.wishes import constraint_label


def build_understood(understood: Understood) -> dict[str, Any]:
    """Lists have the surest first."""
    return {
        "thematiques": [
            {
                "code": need.thematique,
                "label": label_of("thematiques", need.thematique),
                "score": need.score,
                "mots": need.words,
            }
            for need in understood.needs
        ],
        "metiers": [
            {"code_rome": job.code_rome, "libelle": job.libelle, "score": job.score, "mots": job.words}
            for job in understood.jobs
        ],
        "publics": [_build_sign(sign, label_of("publics", sign.code)) for sign in understood.publics],
        "lieu": None if understood.place is None else _build_place(understood.place),
        "contraintes": [_build_sign(sign, constraint_label(sign.code)) for sign in understood.constraints],
        "langue": understood.language.code,
        "langue_score": understood.language.score,
        "urgence": None if understood.urgency is None else build_urgency(understood.urgency),
        "avertissements": understood.warnings,
    }


def _build_sign(sign: Sign, label: str) -> dict[str, Any]:
    return {"code": sign.code, "label": label, "score": sign.score, "mots": sign.words}


def _build_place(place: SaidPlace) -> dict[str, Any]:
    return {
        "code_commune": place.commune.code,
        "nom": place.commune.nom,
        "precision": place.precision,
        "score": place.score,
        "mots": place.words,
    }


def build_urgency(urgency: Urgency) -> dict[str, Any]:
    """A distress, and whom to call."""
    return {
        "motif": urgency.motive,
        "message": urgency.message,
        "numeros": [_build_number(number) for number in urgency.numbers],
        "mots": urgency.words,
    }


def _build_number(number: EmergencyNumber) -> dict[str, Any]:
    return {"numero": number.number, "nom": number.name, "description": number.when, "horaires": number.hours}
