"""The whole way on Elasticsearch: the examples indexed, asked through the API, the cluster away and back."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from indexer.cli import build_app
from indexer.engines.elasticsearch import Access
from indexer.engines.factory import build_engine
from indexer.errors import SettingError
from indexer.language.needs import SilentReader
from indexer.settings import Settings
from search_api.app import create_app
from search_api.logs import build_log
from search_api.services import open_services, warm_up
from tests.api.worlds import NOW, fill, settings_in
from tests.support.hashing_encoder import HashingEncoder
from tests.support.wire import Wire

NEAR = 0.003
"""Scores of both engines: one reads exact vectors, the other their int8."""

ASKED = (
    {"q": "permis de conduire", "code_commune": "90010"},
    {"q": "payer mon loyer", "code_commune": "90010", "frais": "gratuit"},
    {"q": "atelier vélo"},
    {"code_commune": "90010", "tri": "distance"},
    {"q": "numérique", "page": 2, "size": 10},
)


def settings_on(folder: Path, url: str, prefix: str) -> Settings:
    return settings_in(folder, engine="elasticsearch", elasticsearch_url=url, elasticsearch_prefix=prefix)


@contextmanager
def serving(settings: Settings) -> Iterator[TestClient]:
    """An application on these settings, warmed up."""
    services = open_services(settings, encoder=HashingEncoder, clock=lambda: NOW, needs=SilentReader())
    warm_up(services, build_log("error", io.StringIO()))
    yield TestClient(create_app(services=services, log=build_log("error", io.StringIO())))
    services.close()


def asked(client: TestClient, params: dict[str, Any]) -> dict[str, Any]:
    answer = client.get("/v1/offers", params=params | {"facettes": ["thematiques", "publics", "frais"]})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    for passing in ("version", "curseur", "duree_ms", "suivant"):
        body.pop(passing, None)
    return body


@pytest.mark.elasticsearch
def test_both_engines_give_the_same_answers_on_the_same_catalogue(tmp_path: Path, access: Access) -> None:
    cluster = settings_on(tmp_path / "cluster", access.urls[0], access.prefix)
    alone = settings_in(tmp_path / "alone")
    for settings in (cluster, alone):
        settings.data_dir.mkdir()
        fill(settings)
    with serving(cluster) as one, serving(alone) as other:
        for params in ASKED:
            ours, theirs = asked(one, params), asked(other, params)
            scores = [[item.pop("score") for item in answer["items"]] for answer in (ours, theirs)]
            assert ours == theirs
            assert scores[0] == pytest.approx(scores[1], abs=NEAR)


@pytest.mark.elasticsearch
def test_the_service_says_503_while_the_cluster_is_away_and_recovers_without_a_restart(
    tmp_path: Path, access: Access
) -> None:
    address = urlsplit(access.urls[0])
    wire = Wire((str(address.hostname), int(address.port or 9200)))
    wire.join()
    settings = settings_on(tmp_path, f"http://127.0.0.1:{wire.port}", access.prefix)
    fill(settings)
    wire.cut()
    with serving(settings) as client:  # away at start already
        for path in ("/v1/offers?q=permis", "/readyz"):
            answer = client.get(path)
            assert (answer.status_code, "retry-after" in answer.headers) == (503, True)
        wire.join()
        assert client.get("/v1/offers?q=permis").json()["total"] > 0
        assert client.get("/readyz").status_code == 200
    wire.cut()


@pytest.mark.elasticsearch
def test_status_and_rollback_speak_of_the_cluster(
    tmp_path: Path, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_on(tmp_path, access.urls[0], access.prefix)
    fill(settings)
    for name in ("data_dir", "engine", "elasticsearch_url", "elasticsearch_prefix"):
        monkeypatch.setenv(f"MAILLAGE_{name.upper()}", str(getattr(settings, name)))
    live = build_engine(settings).versions()[0].name
    told = CliRunner().invoke(build_app(["status"]), ["status"])
    assert live in told.output
    refused = CliRunner().invoke(build_app(["rollback"]), ["rollback"])
    assert refused.exit_code != 0


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "MAILLAGE_ELASTICSEARCH_URL"),
        ({"elasticsearch_url": "http://a", "elasticsearch_user": "u", "elasticsearch_api_key": "k"}, "pas les deux"),
    ],
)
def test_settings_that_are_missing_or_contradict_each_other_are_refused(
    tmp_path: Path, values: dict[str, str], told: str
) -> None:
    with pytest.raises(SettingError, match=told):
        build_engine(settings_in(tmp_path, engine="elasticsearch", **values))


def test_a_certificate_that_does_not_read_is_refused_with_its_setting(tmp_path: Path) -> None:
    values = {"elasticsearch_url": "https://127.0.0.1:1", "elasticsearch_ca": tmp_path / "absent.pem"}
    engine = build_engine(settings_in(tmp_path, engine="elasticsearch", **values))
    assert "MAILLAGE_ELASTICSEARCH_CA" in engine.health().message
