"""Images under the map: from the one server that a deployment names, and told to people; none otherwise."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from indexer.errors import SettingError
from indexer.settings import Settings, load_settings
from tests.support.pages import PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import Page
from ui.site import load_site

TILES = "https://tuiles.exemple.fr:8443/plan/{z}/{x}/{y}{r}.png?cle=abc"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    world = PagesWorld(tmp_path, site=load_site(Settings(data_dir=tmp_path, tiles_url=TILES)))
    world.bring([structure(nom="Maison"), offer(1, nom="Cours")])
    world.index()
    return TestClient(world.app)


def images_from(client: TestClient, address: str) -> list[str]:
    """What the policy lets images come from."""
    parts = client.get(address).headers["content-security-policy"].split("; ")
    return next(part for part in parts if part.startswith("img-src")).split()[1:]


def test_images_come_from_that_origin_and_no_other(client: TestClient) -> None:
    assert images_from(client, "/offres") == ["'self'", "data:", "https://tuiles.exemple.fr:8443"]


def test_the_map_gets_the_address_and_says_to_whom_it_is_owed(client: TestClient) -> None:
    page = Page.read(client.get("/offres").text)
    section = page.all("section", id="carte")[0]
    assert section.get("data-map-tiles") == TILES
    assert page.links()["https://www.openstreetmap.org/copyright"] == "https://www.openstreetmap.org/copyright"


def test_the_page_on_personal_data_names_the_server(client: TestClient) -> None:
    said = Page.read(client.get("/confidentialite").text).text()
    assert "son fond vient de tuiles.exemple.fr" in said
    assert "aucune image, sauf le fond de la carte" in said


def test_without_tiles_nothing_of_another_site_is_allowed_nor_told(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path, site=load_site(Settings(data_dir=tmp_path)))
    client = TestClient(world.app)
    assert images_from(client, "/confidentialite") == ["'self'", "data:"]
    assert "fond de la carte" not in client.get("/confidentialite").text


def test_an_attribution_is_text_whose_addresses_are_links(tmp_path: Path) -> None:
    told = Settings(data_dir=tmp_path, tiles_url=TILES, tiles_attribution="© <b>IGN</b>, https://geo.exemple.fr/cgu")
    tiles = load_site(told).tiles
    assert tiles is not None
    assert [(part.text, part.url) for part in tiles.attribution] == [
        ("© <b>IGN</b>, ", None),
        ("https://geo.exemple.fr/cgu", "https://geo.exemple.fr/cgu"),
    ]


@pytest.mark.parametrize(
    "address",
    [
        "tuiles.exemple.fr/{z}/{x}/{y}.png", "https://tuiles.exemple.fr/{z}/{x}.png", "javascript:{z}{x}{y}",
        "https://{s}.exemple.fr/{z}/{x}/{y}.png", "https://a.fr; script-src *//{z}/{x}/{y}",
        "https://a.fr/{z}/{x}/{y} b",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_is_refused_at_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("MAILLAGE_TILES_URL", address)
    with pytest.raises(SettingError, match="MAILLAGE_TILES_URL"):
        load_settings()
