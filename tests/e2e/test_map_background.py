"""Images under the map, from a real server of another origin: let in by the policy, and told nothing of the search."""

import base64
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response
from playwright.sync_api import Browser, expect

from indexer.settings import Settings
from tests.support.chromium import opened
from tests.support.pages import BELFORT, PagesWorld, serving
from tests.support.small_feeds import offer, structure
from ui.asset_files import load_assets
from ui.site import load_site

pytestmark = pytest.mark.browser

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


@dataclass
class TileServer:
    """Gives one grey pixel for every image, and keeps what it was told."""

    asked: list[str] = field(default_factory=list)
    referrers: set[str | None] = field(default_factory=set)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.get("/{z}/{x}/{y}.png")
        def tile(request: Request) -> Response:
            self.asked.append(request.url.path)
            self.referrers.add(request.headers.get("referer"))
            return Response(PIXEL, media_type="image/png")

        return app


@pytest.fixture
def tiles() -> TileServer:
    return TileServer()


@pytest.fixture
def site(tmp_path: Path, tiles: TileServer) -> Iterator[str]:
    if "map.js" not in load_assets():
        reason = "Scripts des pages absents : lancez « python -m ui.build_assets »"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with serving(tiles.app()) as images:
        settings = Settings(data_dir=tmp_path, tiles_url=images + "/{z}/{x}/{y}.png", tiles_attribution="© Essai")
        world = PagesWorld(tmp_path, site=load_site(settings))
        world.bring([structure(nom="Maison"), offer(1, nom="Cours", latitude=47.64, longitude=6.86, **BELFORT)])
        world.index()
        with serving(world.app) as address:
            yield address


def test_images_come_once_the_map_is_open_and_their_server_never_learns_the_words(
    browser: Browser, site: str, tiles: TileServer
) -> None:
    with opened(browser, 1280) as page:
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(f"{site}/offres?q=cours&lieu=Belfort", wait_until="networkidle")
        assert tiles.asked == []
        page.get_by_role("button", name="Voir la carte").click()
        expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
        expect(page.locator("#carte")).to_contain_text("Fond de carte : © Essai")
        assert tiles.asked
        assert tiles.referrers == {f"{site}/"}
        assert told == []
