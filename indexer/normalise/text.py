"""The step that cleans every text, and says when the cleaning was more than cosmetic."""

from typing import Final

from indexer.normalise.characters import mend_mojibake, one_line, tidy_characters
from indexer.normalise.draft import Draft
from indexer.normalise.markup import holds_markup, holds_script, html_to_text, strip_markdown
from indexer.normalise.values import as_text, is_absent
from indexer.schema import Severity

MAX_ROUNDS: Final = 8
MAX_LENGTHS: Final = {"nom": 300, "description": 20_000}
MAX_OTHER: Final = 5_000

PARAGRAPHS: Final = (
    "description", "frais_precisions", "publics_precisions", "conditions_acces", "mobilisation_precisions",
)  # fmt: skip
LINES: Final = ("nom", "commune", "adresse", "complement_adresse", "contact_nom_prenom", "sous_type")


def clean_text(text: str, lines: bool = True) -> str:
    """Plain text: characters tidied, HTML and Markdown marks gone. Cleaning it again changes nothing."""
    for _ in range(MAX_ROUNDS):
        cleaned = _clean_once(text, lines)
        if cleaned == text:
            return cleaned
        text = cleaned
    # Entities within entities, deeper than any honest export: what would open a tag is taken away.
    return _clean_once(text.translate({ord("<"): None, ord("&"): None, ord("\\"): None}), lines)


def _clean_once(text: str, lines: bool) -> str:
    text = tidy_characters(mend_mojibake(text) if not text.isascii() else text)
    if "<" in text or "&" in text:
        text = tidy_characters(html_to_text(text))
    text = tidy_characters(strip_markdown(text))
    return text if lines else one_line(text)


def clean_texts(draft: Draft) -> None:
    """All free texts of the record."""
    for field in PARAGRAPHS:
        if field in draft.fields:
            _clean_field(draft, field, lines=True)
    for field in LINES:
        if field in draft.fields:
            _clean_field(draft, field, lines=False)


def _clean_field(draft: Draft, field: str, lines: bool) -> None:
    original = as_text(draft.fields[field])
    if original is None:
        draft.drop(field, "texte-attendu", "Un texte était attendu ; la valeur est ignorée.")
        return
    limit = MAX_LENGTHS.get(field, MAX_OTHER)
    cleaned = clean_text(original[: limit * 10], lines)
    _tell(draft, field, original)
    if is_absent(cleaned):
        del draft.fields[field]
        return
    draft.set(field, cleaned)
    if len(cleaned) > limit or len(original) > limit * 10:
        message = f"Texte de plus de {limit} caractères, coupé."
        draft.mend(field, cut_text(cleaned, limit, lines), "texte-trop-long", message, Severity.WARNING)


def _tell(draft: Draft, field: str, original: str) -> None:
    if holds_script(original):
        draft.note(field, "script", "Script ou style retiré du texte.")
    elif holds_markup(original):
        draft.note(field, "html", "Balises ou codes HTML traduits en texte simple.", Severity.INFO)
    if not original.isascii() and mend_mojibake(original) != original:
        draft.note(field, "accents-abimes", "Accents abîmés par un mauvais encodage, réparés.", Severity.INFO)


def cut_text(text: str, limit: int, lines: bool = True) -> str:
    """At most `limit` characters of a clean text, cut between words, ending with an ellipsis."""
    if len(text) <= limit:
        return text
    start, space, _ = text[: limit - 1].rpartition(" ")
    kept = start if space and len(start) > limit // 2 else text[: limit - 1]
    cut = clean_text(kept.rstrip() + "…", lines)
    while not cut.endswith("…"):  # after some letters it would read as the end of a badly encoded character
        kept = kept[:-1]
        cut = clean_text(kept.rstrip() + "…", lines)
    return cut
