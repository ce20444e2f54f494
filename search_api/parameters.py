"""Parameters declared once: read strictly from the query string, and described in the OpenAPI document."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.closest import closest
from indexer.errors import MaillageError
from search_api.query_string import UnreadableQueryError, parse_query


@dataclass(frozen=True, slots=True)
class ParameterError:
    """One parameter to mend: what was sent, what is wrong, what was likely meant."""

    parametre: str
    valeur: str
    message: str
    proposition: str | None = None


class BadParametersError(MaillageError):
    """Some parameters are refused: all of them at once, so that they are mended at once."""

    def __init__(self, errors: Sequence[ParameterError]) -> None:
        super().__init__(" ".join(f"{error.parametre} : {error.message}" for error in errors))
        self.errors = tuple(errors)


class RefusedValueError(ValueError):
    """A value that a parameter does not take."""

    def __init__(self, message: str, proposition: str | None = None) -> None:
        super().__init__(message)
        self.proposition = proposition


@dataclass(frozen=True, slots=True)
class Parameter:
    """`read` makes a value of a text, or raises RefusedValueError. `schema` is the JSON schema of one value."""

    name: str
    description: str
    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    example: Any
    repeated: bool = False
    required: bool = False
    may_be_empty: bool = False

    def openapi(self) -> dict[str, Any]:
        """The Parameter Object of OpenAPI 3.1."""
        schema = {"type": "array", "items": dict(self.schema)} if self.repeated else dict(self.schema)
        described = {"name": self.name, "in": "query", "required": self.required, "description": self.description}
        how = {"style": "form", "explode": True} if self.repeated else {}
        return described | how | {"schema": schema, "example": [self.example] if self.repeated else self.example}


def read_parameters(raw: bytes, known: Sequence[Parameter]) -> dict[str, Any]:
    """Values by name, a tuple for a repeated one; those that were not sent are absent.

    BadParametersError with everything that is wrong, QueryTooLongError.
    """
    try:
        sent = parse_query(raw)
    except UnreadableQueryError as error:
        raise BadParametersError([ParameterError(error.name, "", str(error))]) from error
    by_name = {parameter.name: parameter for parameter in known}
    errors = [_unknown(name, values[0], by_name) for name, values in sent.items() if name not in by_name]
    errors += [_missing(p) for p in known if p.required and p.name not in sent]
    read: dict[str, Any] = {}
    for name, values in sent.items():
        if name in by_name:
            _read_one(by_name[name], values, read, errors)
    if errors:
        raise BadParametersError(errors)
    return read


def _read_one(parameter: Parameter, values: list[str], read: dict[str, Any], errors: list[ParameterError]) -> None:
    if len(values) > 1 and not parameter.repeated:
        message = f"« {parameter.name} » ne se donne qu'une fois ; il est là {len(values)} fois."
        errors.append(ParameterError(parameter.name, shown(values[-1]), message))
        return
    accepted = []
    for value in values:
        try:
            accepted.append(_read_value(parameter, value))
        except RefusedValueError as error:
            errors.append(ParameterError(parameter.name, shown(value), str(error), error.proposition))
    if accepted:
        read[parameter.name] = tuple(dict.fromkeys(accepted)) if parameter.repeated else accepted[0]


def _read_value(parameter: Parameter, value: str) -> Any:
    if not value and not parameter.may_be_empty:
        raise RefusedValueError("La valeur est vide : donnez-en une, ou retirez le paramètre.")
    return parameter.read(value)


def _unknown(name: str, value: str, by_name: Mapping[str, Parameter]) -> ParameterError:
    plain = name.removesuffix("[]")
    if plain != name and plain in by_name:
        message = f"Écrivez « {plain} », sans crochets, autant de fois qu'il le faut."
        return ParameterError(shown(name), shown(value), message, plain)
    if not by_name:
        return ParameterError(shown(name), shown(value), "Cette adresse ne prend aucun paramètre.")
    return unknown_name("Ce paramètre", name, value, by_name)


def unknown_name(what: str, name: str, value: str, known: Collection[str]) -> ParameterError:
    """A name that is none of the known ones: the closest is proposed, else all are told."""
    meant = closest(name, known)
    hint = f"Connus : {', '.join(known)}." if meant is None else f"Vouliez-vous dire « {meant} » ?"
    return ParameterError(shown(name), shown(value), f"{what} n'existe pas. {hint}", meant)


def _missing(parameter: Parameter) -> ParameterError:
    return ParameterError(parameter.name, "", f"« {parameter.name} » manque.")


def shown(text: str) -> str:
    """A value as an error shows it: at most 100 characters."""
    return text if len(text) <= 100 else text[:99] + "…"
