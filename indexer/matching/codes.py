"""The codes of a profile, read strictly: an unknown one is named with the closest that exists."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from indexer.closest import closest_labelled
from indexer.geocode.communes import load_communes
from indexer.reference.shipped import rome_labels
from indexer.schema.vocabulary import vocabulary

UNKNOWN_CODE = "code_inconnu"
"""The type of error that a refused code bears; its context holds `dit` (the message) and `proposition`."""


def refuse(message: str, proposition: str | None = None) -> PydanticCustomError:
    """An error whose message is ours, with the value that was likely meant."""
    return PydanticCustomError(UNKNOWN_CODE, "{dit}", {"dit": message, "proposition": proposition})


def _vocabulary_labels(name: str) -> Mapping[str, str]:
    return {value: term.shown for value, term in vocabulary(name).items()}


def _check(what: str, labels: Callable[[], Mapping[str, str]]) -> Callable[[str], str]:
    def check(value: str) -> str:
        known = labels()
        if value in known:
            return value
        meant = closest_labelled(value, known)
        hint = "" if meant is None else f" Vouliez-vous dire « {meant} » ({known[meant]}) ?"
        raise refuse(f"{what} « {value[:100]} » n'existe pas.{hint}", meant)

    return check


def _check_commune(value: str) -> str:
    """The code of today, whatever the age of the one that was sent."""
    communes = load_communes()
    found = communes.resolve(value)
    if found is not None:
        return found.code
    sharing = communes.by_postal_code(value)
    if sharing:
        named = ", ".join(f"{commune.nom} : {commune.code}" for commune in sharing[:5])
        raise refuse(f"« {value[:20]} » est un code postal ; un code INSEE est attendu ({named}).", sharing[0].code)
    near = communes.search(value[:100], 1)
    hint = f" Vouliez-vous dire « {near[0].code} » ({near[0].nom}) ?" if near else ""
    message = f"Ce code commune est inconnu. Un code INSEE est attendu, comme « 90010 ».{hint}"
    raise refuse(message, near[0].code if near else None)


def _schema(pattern: str | None = None, values: tuple[str, ...] = ()) -> WithJsonSchema:
    told: dict[str, Any] = {"type": "string"}
    if pattern is not None:
        told["pattern"] = pattern
    if values:
        told["enum"] = list(values)
    return WithJsonSchema(told)


CodeCommune = Annotated[str, AfterValidator(_check_commune), _schema("^[0-9][0-9AB][0-9]{3}$")]
CodeRome = Annotated[str, AfterValidator(_check("Le code métier", rome_labels)), _schema("^[A-N][0-9]{4}$")]
Thematique = Annotated[
    str,
    AfterValidator(_check("La thématique", lambda: _vocabulary_labels("thematiques"))),
    _schema(values=tuple(vocabulary("thematiques"))),
]
Public = Annotated[
    str,
    AfterValidator(_check("Le public", lambda: _vocabulary_labels("publics"))),
    _schema(values=tuple(vocabulary("publics"))),
]
Disponibilite = Annotated[
    str,
    AfterValidator(_check("La disponibilité", lambda: _vocabulary_labels("moments"))),
    _schema(values=tuple(vocabulary("moments"))),
]
