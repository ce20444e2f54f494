"""List-valued fields as the feed brings them: a list, one value, or values in one string."""

from typing import Any

from indexer.feeds.cells import split_values
from indexer.normalise.draft import Draft
from indexer.normalise.values import as_text


def text_values(draft: Draft, field: str, split: bool = True) -> list[str]:
    """The texts of a field; what is neither text nor number is dropped with an issue."""
    value: Any = draft.fields[field]
    items = value if isinstance(value, list) else [value]
    texts: list[str] = []
    for item in items:
        text = as_text(item)
        if text is None:
            draft.note(field, "valeur-illisible", "Valeur qui n'est pas un texte, ignorée.", value=item)
        elif split:
            texts += split_values(text)
        elif text.strip():
            texts.append(text.strip())
    return texts


def set_or_remove(draft: Draft, field: str, values: list[str]) -> None:
    """Keeps what is left of a list; nothing left = absent."""
    if values:
        draft.set(field, values)
    else:
        draft.fields.pop(field, None)
