"""From our errors to HTTP: the one table, and the handlers that apply it to every route of an application."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from structlog.typing import FilteringBoundLogger

from indexer.errors import (
    BusyError,
    CatalogueError,
    EncoderError,
    EngineError,
    MaillageError,
    NoActiveVersionError,
    QueryError,
    VersionGoneError,
)
from search_api.parameters import BadParametersError, ParameterError, shown
from search_api.problems import Problem, ProblemError
from search_api.query_string import QueryTooLongError, parse_query

RETRY_SECONDS: Final = 10
"""When to come back after an error that passes: an index is switched, a database restarts, in seconds."""

ProblemPage = Callable[[Request, Problem], Response]
"""How pages show a problem; put it in `app.state.problem_page` for whatever is not the API."""

_API_PATHS = ("/v1/", "/healthz", "/readyz", "/statusz", "/metrics", "/openapi.json", "/docs")


@dataclass(frozen=True, slots=True)
class Rule:
    """How an error is told. Without `detail`, by its own message; those that name files or hosts have one."""

    status: int
    code: str
    title: str
    detail: str | None = None
    passes: bool = False


_RULES: Final[dict[type[Exception], Rule]] = {
    QueryTooLongError: Rule(414, "adresse-trop-longue", "Adresse trop longue"),
    BadParametersError: Rule(422, "parametres", "Paramètres refusés"),
    QueryError: Rule(422, "parametres", "Paramètres refusés"),
    VersionGoneError: Rule(
        410, "curseur-perime", "Curseur périmé", "L'index a changé depuis : reprenez la recherche à la première page."
    ),
    NoActiveVersionError: Rule(
        503,
        "pas-d-index",
        "Pas encore d'index",
        "Le catalogue n'est pas encore indexé. Réessayez bientôt.",
        passes=True,
    ),
    BusyError: Rule(503, "occupe", "Occupé", "Un autre travail est en cours. Réessayez bientôt.", passes=True),
    CatalogueError: Rule(
        503, "catalogue", "Catalogue indisponible", "Le catalogue ne répond pas. Réessayez bientôt.", passes=True
    ),
    EncoderError: Rule(
        503,
        "encodeur",
        "Recherche indisponible",
        "La recherche par mots ne répond pas. Réessayez bientôt.",
        passes=True,
    ),
    EngineError: Rule(
        503, "moteur", "Recherche indisponible", "La recherche ne répond pas. Réessayez bientôt.", passes=True
    ),
}
_UNEXPECTED = Rule(
    500, "interne", "Erreur interne", "Une erreur imprévue est survenue. Elle est notée ; réessayez, ou signalez-la."
)
_HTTP_TITLES = {404: "Introuvable", 405: "Méthode refusée"}
_HTTP_DETAILS = {
    404: "Rien ne répond à cette adresse. La documentation est en /docs.",
    405: "Cette adresse ne répond pas à cette méthode : voyez l'en-tête « Allow ».",
}


def problem_of(error: Exception) -> Problem:
    """What to answer; anything unknown is an internal error that tells nothing of itself."""
    if isinstance(error, ProblemError):
        return error.problem
    rule = next((_RULES[kind] for kind in type(error).__mro__ if kind in _RULES), _UNEXPECTED)
    headers = {"Retry-After": str(RETRY_SECONDS)} if rule.passes else {}
    extra = {"errors": [asdict(e) for e in error.errors]} if isinstance(error, BadParametersError) else {}
    return Problem(rule.status, rule.code, rule.title, rule.detail or str(error), headers, extra)


def install_error_handlers(app: FastAPI, log: FilteringBoundLogger) -> None:
    """Every error of a route becomes a problem, or the page that `app.state.problem_page` makes of it."""

    async def told(request: Request, error: Exception) -> Response:
        problem = problem_of(_with_value(request, error))
        if problem.status >= 500:
            log.warning(
                "réponse impossible", requete=request_id(request), erreur=type(error).__name__, message=str(error)
            )
        return answer_problem(request, problem)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = _HTTP_TITLES.get(error.status_code, "Requête refusée")
        detail = _HTTP_DETAILS.get(error.status_code, str(error.detail))
        return answer_problem(request, Problem(error.status_code, "http", title, detail, error.headers or {}))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        names = sorted({str(found["loc"][-1]) for found in error.errors()})
        detail = f"À corriger : {', '.join(names)}."
        return answer_problem(request, Problem(422, "parametres", "Requête refusée", detail))

    app.add_exception_handler(MaillageError, told)
    app.add_exception_handler(ProblemError, told)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)


def request_id(request: Request) -> str:
    return str(getattr(request.state, "request_id", ""))


def is_api(path: str) -> bool:
    return path.startswith(_API_PATHS)


def answer_problem(request: Request, problem: Problem) -> Response:
    """A page for people, a document for programs."""
    page: ProblemPage | None = getattr(request.app.state, "problem_page", None)
    if page is None or is_api(request.url.path):
        return problem.response()
    return page(request, problem)


def _with_value(request: Request, error: Exception) -> Exception:
    """A QueryError of the search in the shape of all others, with the value that was sent."""
    if not isinstance(error, QueryError) or not is_api(request.url.path):
        return error
    values = parse_query(request.scope["query_string"]).get(error.parameter, [""])
    return BadParametersError([ParameterError(error.parameter, shown(values[0]), str(error))])
