"""An error as HTTP says it: `application/problem+json` (RFC 9457), in French for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from starlette.responses import Response

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True)
class Problem:
    """`code` names the kind of error for programs; `extra` are further members of the answer."""

    status: int
    code: str
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def response(self) -> Response:
        """Never kept by a cache: the next answer may be another."""
        named = {"type": f"urn:maillage:erreur:{self.code}", "title": self.title, "status": self.status}
        content = orjson.dumps(named | {"detail": self.detail} | dict(self.extra))
        headers = {"Cache-Control": "no-store"} | dict(self.headers)
        return Response(content, self.status, headers, MEDIA_TYPE)


class ProblemError(Exception):
    """Raised by a route whose answer is a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def not_found(detail: str) -> ProblemError:
    return ProblemError(Problem(404, "introuvable", "Introuvable", detail))
