"""The form of a line, as it is sent: what cannot be read is told, never guessed."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final, cast

from indexer.geocode.clocks import MAINLAND
from indexer.plans.errors import PlanError
from indexer.plans.model import DOERS, OPINIONS, STATES, Avis, Etat, Fields, Qui
from ui.espace.forms import Form

_TEXTS: Final = ("titre", "partenaire", "note", "raison")
_CHOICE, _MINE = "choix_", "mien_"


def read_line(form: Form, current: Fields) -> Fields:
    """`current` gives what the form does not show. PlanError names the field to mend."""
    texts: dict[str, Any] = {name: form.get(name) for name in _TEXTS if name in form}
    fields = replace(current, **texts)
    if "etat" in form:
        fields = replace(fields, etat=read_state(form.get("etat")))
    if "qui" in form:
        fields = replace(fields, qui=_read_doer(form.get("qui")))
    if "echeance" in form:
        fields = replace(fields, echeance=read_day(form.get("echeance"), "Pour quand"))
    if "heures" in form:
        fields = replace(fields, heures=_read_hours(form.get("heures")))
    return fields


def read_choices(form: Form) -> Form:
    """The form of two versions side by side: where « la mienne » is chosen, its value takes the field's place."""
    chosen = {name.removeprefix(_CHOICE) for name, value in form.pairs if name.startswith(_CHOICE) and value == "mien"}
    mine = {name.removeprefix(_MINE): value for name, value in form.pairs if name.startswith(_MINE)}
    pairs = ((name, mine.get(name, value) if name in chosen else value) for name, value in form.pairs)
    return replace(form, pairs=tuple(pairs))


def read_version(form: Form) -> int:
    """PlanError for a form that was altered."""
    text = form.get("version")
    if not text.isdecimal() or len(text) > 9:
        raise PlanError("Ce formulaire est incomplet. Rouvrez le plan, puis recommencez.")
    return int(text)


def read_state(text: str) -> Etat:
    if text not in STATES:
        raise PlanError("Choisissez où en est l’étape : à faire, en cours, fait ou abandonné.")
    return cast(Etat, text)


def read_opinion(text: str) -> Avis | None:
    if text and text not in OPINIONS:
        raise PlanError("Choisissez l’un des trois visages.")
    return cast(Avis, text) if text else None


def read_day(text: str, field: str) -> date | None:
    """As a browser sends it, or « 09/03/2026 » where it has no calendar."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        if 2000 <= day.year < 2100:
            return day
    raise PlanError(f"{field} : cette date n’est pas lisible. Écrivez par exemple 09/03/2026.")


def read_moment(day_text: str, hour_text: str, field: str) -> datetime:
    """A moment on the clock of France. Noon when no hour is said."""
    day = read_day(day_text, field)
    if day is None:
        raise PlanError(f"{field} : dites le jour.")
    try:
        hour = time.fromisoformat(hour_text) if hour_text else time(12)
    except ValueError:
        raise PlanError(f"{field} : cette heure n’est pas lisible. Écrivez par exemple 14:30.") from None
    return datetime.combine(day, hour.replace(tzinfo=None), MAINLAND)


def _read_doer(text: str) -> Qui:
    if text not in DOERS:
        raise PlanError("Choisissez qui fait l’étape : la personne, le référent ou un partenaire.")
    return cast(Qui, text)


def _read_hours(text: str) -> float | None:
    if not text:
        return None
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 48:
        raise PlanError("Heures par semaine : écrivez un nombre, de 0,5 à 48, ou laissez la case vide.")
    return hours
