"""Mail addresses."""

import re
from typing import Final

from indexer.normalise.draft import Draft
from indexer.normalise.values import as_text

MAX_LENGTH: Final = 254
_AT = re.compile(r"\s*(?:\[at\]|\(at\)|\{at\}|\[arobase\]|\(arobase\)|\sarobase\s|\sat\s|@)\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*(?:\[dot\]|\(dot\)|\[point\]|\(point\)|\sdot\s|\spoint\s)\s*", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[^\W_](?:[^\W_]|-){0,61}(?<!-)\.)+[^\W\d_]{2,63}"
)
_SEPARATORS = re.compile(r"[;,\s<>]+|\bou\b|\s/\s")


def parse_mails(text: str) -> list[str]:
    """The addresses of a text, domains in lower case, common disguises undone (« nom [at] domaine.fr »)."""
    text = text.replace("\u200b", "").strip()[:2000]
    text = _DOT.sub(".", _AT.sub("@", re.sub(r"mailto:\s*", " ", text, flags=re.IGNORECASE)))
    found: list[str] = []
    for part in _SEPARATORS.split(text):
        candidate = part.partition("?")[0].strip(".:()[]\"'")
        if len(candidate) <= MAX_LENGTH and _ADDRESS.fullmatch(candidate):
            local, _, domain = candidate.rpartition("@")
            found.append(f"{local}@{domain.lower()}")
    return list(dict.fromkeys(found))


def parse_one_mail(text: str) -> str | None:
    """The address that a form asks for, its domain in lower case; None for anything but exactly one on one line.

    What nothing may slip into a header, a link or an account goes through here.
    """
    if "\n" in text or "\r" in text:
        return None
    found = parse_mails(text)
    return found[0] if len(found) == 1 and found[0].casefold() == text.strip().casefold() else None


def normalise_mail(draft: Draft) -> None:
    """Several addresses in one field: the first is kept."""
    if "courriel" not in draft.fields:
        return
    addresses = parse_mails(as_text(draft.fields["courriel"]) or "")
    if not addresses:
        draft.drop("courriel", "courriel", "Adresse de courriel incompréhensible, ignorée.")
        return
    if len(addresses) > 1:
        draft.note("courriel", "plusieurs-courriels", "Plusieurs adresses ; seule la première est gardée.")
    draft.set("courriel", addresses[0])
