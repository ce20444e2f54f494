"""Pages of trust: what each must say, and the way to them from everywhere."""

from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from indexer.catalogue import SourceSummary
from tests.support.pages import PagesWorld
from tests.ui.pages_content import Page
from ui.contexts.trust import build_sources


def source(name: str = "dora", published: int = 1, located: float | None = 1.0) -> SourceSummary:
    day = datetime(2026, 3, 1, tzinfo=UTC)
    return SourceSummary(name, "flux", None, "javascript:x", 2, published, published, located, 1.0, day, day)


def test_every_page_leads_to_the_pages_of_trust_and_they_answer(client: TestClient) -> None:
    links = Page.read(client.get("/offres/ex--o1").text).links()
    wanted = {
        "À propos": "/a-propos",
        "D’où viennent les offres": "/sources",
        "Accessibilité : non conforme": "/accessibilite",
        "Vos données": "/confidentialite",
        "Mentions légales": "/mentions-legales",
        "Plan du site": "/plan-du-site",
    }
    assert wanted.items() <= links.items()
    assert links["Données ouvertes"] == "/docs"
    assert {client.get(address).status_code for address in wanted.values()} == {200}


def test_sources_tell_counts_licence_dates_and_what_is_missing(client: TestClient) -> None:
    text = Page.read(client.get("/sources").text).text()
    assert "Ex Ce qu’elle apporte 52 offres publiées, 4 structures" in text
    assert "Licence non précisée" in text
    assert "Dernier import 2 mars 2026" in text
    assert "11 % des offres n’ont pas de point sur la carte" in text


def test_a_small_share_is_never_told_as_nothing() -> None:
    assert build_sources([source(located=0.999)]).sources[0].problems == (
        "moins de 1\u00a0% des offres n’ont pas de point sur la carte",
    )
    assert build_sources([source(located=None)]).sources[0].problems == ()


def test_the_largest_source_comes_first_and_no_link_runs_a_program() -> None:
    page = build_sources([source("petite", 1), source("grande", 9)])
    assert [(block.name, block.link) for block in page.sources] == [("Grande", None), ("Petite", None)]


def test_examples_are_told_as_such_among_sources() -> None:
    assert build_sources([source("exemple")]).sources[0].is_example


def test_an_empty_catalogue_says_so(tmp_path: Path) -> None:
    assert "Le catalogue est vide" in TestClient(PagesWorld(tmp_path).app).get("/sources").text


def test_no_page_sets_a_cookie(client: TestClient) -> None:
    """What the privacy page promises."""
    answers = [client.get(address) for address in ("/", "/offres?q=loyer", "/offres/ex--o1", "/confidentialite")]
    assert [answer.headers.get("set-cookie") for answer in answers] == [None] * 4


def test_the_site_map_leads_to_the_sixteen_themes(client: TestClient) -> None:
    links = Page.read(client.get("/plan-du-site").text).links()
    themes = [address for address in links.values() if address.startswith("/offres?thematiques=")]
    assert len(themes) == 16
    assert {client.get(address).status_code for address in themes[:2]} == {200}
