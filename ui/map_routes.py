"""What the map of the results asks for, once it is opened."""

from collections.abc import Callable
from typing import Final

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from indexer.geocode.communes import load_communes
from ui import urls
from ui.contexts.map_points import build_offer_map
from ui.params import read_search
from ui.rendering import PRIVATE
from ui.services import services_of

_HEADERS: Final = {"Cache-Control": PRIVATE, "X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex"}


def add_map_points(router: APIRouter) -> None:
    router.add_api_route(urls.MAP, _map_points(), methods=["GET"], response_class=Response)


def _map_points() -> Callable[[Request], Response]:
    def map_points(request: Request) -> Response:
        """The same parameters as the results page, read as kindly."""
        reading = read_search(request.query_params, load_communes())
        points = build_offer_map(reading.state, services_of(request).search, load_communes())
        return Response(orjson.dumps(points), media_type="application/json", headers=_HEADERS)

    return map_points
