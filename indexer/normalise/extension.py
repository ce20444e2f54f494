"""What Maillage adds to the national schema: métiers, languages, documents to bring, immersion."""

import re
from typing import Any, Final

from indexer.normalise.draft import Draft
from indexer.normalise.draft_lists import set_or_remove, text_values
from indexer.normalise.folding import fold
from indexer.normalise.identifiers import parse_siret
from indexer.normalise.numbers import parse_integer
from indexer.normalise.text import clean_text, cut_text
from indexer.normalise.values import as_text, is_absent
from indexer.schema import Kind

MAX_LABEL: Final = 300
_ROME = re.compile(r"[A-N]\d{4}")
_CONTACT_MODES: Final = {"courriel": "courriel", "telephone": "telephone", "enpersonne": "en-personne"}

_MEASURED: Final = frozenset({"disponible_le", "taux_reponse"})
"""Told by the requests that go through this site alone: a feed could put itself first with them."""


def normalise_extension(draft: Draft) -> None:
    """Offers only."""
    if draft.kind is not Kind.OFFER:
        return
    if "metiers" in draft.fields:
        _normalise_metiers(draft)
    for field in ("langues", "justificatifs"):
        if field in draft.fields:
            _normalise_labels(draft, field)
    if "immersion" in draft.fields:
        _normalise_immersion(draft)


def _normalise_metiers(draft: Draft) -> None:
    codes: list[str] = []
    for text in text_values(draft, "metiers"):
        code = text.upper()
        if _ROME.fullmatch(code) and code.isascii():
            codes.append(code)
        else:
            draft.note("metiers", "code-rome", "Code ROME attendu (une lettre, 4 chiffres) ; ignoré.", value=text)
    set_or_remove(draft, "metiers", sorted(set(codes)))


def _normalise_labels(draft: Draft, field: str) -> None:
    # A document's name holds commas: only a list separates documents.
    texts = [clean_text(t[: MAX_LABEL * 10], lines=False) for t in text_values(draft, field, split=field == "langues")]
    labels = [cut_text(text, MAX_LABEL, lines=False) for text in texts if not is_absent(text)]
    set_or_remove(draft, field, list(dict.fromkeys(labels)))


def _normalise_immersion(draft: Draft) -> None:
    value = draft.fields["immersion"]
    if not isinstance(value, dict):
        draft.drop("immersion", "immersion", "Immersion illisible (un objet est attendu), ignorée.")
        return
    readers = {"entreprise": _company, "siret": _siret, "mode_contact": _contact_mode, "capacite": _capacity}
    kept: dict[str, Any] = {}
    for name, part in value.items():
        if is_absent(part):
            continue
        if name in _MEASURED:
            draft.note(
                "immersion", "immersion", f"« {name} » se mesure sur ce site : celui du flux est ignoré.", value=part
            )
            continue
        read = readers[name](part) if name in readers else None
        if read is None:
            draft.note("immersion", "immersion", f"« {name[:50]} » illisible ou inconnu, ignoré.", value=part)
        else:
            kept[name] = read
    if kept:
        draft.set("immersion", kept)
    else:
        del draft.fields["immersion"]


def _company(value: Any) -> str | None:
    text = clean_text((as_text(value) or "")[: MAX_LABEL * 10], lines=False)
    return None if is_absent(text) else cut_text(text, MAX_LABEL, lines=False)


def _siret(value: Any) -> str | None:
    return parse_siret(as_text(value) or "")[0]


def _contact_mode(value: Any) -> str | None:
    return _CONTACT_MODES.get(fold((as_text(value) or "")[:40]))


def _capacity(value: Any) -> int | None:
    number = parse_integer(value)
    return number if number is not None and 0 <= number <= 100_000 else None
