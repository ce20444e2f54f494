"""What publishing costs the manager of a bakery: fields, keys, clicks, words to read, and the time that they take.

    python -m tests.load.publish_by_hand [--width 390] [--shots FOLDER]

A real browser goes from `/publier` to the mail's button on a site of its own. Gestures are counted as they are done;
their time is that of the keystroke-level model (Card, Moran and Newell, 1980: 0.28 s a key, 1.1 s to point, 0.2 s to
press, 1.35 s to decide), words are read at 200 a minute. Thinking about what to write is not in it.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Locator, Page

from tests.e2e.test_publish_story import mailed_link
from tests.support.chromium import MISSING, opened, running_chromium
from tests.support.pages import serving
from tests.support.publications import BAKERY
from tests.support.workspace import WorkspaceSite, workspace_site

KEY_S, POINT_S, PRESS_S, DECIDE_S = 0.28, 1.1, 0.2, 1.35
WORDS_A_MINUTE: Final = 200
_PATIENCE_MS: Final = 300_000
"""For a machine that does other work: what is measured are gestures."""

TASKS: Final = (
    "Vous verrez le pétrissage et la cuisson. "
    "Vous façonnerez des baguettes avec l’équipe, puis vous servirez en boutique."
)


@dataclass
class Manager:
    """Whoever publishes, and what it costs. `fields` are those filled in or ticked."""

    page: Page
    shots: Path | None
    fields: int = 0
    keys: int = 0
    clicks: int = 0
    words: int = 0
    pages: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)
        self.fields += 1
        self.keys += len(text)

    def tick(self, label: str) -> None:
        self.page.get_by_label(label).first.check()
        self.fields += 1

    def press(self, button: Locator) -> None:
        button.first.click()
        self.clicks += 1
        self.read()

    def read(self) -> None:
        """A new page: the lines that no page before it held are read whole."""
        self.page.wait_for_load_state()
        lines = {line.strip() for line in self.page.locator("main").inner_text().splitlines()}
        self.words += sum(len(line.split()) for line in lines - self.seen)
        self.seen |= lines
        self.pages.append(self.page.locator("h1").first.inner_text())
        if self.shots is not None:
            self.page.screenshot(path=self.shots / f"publier-{len(self.pages)}.png", full_page=True)

    @property
    def seconds(self) -> float:
        gestures = self.fields + self.clicks
        typing = self.keys * KEY_S + gestures * (POINT_S + PRESS_S + DECIDE_S)
        return typing + self.words * 60 / WORDS_A_MINUTE


def publish(manager: Manager, site: WorkspaceSite, address: str) -> None:
    button = manager.page.get_by_role
    manager.page.goto(f"{address}/publier")
    manager.read()
    manager.press(button("button", name="Accueillir en immersion"))
    manager.fill("SIRET de l’établissement", BAKERY)
    manager.fill("Nom que les personnes verront", "Boulangerie du Lion")
    manager.fill("Commune du lieu", "Belfort")
    manager.press(button("button", name="Continuer"))
    manager.fill("Le métier à découvrir", "boulanger")
    manager.fill("Ce que la personne verra et fera", TASKS)
    manager.press(button("button", name="Continuer"))
    manager.press(button("button", name="Continuer"))
    manager.fill("Nom de la personne qui répond", "Léa Martin")
    manager.fill("Son courriel", "lea@boulangerie.exemple.fr")
    manager.press(button("button", name="Continuer"))
    manager.tick("Je peux publier pour cette structure")
    manager.press(button("button", name="Publier"))
    manager.page.goto(address + mailed_link(site, "/publier/confirmer/"))
    manager.read()
    manager.press(button("button", name="Oui, publier"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--width", type=int, default=390)
    parser.add_argument("--shots", type=Path, help="dossier où garder une image de chaque page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, workspace_site(Path(folder)) as site, running_chromium() as browser:
        if browser is None:
            raise SystemExit(MISSING)
        with serving(site.world.app) as address, opened(browser, options.width) as page:
            page.set_default_timeout(_PATIENCE_MS)
            manager, started = Manager(page, options.shots), time.monotonic()
            publish(manager, site, address)
            waited = time.monotonic() - started
    print(f"{manager.fields} champs, {manager.keys} touches, {manager.clicks} clics, {len(manager.pages)} pages")
    print(f"{manager.words} mots à lire ; {manager.seconds:.0f} s de gestes et de lecture, {waited:.0f} s d'attente")
    print(" > ".join(manager.pages))


if __name__ == "__main__":
    main()
