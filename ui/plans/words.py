"""The history of a plan in sentences."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final, cast

from indexer.geocode.clocks import MAINLAND
from indexer.plans.model import DOERS, OPINIONS, STATES, Change
from ui.wording import say_count, say_day, say_hour

FIELD_LABELS: Final[Mapping[str, str]] = {
    "titre": "le titre",
    "etat": "l’état",
    "qui": "qui le fait",
    "partenaire": "le partenaire",
    "echeance": "la date",
    "heures": "les heures par semaine",
    "note": "la note",
    "raison": "la raison",
    "commentaire": "le commentaire",
    "avis": "l’avis",
    "avis_mots": "les mots de l’avis",
    "offre_id": "l’offre",
    "besoin": "le besoin",
}
_DONE: Final[Mapping[str, str]] = {
    "ajout": "a ajouté « {titre} »",
    "retrait": "a retiré « {titre} »",
    "ordre": "a déplacé « {titre} » : de la place {avant:g} à la place {apres:g}",
    "lien": "{titre}",
    "rendez-vous": "a noté un rendez-vous : {titre}",
    "point": "a fait le point : {titre}",
    "rappel": "a noté un rappel : {titre}",
    "annulation": "a annulé : {titre}",
    "rappel-envoye": "a rappelé au référent de prendre des nouvelles",
    "emploi": "a noté : emploi trouvé",
}
_HIDDEN: Final = ("offre_id", "besoin")
"""Fields whose values are codes: that they changed is told, not to what."""


def say_change(change: Change, today: date) -> str:
    """« a changé l’état de « Refaire le CV » : à faire → fait »; the author's name stands before it."""
    told = _DONE.get(change.champ)
    if told is not None:
        return told.format(titre=change.titre, avant=change.avant or 0, apres=change.apres or 0)
    about = f"a changé {FIELD_LABELS.get(change.champ, change.champ)} de « {change.titre} »"
    if change.champ in _HIDDEN:
        return about
    return f"{about} : {say_value(change.champ, change.avant, today)} → {say_value(change.champ, change.apres, today)}"


def say_value(field: str, value: str | float | None, today: date) -> str:
    """A value of a line as a person reads it; « rien » where there is none."""
    if value is None or value == "":
        return "rien"
    say = _SAY.get(field)
    return f"« {value} »" if say is None else say(value, today)


def say_moment(at: datetime, today: date) -> str:
    """« lundi 9 mars, 14 h 30 », on the clock of France."""
    there = at.astimezone(MAINLAND)
    return f"{say_day(there.date(), today)}, {say_hour(there.hour, there.minute)}"


def say_hours(hours: float) -> str:
    """« 2,5 h par semaine »."""
    return f"{hours:g}".replace(".", ",") + " h par semaine"


def say_delay(days: int) -> str:
    """Between two steps: « le même jour », « 12 jours »."""
    return "le même jour" if days == 0 else say_count(days, "jour")


def _label(labels: Mapping[str, str]) -> Callable[[str | float, date], str]:
    return lambda value, _: labels.get(str(value), str(value)).lower()


_SAY: Final[Mapping[str, Callable[[str | float, date], str]]] = {
    "etat": _label(cast(Mapping[str, str], STATES)),
    "qui": _label(cast(Mapping[str, str], DOERS)),
    "avis": _label(cast(Mapping[str, str], OPINIONS)),
    "echeance": lambda value, today: say_day(date.fromisoformat(str(value)), today),
    "heures": lambda value, _: say_hours(float(value)),
}
