"""What goes wrong with a publication, as a page that says what to do."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from fastapi.responses import Response

from indexer.errors import ExpiredLinkError
from indexer.publish.errors import AlreadyDecidedError, StateError, TooManyError
from ui.publier import urls
from ui.publier.pages import SimplePage
from ui.rendering import NEVER, Renderer

SIMPLE: Final = "publier/simple.html"


def telling(renderer: Renderer) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
    """Wraps a route: links that are dead, states that do not allow, floods."""

    def wrap(route: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(route)
        def told(*args: Any, **kwargs: Any) -> Response:
            try:
                return route(*args, **kwargs)
            except ExpiredLinkError as error:
                return _page(renderer, "Ce lien n’est plus valable", error, 410, lost=True)
            except (StateError, AlreadyDecidedError) as error:
                return _page(renderer, "Ce n’est plus possible", error, 409)
            except TooManyError as error:
                response = _page(renderer, "Revenez un peu plus tard", error, 429)
                response.headers["Retry-After"] = str(error.seconds)
                return response

        return told

    return wrap


def _page(renderer: Renderer, title: str, error: Exception, status: int, *, lost: bool = False) -> Response:
    links = (("Recevoir un nouveau lien", urls.LOST),) if lost else ()
    page = SimplePage(title, str(error), (str(error),), links=(*links, ("Publier", urls.PUBLISH)))
    return renderer.response(SIMPLE, page, NEVER, status)
