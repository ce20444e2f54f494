"""`POST /v1/immersions` and `/v1/ateliers`: strict bodies, and the whole life of a publication by its token."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from indexer.language.needs import SilentReader
from indexer.publish.moderation import Decision, Moderation, Moderator
from search_api.app import create_app
from search_api.schemas.publications import PublicationModel, example_immersion, example_workshop
from search_api.services import Services, open_services
from tests.api.worlds import NOW, fill, settings_in
from tests.support.hashing_encoder import HashingEncoder

KEY = "une clé de test qui a trente-deux caractères au moins"
FOUND = "/v1/offers?code_commune=90010&types_offre=immersion"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    settings = settings_in(tmp_path, secret_key=SecretStr(KEY))
    fill(settings)
    opened = open_services(settings, encoder=HashingEncoder, clock=lambda: NOW, needs=SilentReader())
    yield opened
    opened.close()


@pytest.fixture
def client(services: Services) -> TestClient:
    return TestClient(create_app(services=services))


def confirmed(client: TestClient, services: Services) -> str:
    """The token of an immersion that was sent and confirmed."""
    assert client.post("/v1/immersions", json=example_immersion()).json()["etat"] == "a-confirmer"
    mail = services.workspace.outbox.recent(1)[0].mail
    assert mail is not None
    link = re.findall(r"/publier/confirmer/([\w-]+)", mail.text)[0]
    answer = client.post("/v1/publications/confirmation", json={"jeton": link}).json()
    assert answer["etat"] == "a-moderer"
    return str(answer["jeton"])


def act(client: TestClient, what: str, token: str, **body: Any) -> Any:
    return client.post(f"/v1/publications/{what}", json=body, headers={"Authorization": f"Bearer {token}"})


def test_an_immersion_goes_all_the_way_by_the_api(client: TestClient, services: Services) -> None:
    token = confirmed(client, services)
    assert client.get(FOUND).json()["total"] == 0
    moderation = Moderation(services.workspace.publications)
    waiting = moderation.queue()[0]
    moderation.decide(Moderator("c", "Camille"), waiting.id, waiting.version, Decision.ACCEPT, "")
    assert client.get(FOUND).json()["total"] == 1
    state = act(client, "pause", token, jusqu_au="2026-06-01").json()
    assert (state["etat"], state["reprise_le"]) == ("en-pause", "2026-06-01")
    assert client.get(FOUND).json()["total"] == 0
    assert act(client, "reprise", token).json()["etat"] == "publiee"
    assert client.get(FOUND).json()["total"] == 1
    assert act(client, "fermeture", token).json()["etat"] == "close"
    assert act(client, "reprise", token).status_code == 409


def test_answers_are_as_the_document_says(client: TestClient, services: Services) -> None:
    workshop = client.post(
        "/v1/ateliers", json=example_workshop() | {"seances": [{"date": "2026-09-15", "debut": "14:00"}]}
    )
    assert workshop.status_code == 200, workshop.text
    assert PublicationModel.model_validate_json(workshop.content).etat == "a-confirmer"
    token = confirmed(client, services)
    assert PublicationModel.model_validate_json(act(client, "etat", token).content).type_offre == "immersion"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"siret": "123"}, "siret"),
        ({"courriel": "a@b.fr\nBcc: c@d.fr"}, "courriel"),
        ({"taches": "x" * 20_000}, "taches"),
        ({"metiers": ["Z9999"]}, "metier"),
        ({"accord": False}, "accord"),
        ({"par_mois": "deux"}, "par_mois"),
        ({"mode": "pigeon"}, "mode"),
        ({"metier": "boulanger"}, "metier"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, change: dict[str, Any], field: str) -> None:
    answer = client.post("/v1/immersions", json=example_immersion() | change)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in {error["parametre"] for error in answer.json()["errors"]}


def test_nothing_is_managed_without_the_token(client: TestClient) -> None:
    assert client.post("/v1/publications/pause", json={}).status_code == 401
    assert act(client, "pause", "un-autre-jeton").status_code == 410
    assert client.post("/v1/publications/confirmation", json={"jeton": "x"}).status_code == 410


def test_a_flood_is_stopped(client: TestClient) -> None:
    answers = [client.post("/v1/immersions", json=example_immersion()) for _ in range(25)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
