"""From an exception to the page that tells it. The API tells its own; see `problem_page` for where they meet."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Protocol

import structlog
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from indexer.errors import (
    CatalogueError,
    EncoderError,
    EngineError,
    ExpiredLinkError,
    MaillageError,
    NoActiveVersionError,
    NotFoundError,
    PlanError,
    QueryError,
    SealError,
    VersionGoneError,
    WorkspaceError,
)
from search_api.errors import request_id
from search_api.logs import where_it_failed
from ui.contexts.errors import ErrorPage, build_error
from ui.rendering import NEVER, Renderer

log = structlog.get_logger(__name__)

_CLOSED = ("Les offres et la recherche marchent.", "Prévenez la personne qui s’occupe du site.")


class AnswerError(Exception):
    """Raised where a page cannot be shown and another answer is due: to sign in first, for one."""

    def __init__(self, response: Response) -> None:
        super().__init__(response.status_code)
        self.response = response


def error_response(renderer: Renderer, page: ErrorPage) -> HTMLResponse:
    return renderer.response("error.html", page, NEVER, page.status)


def build_page_of(error: Exception) -> ErrorPage:
    """The page that an exception deserves. What only the site's keeper can mend is told as a detail."""
    if isinstance(error, StarletteHTTPException):
        return build_error(error.status_code)
    if isinstance(error, QueryError):
        return replace(build_error(422), text=(str(error),))
    if isinstance(error, NotFoundError):
        return build_error(404)
    if isinstance(error, ExpiredLinkError):
        return replace(build_error(410), title="Ce lien n’est plus valable", text=(str(error),))
    if isinstance(error, PlanError):
        return replace(build_error(422), text=(str(error),))
    if isinstance(error, WorkspaceError | SealError):
        return replace(build_error(503, str(error)), title="L’espace de travail est fermé", text=_CLOSED)
    if isinstance(error, VersionGoneError):
        return build_error(410)
    if isinstance(error, NoActiveVersionError | EncoderError):
        return build_error(503, str(error))
    if isinstance(error, EngineError | CatalogueError):
        return build_error(503)
    return build_error(500)


def page_route_class(renderer: Renderer) -> type[APIRoute]:
    """Routes whose failures are pages."""

    class PageRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Any]:
            original = super().get_route_handler()

            async def handle(request: Request) -> Response:
                try:
                    response: Response = await original(request)
                except AnswerError as answer:
                    return answer.response
                except (StarletteHTTPException, MaillageError) as error:
                    page = build_page_of(error)
                    if page.status >= 500:
                        log.warning("réponse impossible", **_where(request, self), **_what(error))
                    told = error_response(renderer, page)
                    told.headers.update(getattr(error, "headers", None) or {})
                    return told
                except Exception as error:  # noqa: BLE001  a person gets a page whatever fails, and it is logged
                    log.error("erreur interne", **_where(request, self), erreurs=where_it_failed(error))  # noqa: TRY400  a traceback would quote what was typed
                    return error_response(renderer, build_error(500))
                return response

            return handle

    return PageRoute


def _where(request: Request, route: APIRoute) -> dict[str, str]:
    """The number of the request and the template of its route, as the API's own lines tell them."""
    return {"requete": request_id(request), "route": route.path_format}


def _what(error: Exception) -> dict[str, str]:
    return {"erreur": type(error).__name__, "message": str(error)}


class Problem(Protocol):
    """The part of the API's problems that a page tells."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]: ...


def problem_page(renderer: Renderer) -> Callable[[Request, Problem], Response]:
    """How the API tells a problem of an address that is none of its own (see `search_api.errors`)."""

    def tell(_request: Request, problem: Problem) -> Response:
        response = error_response(renderer, build_error(problem.status))
        response.headers.update(problem.headers)
        return response

    return tell
