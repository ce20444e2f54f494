"""`make screenshots`: photographs the pages of the demonstration, and makes the contact sheet of the README.

Images of whole pages go to `screenshots/`, one a view and a width; the sheet goes to `docs/images/`. All is drawn by
the same Chromium; only the dates of the examples, computed from today, change from one day to the next.
"""

import base64
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page

from tests.support.chromium import MISSING, opened, running_chromium

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "screenshots"
SHEET: Final = ROOT / "docs" / "images" / "planche.webp"
PHONE, DESKTOP = 390, 1280
START_SECONDS: Final = 300
"""The first start makes the encoder."""

SHEET_WIDTH, SHEET_QUALITY = 1560, 72
"""Pixels, and the quality that keeps the sheet under 400 kB."""


@dataclass(frozen=True)
class View:
    """A page as someone sees it: its address, the buttons or links pressed on it, and how the browser is set.

    `until` is what must be seen before the image is taken. `options` are those of a Playwright context. `caption` is
    told under it on the sheet.
    """

    name: str
    caption: str
    path: str
    widths: tuple[int, ...] = (PHONE, DESKTOP)
    press: tuple[str, ...] = ()
    until: str = ""
    options: dict[str, Any] = field(default_factory=dict)


RENT: Final = "/offres?q=je+n%27arrive+plus+%C3%A0+payer+mon+loyer&lieu=Belfort"
OFFER: Final = "/offres/exemple--francais-du-soir?code_commune=90010"
KEPT: Final = "/ma-liste?ids=exemple--francais-du-soir&ids=exemple--francais-pour-travailler"

VIEWS: Final = (
    View("accueil", "Dire son besoin, avec ses mots", "/"),
    View("resultats", "Des réponses, et pourquoi celles-là", f"{RENT}&frais=gratuit"),
    View("filtres", "Des filtres qui comptent juste", RENT, (PHONE,), press=("Filtrer",)),
    View("carte", "La liste et la carte se répondent", RENT, press=("Voir la carte",), until=".leaflet-marker-icon"),
    View("offre", "Est-ce pour moi ? Qui appeler ?", OFFER),
    View("structure", "Qui propose cette aide", "/structures/exemple--mille-mots"),
    View("ma-liste", "Ma liste, sans compte", KEPT),
    View("rien-trouve", "Rien ? Que faire, qui appeler", "/offres?lieu=Brest&types_offre=immersion"),
    View("page-introuvable", "Une erreur dit toujours quoi faire", "/offres/exemple--inconnue"),
    View("accueil-sombre", "De nuit", "/", options={"color_scheme": "dark"}),
    View("resultats-sombre", "De nuit", f"{RENT}&frais=gratuit", options={"color_scheme": "dark"}),
    View("accueil-sans-script", "Sans JavaScript", "/", options={"java_script_enabled": False}),
    View("resultats-sans-script", "Sans JavaScript", RENT, options={"java_script_enabled": False}),
)
ON_SHEET: Final = {
    DESKTOP: ("accueil", "carte", "offre"),
    PHONE: ("accueil", "resultats", "filtres", "offre", "ma-liste", "rien-trouve"),
}


def main() -> None:
    """The first argument, when there is one, is the address of a site that runs already."""
    FOLDER.mkdir(exist_ok=True)
    with running_chromium() as browser:
        if browser is None:
            sys.exit(MISSING)
        if len(sys.argv) > 1:
            take_all(browser, sys.argv[1].rstrip("/"))
        else:
            with demonstration() as site:
                take_all(browser, site)
        build_sheet(browser)
    print(f"{FOLDER.relative_to(ROOT)}/ et {SHEET.relative_to(ROOT)} ({SHEET.stat().st_size // 1000} ko)")


def take_all(browser: Browser, site: str) -> None:
    """One image a view and a width, of the whole page."""
    for view in VIEWS:
        for width in view.widths:
            with opened(browser, width, reduced_motion="reduce", **view.options) as page:
                page.goto(site + view.path, wait_until="networkidle")
                for name in view.press:
                    page.locator("a, button").filter(has_text=name).first.click()
                if view.until:
                    page.wait_for_selector(view.until)
                page.screenshot(path=image_of(view.name, width), full_page=not view.press)


def image_of(name: str, width: int) -> Path:
    return FOLDER / f"{name}-{width}.png"


def build_sheet(browser: Browser) -> None:
    """The top of some views, side by side, as one image."""
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    with opened(browser, SHEET_WIDTH) as page:
        page.set_content(sheet_html(), wait_until="load")
        SHEET.write_bytes(capture_webp(page))


def sheet_html() -> str:
    captions = {view.name: view.caption for view in VIEWS}
    rows = []
    for width, names in ON_SHEET.items():
        shots = "".join(_figure(image_of(name, width), captions[name]) for name in names)
        rows.append(f'<div class="row w{width}">{shots}</div>')
    return f"<!doctype html><meta charset=utf-8><style>{_SHEET_STYLE}</style>{''.join(rows)}"


def _figure(image: Path, caption: str) -> str:
    data = base64.b64encode(image.read_bytes()).decode()
    return f'<figure><img src="data:image/png;base64,{data}"><figcaption>{escape(caption)}</figcaption></figure>'


_SHEET_STYLE: Final = """
body { margin: 0; padding: 32px; background: #e9e4da; color: #23303a; font: 17px/1.3 system-ui, sans-serif; }
.row { display: grid; gap: 24px; margin-bottom: 28px; }
.row:last-child { margin-bottom: 0; }
.w1280 { grid-template-columns: repeat(3, 1fr); }
.w390 { grid-template-columns: repeat(6, 1fr); }
figure { margin: 0; }
img { display: block; width: 100%; object-fit: cover; object-position: top; border-radius: 10px; background: #fff;
  box-shadow: 0 1px 3px #0003, 0 8px 24px #0001; }
.w1280 img { aspect-ratio: 1280 / 800; }
.w390 img { aspect-ratio: 390 / 800; border-radius: 16px; }
figcaption { margin-top: 10px; text-align: center; }
"""


def capture_webp(page: Page) -> bytes:
    """The whole page; Playwright itself writes only PNG and JPEG."""
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": SHEET_WIDTH, "height": height, "scale": 1}
    options = {"format": "webp", "quality": SHEET_QUALITY, "captureBeyondViewport": True, "clip": clip}
    answer = page.context.new_cdp_session(page).send("Page.captureScreenshot", options)
    return base64.b64decode(answer["data"])


@contextmanager
def demonstration() -> Iterator[str]:
    """The program itself with its examples, on a free port and in a folder of its own; stopped at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "serve", "--port", str(port), "--demo"]
    environment = os.environ | {"MAILLAGE_DATA_DIR": str(FOLDER / "donnees"), "MAILLAGE_LOG_LEVEL": "warning"}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_ready(site: str, server: subprocess.Popen[bytes]) -> None:
    """SystemExit when the program stops, or says nothing for too long."""
    for _ in range(START_SECONDS):
        if server.poll() is not None:
            sys.exit("Le programme s'est arrêté : voyez son message ci-dessus.")
        try:
            with urllib.request.urlopen(f"{site}/readyz", timeout=5):
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(1)
    sys.exit(f"{site} ne répond pas.")


if __name__ == "__main__":
    main()
