"""What is written of a request, and above all what is not."""

import io
import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI, Request
from starlette.testclient import TestClient

from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import Services

DOCUMENTED = re.compile(r"^\| `(maillage_[a-z_]+)`", re.MULTILINE)


@pytest.fixture
def stream() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def logged(services: Services, stream: io.StringIO) -> FastAPI:
    app = create_app(services=services, log=build_log("info", stream))

    @app.get("/boum")
    def fail(request: Request) -> None:
        raise ValueError(f"secret {request.url.query}")

    return app


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_a_request_is_one_line_with_its_route_and_its_number(logged: FastAPI, stream: io.StringIO) -> None:
    answer = TestClient(logged).get("/v1/offers/ex--o1")
    (line,) = lines(stream)
    assert (line["methode"], line["route"], line["statut"]) == ("GET", "/v1/offers/{offer_id}", 200)
    assert line["requete"] == answer.headers["x-request-id"]
    assert line["ms"] > 0


@pytest.mark.parametrize(
    "path",
    [
        "/v1/offers?q=motsecret&code_commune=90010",
        "/v1/offers?motsecret=1",
        "/v1/offers/ex--motsecret",
        "/motsecret",
        "/boum?motsecret",
        "/v1/suggest?q=motsecret",
    ],
)
def test_logs_and_metrics_hold_nothing_that_a_person_wrote(logged: FastAPI, stream: io.StringIO, path: str) -> None:
    client = TestClient(logged)
    client.get(path, headers={"User-Agent": "motsecret", "Referer": "http://motsecret"})
    assert lines(stream)
    assert "motsecret" not in stream.getvalue()
    assert "motsecret" not in client.get("/metrics").text


def test_an_unforeseen_error_is_logged_by_type_and_place_and_told_without_detail(
    logged: FastAPI, stream: io.StringIO
) -> None:
    answer = TestClient(logged).get("/boum?x=1")
    error, _ = lines(stream)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert error["erreurs"][0].startswith("ValueError (")
    assert "fail" in error["erreurs"][0]
    assert error["requete"] == answer.headers["x-request-id"]


def test_requests_are_counted_by_route_and_status(logged: FastAPI) -> None:
    client = TestClient(logged)
    for path in ("/v1/offers/ex--o1", "/v1/offers/ex--o2", "/v1/offers/ex--inconnue", "/nulle-part"):
        client.get(path)
    text = client.get("/metrics").text
    name = "maillage_http_request_duration_seconds_count"
    assert f'{name}{{method="GET",route="/v1/offers/{{offer_id}}",status="200"}} 2.0' in text
    assert f'{name}{{method="GET",route="/v1/offers/{{offer_id}}",status="404"}} 1.0' in text
    assert f'{name}{{method="GET",route="(aucune)",status="404"}} 1.0' in text


def test_metrics_tell_the_index_and_the_age_of_imports(client: TestClient, services: Services) -> None:
    version = services.engine.health().version
    assert version is not None
    text = client.get("/metrics").text
    assert f"maillage_index_documents {float(version.documents)}" in text
    assert f'maillage_index_info{{encoder="hashing/1",version="{version.name}"}} 1.0' in text
    assert 'maillage_import_age_seconds{flux="a"}' in text


def test_the_documentation_lists_every_metric_and_no_other(app: FastAPI) -> None:
    page = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    suffixes = {"info": "_info"}
    ours = {
        metric.name + suffixes.get(metric.type, "")
        for metric in app.state.metrics.registry.collect()
        if metric.name.startswith("maillage_")
    }
    assert set(DOCUMENTED.findall(page)) == ours
