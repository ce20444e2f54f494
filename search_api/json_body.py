"""The body of a request as a JSON object: strictly, and told as for the parameters of an address."""

from collections.abc import Collection
from typing import Any, Final

import orjson
from fastapi import Request

from search_api.parameters import BadParametersError, unknown_name
from search_api.problems import Problem, ProblemError

MAX_BYTES: Final = 262_144
"""10,000 characters, each written as two escapes, take 120,000 bytes."""


async def read_object(request: Request, known: Collection[str] | None) -> dict[str, Any]:
    """ProblemError when it is too long or no object, BadParametersError for names that are not known.

    `known` is None for what another tool writes, with names of its own.
    """
    raw = await _read_limited(request)
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise _refused(f"Le corps n'est pas du JSON lisible (UTF-8). Attendu : {_expected(known)}.") from None
    if not isinstance(body, dict):
        raise _refused(f"Un objet JSON est attendu : {_expected(known)}.")
    errors = [unknown_name("Ce champ", name, "", known) for name in body if known is not None and name not in known]
    if errors:
        raise BadParametersError(errors)
    return body


def _expected(known: Collection[str] | None) -> str:
    """The shape of the body, by its first field."""
    return "{…}" if not known else f'{{"{next(iter(known))}": …}}'


async def _read_limited(request: Request) -> bytes:
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > MAX_BYTES:
            detail = f"Le corps est trop long : {MAX_BYTES // 1024} ko au plus."
            raise ProblemError(Problem(413, "corps-trop-long", "Corps trop long", detail))
    return bytes(read)


def _refused(detail: str) -> ProblemError:
    return ProblemError(Problem(422, "parametres", "Requête refusée", detail))
