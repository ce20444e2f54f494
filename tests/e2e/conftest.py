"""`browser`: a real Chromium. `site`: the address of the pages of a small catalogue, served for real."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import MISSING, running_chromium
from tests.support.pages import BELFORT, RENT, PagesWorld, serving
from tests.support.small_feeds import offer, structure


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_chromium() as browser:
        if browser is None:
            pytest.fail(MISSING) if os.environ.get("CI") == "true" else pytest.skip(MISSING)
        yield browser


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    world = PagesWorld(tmp_path_factory.mktemp("site"))
    world.bring(
        [
            structure(nom="Toit solidaire", telephone="+33384000101"),
            offer(1, nom="Payer un loyer en retard", description="Une aide pour payer le loyer.\n\n" + "Un mot. " * 150,
                  thematiques=(RENT,), frais="gratuit", adresse="3 rue des Sapins", telephone="+33384000102",
                  latitude=47.64, longitude=6.86, horaires_accueil="Mo-Fr 09:00-12:00", **BELFORT),
            *(offer(n, nom=f"Cours {n}", latitude=47.6, longitude=6.9, **BELFORT) for n in range(100, 130)),
        ]
    )  # fmt: skip
    world.index()
    with serving(world.app) as address:
        yield address
