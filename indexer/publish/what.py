"""Second step, what both kinds share: publics, price, and the choice of the step's reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from indexer.publish.answers import MAX_LONG, Answers, many, one
from indexer.publish.immersion import FIELDS as IMMERSION_FIELDS
from indexer.publish.immersion import read_immersion
from indexer.publish.states import PublicationKind
from indexer.publish.workshop import FIELDS as WORKSHOP_FIELDS
from indexer.publish.workshop import read_workshop
from indexer.schema.vocabulary import vocabulary

FIELDS: Final = {
    PublicationKind.IMMERSION: frozenset({"publics", "accessible_pmr", "conditions", *IMMERSION_FIELDS}),
    PublicationKind.WORKSHOP: frozenset({"publics", "accessible_pmr", "conditions", *WORKSHOP_FIELDS}),
}


@dataclass(frozen=True, slots=True)
class What:
    """`fields` has the names of `indexer.schema.Offer`; `nom` may lack: an immersion is named after its company."""

    fields: Mapping[str, Any]


def read_what(answers: Answers, kind: PublicationKind, now: datetime) -> tuple[What | None, dict[str, str]]:
    """What is offered, or None and what to mend by field."""
    read = read_immersion if kind is PublicationKind.IMMERSION else read_workshop
    fields, errors = read(answers, now)
    publics = [value for value in many(answers, "publics") if value in vocabulary("publics")]
    conditions = one(answers, "conditions")
    if len(conditions) > MAX_LONG:
        errors["conditions"] = f"Ce texte est trop long : {MAX_LONG} caractères au plus."
    if errors:
        return None, errors
    shared: dict[str, Any] = {"publics": publics or ["tous-publics"], "conditions_acces": conditions or None}
    if one(answers, "accessible_pmr"):
        shared["accessible_pmr"] = True
    return What({**fields, **shared}), {}
