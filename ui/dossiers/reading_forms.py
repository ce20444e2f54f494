"""From what a form sends to the answers of a file."""

from collections.abc import Iterable
from typing import Final

from indexer.dossiers.fields import all_fields
from indexer.geocode.communes import load_communes
from indexer.geocode.names import fold
from ui.espace.forms import Form
from ui.places import commune_label, read_place

WHOLE: Final = "complet"
"""A form with this field shows every question: a box that it does not send is empty."""

_UNKNOWN_PLACE: Final = "Nous ne connaissons pas cette commune : vérifiez son nom, ou écrivez son code postal."


def read_answers(form: Form, only: Iterable[str] | None = None) -> dict[str, str]:
    """The fields that the form holds, unchecked; with WHOLE, all. `only` names those that this page asks.

    An unknown place is not an answer: see `find_place_error`.
    """
    whole = WHOLE in form
    asked = [name for name in (all_fields() if only is None else only) if name != "code_commune"]
    answers = {name: form.get(name) for name in asked if whole or name in form}
    if "lieu" in form and find_place_error(form) is None:
        answers["code_commune"] = read_commune(form) or ""
    return answers


def read_commune(form: Form) -> str | None:
    """The code of the commune chosen, as long as the text beside it names no other; else of the one typed."""
    typed, chosen = form.get("lieu"), load_communes().resolve(form.get("code_commune"))
    if chosen is not None and fold(typed) in (fold(commune_label(chosen)), fold(chosen.nom)):
        return chosen.code
    found = read_place(typed[:200], load_communes()).commune if typed else None
    return None if found is None else found.code


def find_place_error(form: Form) -> str | None:
    """What to mend in the place that was typed."""
    return _UNKNOWN_PLACE if form.get("lieu") and read_commune(form) is None else None


def read_number(text: str) -> int:
    """A version or a number of days as our forms send them; -1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
