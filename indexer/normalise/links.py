"""Addresses of sites."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from indexer.normalise.draft import Draft
from indexer.normalise.values import as_text

FIELDS: Final = ("site_web", "lien_source", "lien_mobilisation", "accessibilite_lieu")
MAX_LENGTH: Final = 2_000
_SCHEME = re.compile(r"h?t?tps?\s*[:;]?\s*/+\s*(?=\S)", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:(?!\d)")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SAFE: Final = "/:?#[]@!$&'()*+,;=-._~%"
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@lru_cache(maxsize=8192)
def parse_link(text: str) -> str | None:
    """An http(s) address with a public host, percent-encoded; None when the text is no such thing."""
    text = _INVISIBLE.sub(" ", text).replace("&amp;", "&").strip(" \t\"'<>«»")
    if _OTHER_SCHEME.match(text) and not text.lower().startswith(("http:", "https:")):
        return None
    scheme_match = _SCHEME.match(text)
    secure = scheme_match is None or "s" in scheme_match[0].lower()
    rest = text[scheme_match.end() :] if scheme_match else text.lstrip("/")
    try:
        parts = urlsplit(f"{'https' if secure else 'http'}://{rest}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:  # UnicodeError is one
        return None
    if parts.username is not None or not _HOST.fullmatch(host):
        return None
    place = host if port is None else f"{host}:{port}"
    link = urlunsplit((parts.scheme, place, _encoded(parts.path), _encoded(parts.query), _encoded(parts.fragment)))
    return link if len(link) <= MAX_LENGTH else None


def _encoded(part: str) -> str:
    return quote(_BAD_PERCENT.sub("%25", part), safe=_SAFE)


def first_link(text: str) -> tuple[str | None, bool]:
    """The first address of a text, and whether there were others."""
    parts = [p for p in re.split(r"[\s;,|]+(?=https?:|www\.)|\s+ou\s+", text.strip()) if p]
    found = [link for link in (parse_link(part) for part in parts) if link is not None]
    return (found[0] if found else None), len(parts) > 1


def normalise_links(draft: Draft) -> None:
    """All fields that hold an address; several in one field: the first is kept."""
    for field in FIELDS:
        if field not in draft.fields:
            continue
        text = as_text(draft.fields[field])
        link, several = (None, False) if text is None else first_link(text)
        if link is None:
            draft.drop(field, "adresse-web", "Adresse de site inutilisable (http ou https et un nom de site), ignorée.")
            continue
        if several:
            draft.note(field, "plusieurs-adresses-web", "Plusieurs adresses ; seule la première utilisable est gardée.")
        draft.set(field, link)
