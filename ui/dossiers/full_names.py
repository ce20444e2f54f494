"""A whole name where initials were asked for: the page says so once, and whoever writes decides."""

from typing import Final

from indexer.dossiers.naming import looks_like_full_name
from ui.espace.forms import Form

KEEP: Final = "garder_nom"
"""The box « Je garde ce nom ». Its value is the name that was noticed: for another name, the question comes again."""


def find_name_warning(form: Form) -> str | None:
    """What to tell of the name that was typed. None for initials, and for one that is kept."""
    name = _one_line(form.get("nom"))
    if name == _one_line(form.get(KEEP)) or not looks_like_full_name(name):
        return None
    return (
        f"« {name} » ressemble à un nom complet. Des initiales ou un prénom suffisent : ainsi, rien ne dit de qui l’on "
        "parle. Si c’est un pseudonyme, cochez « Je garde ce nom »."
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
