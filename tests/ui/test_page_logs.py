"""What is written of a page that fails: a line of the same form as the API's, and nothing that a person wrote."""

import io
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.errors import EngineError
from search_api.logs import build_log, configure_logs
from search_api.metrics import Metrics
from search_api.observe import Observe
from tests.support.pages import demonstration_pages
from ui.routes import mount

TYPED = "/offres?q=motsecret&lieu=Motsecret"


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Where a whole process writes, as `maillage serve` sets it."""
    stream = io.StringIO()
    configure_logs("info", stream)
    yield stream
    structlog.reset_defaults()


def failing_site(stream: io.StringIO, error: Exception) -> TestClient:
    """Pages whose search fails so."""

    def fail(*_: object) -> None:
        raise error

    app = FastAPI()
    app.state.services = SimpleNamespace(search=SimpleNamespace(search=fail), catalogue=None)
    mount(app, demonstration_pages())
    app.add_middleware(Observe, log=build_log("info", stream), metrics=Metrics())
    return TestClient(app)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_an_unforeseen_failure_of_a_page_is_one_line_by_type_place_route_and_number(stream: io.StringIO) -> None:
    answer = failing_site(stream, ValueError("motsecret")).get(TYPED)
    failure, request = lines(stream)
    assert answer.status_code == 500
    assert (failure["event"], failure["level"], failure["route"]) == ("erreur interne", "error", "/offres")
    assert failure["erreurs"][0].startswith("ValueError (")
    assert failure["requete"] == request["requete"] == answer.headers["x-request-id"]


def test_a_page_that_cannot_be_had_for_now_says_why(stream: io.StringIO) -> None:
    answer = failing_site(stream, EngineError("L'index est occupé.")).get(TYPED)
    failure, _ = lines(stream)
    assert answer.status_code == 503
    assert (failure["event"], failure["level"]) == ("réponse impossible", "warning")
    assert (failure["erreur"], failure["message"]) == ("EngineError", "L'index est occupé.")


@pytest.mark.parametrize("error", [ValueError("motsecret"), EngineError("occupé")])
def test_no_line_of_a_failed_page_holds_what_was_typed(stream: io.StringIO, error: Exception) -> None:
    failing_site(stream, error).get(TYPED, headers={"User-Agent": "motsecret", "Referer": "http://motsecret"})
    assert len(lines(stream)) == 2
    assert "motsecret" not in stream.getvalue().lower()


def test_what_a_module_logs_with_its_error_keeps_type_and_place_only(stream: io.StringIO) -> None:
    try:
        raise KeyError("motsecret")
    except KeyError:
        structlog.get_logger("un.module").warning("essai manqué", exc_info=True)
    (line,) = lines(stream)
    assert line["erreurs"][0].startswith("KeyError (test_page_logs.py:")
    assert "motsecret" not in stream.getvalue()


def test_the_level_asked_for_holds_for_every_module(stream: io.StringIO) -> None:
    configure_logs("error", stream)
    structlog.get_logger("un.module").warning("moins grave")
    assert stream.getvalue() == ""
