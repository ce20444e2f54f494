"""A real Chromium for tests: the one named by MAILLAGE_CHROMIUM, the machine's, or Playwright's own."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NAMES = ("chromium-headless-shell", *WHOLE)
"""First the same engine without the parts of a window: the tests take half the time."""

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=fr-FR",
]
MISSING = "Chromium absent : apt install chromium, ou playwright install chromium, ou MAILLAGE_CHROMIUM=/chemin"


def find_chromium(playwright: Playwright, names: Iterable[str] = NAMES) -> str | None:
    """The path of an executable, None where there is none."""
    named = os.environ.get("MAILLAGE_CHROMIUM")
    if named:
        return named
    installed = next((path for path in map(shutil.which, names) if path is not None), None)
    if installed is not None:
        return installed
    try:
        own = playwright.chromium.executable_path
    except Error:
        return None
    return own if Path(own).exists() else None


@contextmanager
def running_chromium() -> Iterator[Browser | None]:
    """A browser without a window; None where no executable is found."""
    with sync_playwright() as playwright:
        executable = find_chromium(playwright)
        if executable is None:
            yield None
            return
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, width: int, **options: Any) -> Iterator[Page]:
    """A page of its own, in French, 800 px high; `options` are those of a Playwright context."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale="fr-FR", **options)
    try:
        yield context.new_page()
    finally:
        context.close()
