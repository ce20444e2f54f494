"""The pages of the workspace are made at the first request to one of them: nothing else of them changes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from starlette.routing import Route

from indexer.late import Late
from tests.support.pages import demonstration_pages, serving
from ui.late_routes import BEGINNINGS, LateRoutes


def _path(route: object) -> str:
    assert isinstance(route, Route)
    return route.path


def _matches(path: str) -> bool:
    match, _ = demonstration_pages().workspace.matches({"type": "http", "path": path})
    return match.name == "FULL"


def test_every_page_of_the_workspace_is_found_by_how_its_path_begins() -> None:
    paths = [_path(route) for route in demonstration_pages().workspace.router.get().routes]
    assert [path for path in paths if not _matches(path)] == []


def test_no_page_of_the_portal_begins_so() -> None:
    assert [path for path in map(_path, demonstration_pages().router.routes) if _matches(path)] == []


def test_each_beginning_has_its_pages() -> None:
    paths = [_path(route) for route in demonstration_pages().workspace.router.get().routes]
    assert [one for one in BEGINNINGS if not any(f"{path}/".startswith(f"{one}/") for path in paths)] == []


@pytest.mark.parametrize("path", ["/espaces", "/plan", "/plan/gardera", "/publierai/x", "/", ""])
def test_a_path_that_only_looks_alike_is_another(path: str) -> None:
    assert not _matches(path)


def _app(build: Callable[[], None]) -> FastAPI:
    """`/espace` is made by `build`; `/ailleurs` is there from the start."""

    def make() -> APIRouter:
        build()
        router = APIRouter(redirect_slashes=False)
        router.add_api_route("/espace", lambda: "l'espace", methods=["GET"])
        return router

    app = FastAPI(redirect_slashes=False)
    app.add_api_route("/ailleurs", lambda: "ailleurs", methods=["GET"])
    app.router.routes.append(LateRoutes(Late(make)))
    return app


def test_first_requests_that_come_together_make_the_pages_once_and_are_all_answered() -> None:
    made, together = [], Barrier(6)
    with serving(_app(lambda: made.append(1))) as address:

        def ask(_: int) -> int:
            together.wait(timeout=30)
            return httpx.get(f"{address}/espace", timeout=30).status_code

        with ThreadPoolExecutor(6) as pool:
            statuses = list(pool.map(ask, range(6)))
    assert statuses == [200] * 6
    assert made == [1]


def test_other_pages_are_answered_while_these_are_made() -> None:
    begun, go_on = Event(), Event()

    def build() -> None:
        begun.set()
        go_on.wait(timeout=30)

    with serving(_app(build)) as address, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.get, f"{address}/espace", timeout=60)
        assert begun.wait(timeout=30)
        meanwhile = httpx.get(f"{address}/ailleurs", timeout=30)
        go_on.set()
        assert (meanwhile.status_code, waiting.result(timeout=60).status_code) == (200, 200)


def test_an_unknown_address_and_a_wrong_method_are_refused_as_everywhere() -> None:
    with serving(_app(lambda: None)) as address:
        unknown, wrong = httpx.get(f"{address}/espace/rien"), httpx.delete(f"{address}/espace")
    assert (unknown.status_code, wrong.status_code) == (404, 405)


def test_a_failure_to_make_them_is_tried_again_at_the_next_request() -> None:
    failures = iter([True, False])

    def build() -> None:
        if next(failures):
            raise ValueError("un module manque")

    with serving(_app(build)) as address:
        statuses = [httpx.get(f"{address}/espace").status_code for _ in range(2)]
    assert statuses == [500, 200]
