"""Addresses that a fuzzer writes: each answers a page or a refusal, never a failure nor a text that is not escaped."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.support.pages import RENT, PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import XSS, Page

NASTY = {
    "10,000 characters": "a" * 10_000,
    "3,000 words": "mots " * 3_000,
    "control characters": "\x00\x01\x1f\x7f\x9f",
    "lone surrogate": "\ud800",
    "emoji": "🏠🔥👨‍👩‍👧" * 40,
    "SQL": "'; DROP TABLE offers;--",
    "HTML": XSS,
    "template": "{{7*7}}${7*7}",
    "direction marks": "\u202e\u202d\u200b\ufeff",
    "accents alone": "\u0301" * 2_000,
    "engine syntax": "((( AND OR NOT *?~^\\/:",
    "numbers": "1e999",
    "not a number": "NaN",
    "other digits": "٣٣٣",
}
PARAMETERS = (
    "q", "lieu", "code_commune", "lat", "rayon_km", "tel_quel", "moments", "sans_besoin", "sans_souhait", "sans_lieu",
    "page", "size", "tri", "debut_apres", "publics", "metiers", "sources",
)  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    world = PagesWorld(tmp_path_factory.mktemp("altered"))
    world.bring([structure(), offer(1, nom="Payer son loyer", thematiques=(RENT,))])
    world.index()
    with TestClient(world.app, raise_server_exceptions=False) as client:
        yield client


def written(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize("parameter", PARAMETERS)
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_the_results_page_stands_any_value_of_any_parameter(pages: TestClient, parameter: str, text: str) -> None:
    words = "" if parameter == "q" else "q=loyer&"
    answer = pages.get(f"/offres?{words}{parameter}={written(text)}")
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text
    assert "<img src=x" not in answer.text
    Page.read(answer.text)


@pytest.mark.parametrize("address", ["/?lieu=", "/carte.json?q=", "/ma-liste?ids=", "/offres/", "/structures/"])
@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY)
def test_every_address_stands_any_text(pages: TestClient, address: str, text: str) -> None:
    answer = pages.get(address + written(text[:2_000]))
    assert answer.status_code in {200, 404}
    assert "<script>alert(1)" not in answer.text
