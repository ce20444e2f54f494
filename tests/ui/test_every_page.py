"""What holds for every page, whatever it shows."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.ui.pages_content import XSS, Page, words_of

PAGES = {
    "home": "/",
    "all offers": "/offres",
    "results near a place": "/offres?q=payer+mon+loyer&lieu=Belfort&frais=gratuit&debut_apres=2026-03-01",
    "nothing found": "/offres?lieu=Brest&types_offre=immersion",
    "several notices": f"/offres?q={XSS}&lieu={XSS}&publics={XSS}&debut_apres={XSS}&tri={XSS}",
    "several places": "/offres?lieu=saint-denis",
    "offer": "/offres/ex--o1?code_commune=90010",
    "offer with hostile texts": "/offres/ex--o2",
    "suspended offer": "/offres/ex--o6",
    "structure": "/structures/ex--s1",
    "structure with hostile texts": "/structures/ex--s3",
    "structure without offers": "/structures/ex--s2",
    "unknown offer": "/offres/ex--inconnue",
    "retired offer": "/offres/ex--o9",
    "retired structure": "/structures/ex--s9",
    "report an error": "/offres/ex--o2/signaler",
    "thanks for a report": "/structures/ex--s3/signaler?envoye=oui",
    "my list": f"/ma-liste?ids=ex--o1&ids=ex--o2&ids=ex--o9&ids=ex--o6&ids={XSS}",
    "my list, empty": "/ma-liste",
    "about": "/a-propos",
    "sources": "/sources",
    "quality of a source": "/sources/a",
    "accessibility": "/accessibilite",
    "privacy": "/confidentialite",
    "legal notices": "/mentions-legales",
    "site map": "/plan-du-site",
}
every_page = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())


@every_page
def test_is_valid_html(client: TestClient, address: str) -> None:
    Page.read(client.get(address).text)


@every_page
def test_has_no_id_twice(client: TestClient, address: str) -> None:
    ids = [e.get("id") for e in Page.read(client.get(address).text).root.iter() if e.get("id")]
    assert sorted(ids) == sorted(set(ids))


@every_page
def test_links_within_the_page_lead_somewhere(client: TestClient, address: str) -> None:
    page = Page.read(client.get(address).text)
    ids = {e.get("id") for e in page.root.iter()}
    inner = {e.get("href")[1:] for e in page.root.iter() if (e.get("href") or "").startswith("#")}
    assert inner <= ids


@every_page
def test_labels_every_control(client: TestClient, address: str) -> None:
    page = Page.read(client.get(address).text)
    labelled = {label.get("for") for label in page.all("label")}
    controls = [c for tag in ("input", "select", "textarea") for c in page.all(tag) if c.get("type") != "hidden"]
    assert {c.get("id") for c in controls} <= labelled


@every_page
def test_holds_no_script_and_no_style_of_its_own(client: TestClient, address: str) -> None:
    page = Page.read(client.get(address).text)
    assert [s for s in page.all("script") if s.get("type") != "application/ld+json" and words_of(s)] == []
    assert page.all("style") == []
    names = {name for e in page.root.iter() for name in e.attrib}
    assert not {name for name in names if name == "style" or str(name).startswith("on")}


@every_page
def test_asks_nothing_of_another_site(client: TestClient, address: str) -> None:
    page = Page.read(client.get(address).text)
    fetched = [e.get("src") for e in page.root.iter() if e.get("src")] + [
        e.get("href") for e in page.all("link") if e.get("rel") != "canonical"
    ]
    assert all(re.match(r"/[^/]", str(target)) for target in fetched)


@every_page
def test_runs_no_link_as_a_program(client: TestClient, address: str) -> None:
    links = [e.get("href") for e in Page.read(client.get(address).text).all("a")]
    assert not [link for link in links if not link.startswith(("/", "#", "http://", "https://", "tel:", "mailto:"))]


@every_page
def test_forbids_everything_that_it_does_not_need(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"] == "geolocation=(self), camera=(), microphone=()"
    assert headers["x-content-type-options"] == "nosniff"
    assert "cache-control" in headers


@every_page
def test_has_landmarks_one_title_and_a_language(client: TestClient, address: str) -> None:
    page = Page.read(client.get(address).text)
    assert page.root.get("lang") == "fr"
    assert [len(page.all(tag)) for tag in ("main", "h1", "title", "footer")] == [1, 1, 1, 1]
    assert page.links()["Aller au contenu"] == "#contenu"


@every_page
def test_gives_the_emergency_numbers(client: TestClient, address: str) -> None:
    links = [e.get("href") for e in Page.read(client.get(address).text).all("a")]
    assert {f"tel:{n}" for n in (115, 3919, 119, 3114, 17, 15, 112)} <= set(links)


@every_page
def test_never_names_a_contact_person(client: TestClient, address: str) -> None:
    assert "Secrete" not in client.get(address).text


def test_a_head_request_is_answered_without_a_body(client: TestClient) -> None:
    response = client.head("/")
    assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")


def test_the_style_sheet_is_kept_for_ever_under_the_name_of_its_content(client: TestClient) -> None:
    address = Page.read(client.get("/").text).all("link", rel="stylesheet")[0].get("href")
    response = client.get(address)
    assert (response.status_code, response.headers["content-type"]) == (200, "text/css; charset=utf-8")
    assert "immutable" in response.headers["cache-control"]
    assert client.get("/assets/maillage.0000000000.css").status_code == 404


def test_what_a_person_typed_is_kept_by_no_shared_cache(client: TestClient) -> None:
    assert client.get("/offres?q=loyer").headers["cache-control"].startswith("private")
