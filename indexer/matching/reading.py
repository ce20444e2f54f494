"""Reads a profile strictly: everything that is wrong at once, in French, each field by its path."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

import orjson
from pydantic import BaseModel, ValidationError

from indexer.closest import closest
from indexer.errors import MaillageError
from indexer.matching.codes import UNKNOWN_CODE
from indexer.matching.profile import Besoin, Contraintes, Lieu, Mobilite, Profile, Projet

_SHOWN = 100
_MODELS: dict[str, type[BaseModel]] = {
    "lieu": Lieu,
    "mobilite": Mobilite,
    "besoins": Besoin,
    "projets": Projet,
    "contraintes": Contraintes,
}
_TYPES = {
    "string_type": "Un texte est attendu.",
    "int_type": "Un nombre entier est attendu, comme 30.",
    "int_from_float": "Un nombre entier est attendu, comme 30.",
    "float_type": "Un nombre est attendu, comme 47.64.",
    "finite_number": "Un nombre est attendu, comme 47.64.",
    "bool_type": "« true » ou « false » est attendu.",
    "tuple_type": "Une liste est attendue : […].",
    "model_type": "Un objet est attendu : {…}.",
    "model_attributes_type": "Un objet est attendu : {…}.",
    "missing": "Ce champ manque.",
    "string_pattern_mismatch": "Un code de langue est attendu, en deux ou trois minuscules, comme « fr ».",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field to mend: its path (« besoins[2].thematique »), what was sent, what is wrong, what was likely meant."""

    champ: str
    valeur: str
    message: str
    proposition: str | None = None


class ProfileError(MaillageError):
    """A profile is refused; `errors` tell all that is wrong."""

    def __init__(self, errors: tuple[FieldError, ...]) -> None:
        super().__init__(" ".join(f"{error.champ} : {error.message}" for error in errors))
        self.errors = errors


def read_profile(body: Mapping[str, Any]) -> Profile:
    """The profile that a JSON object says; a null counts as absent. ProfileError."""
    try:
        return Profile.model_validate_json(orjson.dumps(_without_nulls(body)))
    except ValidationError as error:
        raise ProfileError(tuple(_told(dict(found)) for found in error.errors())) from error


def _without_nulls(value: Any) -> Any:
    """A null is an absent field: other tools write all of theirs."""
    if isinstance(value, Mapping):
        return {name: _without_nulls(own) for name, own in value.items() if own is not None}
    return [_without_nulls(own) for own in value] if isinstance(value, list | tuple) else value


@cache
def profile_schema() -> dict[str, Any]:
    """The published JSON Schema of the profile (2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Profile.model_json_schema()}


def _told(found: dict[str, Any]) -> FieldError:
    kind, path, context = found["type"], found["loc"], found.get("ctx", {})
    value = "" if kind == "missing" else _shown(found.get("input"))
    if kind == UNKNOWN_CODE:
        return FieldError(_path(path) or "profil", value, context["dit"], context["proposition"])
    if kind == "extra_forbidden":
        meant = closest(str(path[-1]), _known_fields(path))
        hint = f"Connus : {', '.join(_known_fields(path))}." if meant is None else f"Vouliez-vous dire « {meant} » ?"
        return FieldError(_path(path), value, f"Ce champ n'existe pas. {hint}", meant)
    if kind == "literal_error":
        values = _literals(path)
        return FieldError(_path(path), value, f"Valeurs admises : {', '.join(values)}.", closest(value, values))
    return FieldError(_path(path), value, _TYPES.get(kind) or _limit(kind, context))


def _limit(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "too_long":
            return f"Il y en a trop : {context['actual_length']}, pour {context['max_length']} au plus."
        case "string_too_long":
            return f"Ce texte est trop long : {context['max_length']} caractères au plus. Le reste va dans « texte »."
        case "greater_than_equal":
            return f"La plus petite valeur admise est {context['ge']:g}."
        case "less_than_equal":
            return f"La plus grande valeur admise est {context['le']:g}."
    return "Cette valeur n'est pas admise."


def _path(location: tuple[int | str, ...]) -> str:
    """« besoins[2].thematique »; shown whole, cut when it is long."""
    told = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    return told[:_SHOWN]


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return "" if isinstance(value, dict | list | tuple) or value is None else str(value)[:_SHOWN]


def _model_of(path: tuple[int | str, ...]) -> type[BaseModel]:
    return Profile if len(path) == 1 else _MODELS.get(str(path[0]), Profile)


def _known_fields(path: tuple[int | str, ...]) -> tuple[str, ...]:
    return tuple(_model_of(path).model_fields)


def _literals(path: tuple[int | str, ...]) -> tuple[str, ...]:
    """The values that a closed field takes, read from its own declaration."""
    names = [part for part in path if isinstance(part, str)]
    return _strings_in(_model_of(path).model_fields[names[-1]].annotation)


def _strings_in(annotation: Any) -> tuple[str, ...]:
    found: list[str] = []
    for part in get_args(annotation):
        found += [part] if isinstance(part, str) else _strings_in(part)
    return tuple(found)
