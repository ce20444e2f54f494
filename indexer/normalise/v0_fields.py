"""Fields of data·inclusion's older schema (v0, until 2025), under their names of today."""

from typing import Any, Final

from indexer.normalise.draft import Draft
from indexer.normalise.values import is_absent
from indexer.schema import Kind, Severity

OFFER_RENAMES: Final[dict[str, tuple[str, ...]]] = {
    "description": ("presentation_detail", "presentation_resume"),
    "type": ("types",),
    "publics": ("profils",),
    "publics_precisions": ("profils_precisions",),
    "frais_precisions": ("frais_autres",),
    "conditions_acces": ("pre_requis",),
    "lien_mobilisation": ("prise_rdv", "formulaire_en_ligne"),
    "horaires_accueil": ("recurrence",),
    "zone_eligibilite": ("zone_diffusion_code",),
}
STRUCTURE_RENAMES: Final[dict[str, tuple[str, ...]]] = {
    "description": ("presentation_detail", "presentation_resume"),
    "horaires_accueil": ("horaires_ouverture",),
    "accessibilite_lieu": ("accessibilite",),
    "reseaux_porteurs": ("labels_nationaux", "typologie"),
}
_MODES: Final = {"modes_orientation_accompagnateur": "professionnels", "modes_orientation_beneficiaire": "usagers"}


def rename_v0_fields(draft: Draft) -> None:
    """Takes an old field where the new one is absent; several old ones: the first that says something."""
    renames = OFFER_RENAMES if draft.kind is Kind.OFFER else STRUCTURE_RENAMES
    for new, olds in renames.items():
        present = [old for old in olds if old in draft.fields]
        for old in present:
            value = draft.fields.pop(old)
            if is_absent(draft.get(new)) and not is_absent(value):
                _take(draft, old, new, value)
    if draft.kind is Kind.OFFER:
        _take_orientation(draft)


def _take(draft: Draft, old: str, new: str, value: Any) -> None:
    if new == "conditions_acces" and isinstance(value, list):
        value = "\n".join(str(item) for item in value)
    draft.mend(new, value, "champ-v0", f"Ancien champ « {old} », lu comme « {new} ».")


def _take_orientation(draft: Draft) -> None:
    """Two old fields crossed who may ask with how; the new ones tell each apart."""
    for old, who in _MODES.items():
        value = draft.fields.pop(old, None)
        if is_absent(value):
            continue
        message = f"Ancien champ « {old} », lu comme « modes_mobilisation » et « mobilisable_par »."
        draft.note("modes_mobilisation", "champ-v0", message, Severity.INFO, value=value)
        for field, added in (("modes_mobilisation", value), ("mobilisable_par", who)):
            held = draft.get(field)
            draft.set(field, [*_as_list(held), *_as_list(added)])


def _as_list(value: Any) -> list[Any]:
    if is_absent(value):
        return []
    return value if isinstance(value, list) else [value]
