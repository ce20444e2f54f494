"""Who a record is: its id, its source, its structure, its name."""

import re
from typing import Any, Final

from indexer.normalise.draft import Draft
from indexer.normalise.values import as_text, is_absent
from indexer.schema import Kind

MAX_LENGTH: Final = 512
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def has_prefix(identity: str) -> bool:
    """Whether an id is `source--reference`, split at its first `--`."""
    source, separator, reference = identity.partition("--")
    return bool(source and separator and reference)


def set_identity(draft: Draft) -> None:
    """`id` as the record brings it, else `flux--reference`; `source` from the field, else from the id's own prefix."""
    brought = _reference(draft, "id")
    if brought is None:
        return
    own_prefix = has_prefix(brought)
    draft.set("id", brought if own_prefix else f"{draft.raw.flux}--{brought}")
    if len(draft.fields["id"]) > MAX_LENGTH:
        draft.reject("id", "id-trop-long", f"Identifiant de plus de {MAX_LENGTH} caractères.")
        return
    _set_source(draft, brought.partition("--")[0] if own_prefix else None)


def _reference(draft: Draft, field: str) -> str | None:
    """The text of an id; None, and the record rejected, when it has none that can be used."""
    text = as_text(draft.get(field))
    if text is None or is_absent(text):
        draft.reject(field, "id-absent", "Identifiant absent : donnez à chaque fiche un « id » stable.")
        return None
    if _CONTROL.search(text):
        draft.set(field, _CONTROL.sub("\ufffd", text))
        draft.reject(field, "id-illisible", "Identifiant avec des caractères de contrôle : nettoyez-le.")
        return None
    return text.strip()


def _set_source(draft: Draft, prefix: str | None) -> None:
    source = as_text(draft.get("source"))
    source = prefix if source is None or is_absent(source) else " ".join(_CONTROL.sub(" ", source).split())
    if not source:
        draft.fields.pop("source", None)
        message = "Source absente : nommez le producteur dans « source », ou au début de l'id (« source--référence »)."
        draft.reject("source", "source-absente", message)
        return
    draft.set("source", source)


def set_structure_id(draft: Draft) -> None:
    """The same treatment as `id`; an unusable one is dropped, the offer stays."""
    if draft.kind is not Kind.OFFER or draft.get("structure_id") is None:
        return
    text = as_text(draft.get("structure_id"))
    if text is None or _CONTROL.search(text) or not text.strip():
        draft.drop("structure_id", "structure-illisible", "Identifiant de structure inutilisable, ignoré.")
        return
    text = text.strip()
    identity = text if has_prefix(text) else f"{draft.raw.flux}--{text}"
    if len(identity) > MAX_LENGTH:
        draft.drop("structure_id", "structure-illisible", f"Identifiant de plus de {MAX_LENGTH} caractères, ignoré.")
        return
    draft.set("structure_id", identity)


def require_name(draft: Draft) -> None:
    """No offer nor structure without a name."""
    name: Any = draft.get("nom")
    if not isinstance(name, str) or not name:
        draft.fields.pop("nom", None)
        draft.reject("nom", "nom-absent", "Nom absent : sans lui la fiche ne peut pas être montrée.")
