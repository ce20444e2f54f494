"""First steps: what the feed said, old field names, unknown fields, empty values."""

from typing import Any

from indexer.feeds.base import FILE_REMARKS_KEY, REFUSAL_KEY, REFUSAL_RULE_KEY, REMARKS_KEY
from indexer.normalise.draft import Draft
from indexer.normalise.values import is_absent, tamed
from indexer.schema import Issue, Kind, Offer, Severity, Structure

FIELDS = {Kind.OFFER: frozenset(Offer.model_fields), Kind.STRUCTURE: frozenset(Structure.model_fields)}


def take_feed_remarks(draft: Draft) -> None:
    """What the feed doubts becomes issues; a row that it refused is rejected."""
    for remark in _sentences(draft.fields.pop(FILE_REMARKS_KEY, ())):
        draft.issues.append(
            Issue(draft.raw.flux, draft.raw.file, draft.raw.row, None, "", "", "fichier", Severity.WARNING, remark)
        )
    remarks = _sentences(draft.fields.pop(REMARKS_KEY, ()))
    refusal = draft.fields.pop(REFUSAL_KEY, None)
    rule = draft.fields.pop(REFUSAL_RULE_KEY, "ligne-illisible")
    tame_values(draft)
    for remark in remarks:
        draft.note("", "lecture", remark)
    if refusal is not None:
        draft.reject("", rule, f"Ligne refusée : {refusal}")


def _sentences(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str)] if isinstance(value, (list, tuple)) else []


def tame_values(draft: Draft) -> None:
    """Values that could not be stored nor shown are made so, before anything else looks at them."""
    draft.fields = {tamed(str(name)): tamed(value) for name, value in draft.fields.items()}


def drop_unknown_fields(draft: Draft) -> None:
    """Fields that the schema does not have; one issue each, for the report to count."""
    for name in [n for n in draft.fields if n not in FIELDS[draft.kind]]:
        if not is_absent(draft.fields[name]):
            draft.note(name, "champ-inconnu", "Champ inconnu du schéma, ignoré.", Severity.INFO)
        del draft.fields[name]


def drop_absent_values(draft: Draft) -> None:
    """Empty = absent, in lists too; nobody needs to be told."""
    fields: dict[str, Any] = {}
    for name, value in draft.fields.items():
        if isinstance(value, list):
            value = [item for item in value if not is_absent(item)]
        if not is_absent(value):
            fields[name] = value
    draft.fields = fields
