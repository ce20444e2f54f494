"""A raw record in; a valid offer or structure out, or none, and all that was found on the way."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Final

from pydantic import ValidationError

from indexer.normalise.draft import Draft
from indexer.normalise.steps import Step, build_steps
from indexer.schema import Issue, Kind, Offer, RawRecord, Structure

REQUIRED: Final = frozenset({"id", "source", "nom"})
_MODELS: Final[dict[Kind, type[Offer] | type[Structure]]] = {Kind.OFFER: Offer, Kind.STRUCTURE: Structure}


def normalise(
    raw: RawRecord, locate: Callable[[Draft], None], now: datetime
) -> tuple[Offer | Structure | None, list[Issue]]:
    """Runs the steps, then `locate`, then builds the model. None when the record is rejected; the issues say why.

    Never raises, whatever the record holds (what `locate` raises is the caller's).
    """
    draft = Draft(raw)
    for step in (*_steps(now), locate):
        step(draft)
        if draft.rejected:
            return None, draft.issues
    return _build(draft), draft.issues


@lru_cache(maxsize=4)
def _steps(now: datetime) -> tuple[Step, ...]:
    return build_steps(now)


def _build(draft: Draft) -> Offer | Structure | None:
    """The model; an optional field that it refuses is dropped with an issue, until it accepts."""
    model = _MODELS[draft.kind]
    while True:
        try:
            return model.model_validate(draft.fields)
        except ValidationError as error:
            if not _drop_refused(draft, error):
                return None


def _drop_refused(draft: Draft, error: ValidationError) -> bool:
    """Whether the record can still be kept. An error of the whole record is that of the ages, the only such rule."""
    refused = {str(e["loc"][0]): e["msg"] for e in error.errors() if e["loc"]}
    for field in sorted(refused or {"age_min": error.errors()[0]["msg"]}):
        if field in REQUIRED or field not in draft.fields:
            draft.reject(field, "schema", f"Valeur refusée par le schéma : {refused.get(field, error.title)}.")
            return False
        draft.drop(field, "schema", f"Valeur refusée par le schéma, ignorée ({refused.get(field, 'âges')}).")
    return True
