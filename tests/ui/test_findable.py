"""What search engines read: addresses, what may be listed, schema.org, sitemap, robots."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import orjson
import pytest
from fastapi.testclient import TestClient

from tests.support.pages import BELFORT, RENT, PagesWorld
from tests.support.small_feeds import offer, structure
from tests.ui.pages_content import RECORDS, XSS, Page
from ui.site import Site, demonstration_site
from ui.sitemap import Sitemap

BASE = "https://offres.exemple.test"
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SESSION = {"debut": "2026-03-03T14:00:00+01:00", "fin": "2026-03-03T16:00:00+01:00", "places_restantes": 3}
PLACED = {"latitude": 47.64, "longitude": 6.86, "adresse": "3 rue des Sapins", **BELFORT}


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The same catalogue on a site that knows its address, with an example among real offers."""
    site = demonstration_site()
    world = PagesWorld(tmp_path_factory.mktemp("public"), site=Site(site.territory, None, BASE))
    example = {
        "source": "exemple",
        "id": "exemple--o",
        "nom": "O",
        "structure_id": "exemple--s",
        "sessions": (SESSION,),
    }
    world.bring([
        *RECORDS,
        structure(20, source="exemple", id="exemple--s", nom="S"),
        (offer(20)[0], example),
        offer(30, nom="Un cours", type_offre="formation", frais="gratuit", sessions=(SESSION,), **PLACED),
        offer(31, nom="Un atelier", type_offre="atelier", sessions=(SESSION,), **PLACED),
        offer(32, nom="Une immersion", type_offre="immersion", telephone="+33384000102", **PLACED),
        offer(33, nom="De loin", type_offre="atelier", modes_accueil=("a-distance",), sessions=(SESSION,)),
        offer(34, nom="Ailleurs & <loin>", id="ex--é & <b>"),
    ])  # fmt: skip
    world.index()
    return TestClient(world.app)


def head_of(client: TestClient, address: str, **options: Any) -> Page:
    return Page.read(client.get(address, **options).text)


def canonical(page: Page) -> list[str]:
    return [e.get("href") for e in page.all("link", rel="canonical")]


def is_listed(page: Page) -> bool:
    return page.all("meta", name="robots") == []


def facts_of(page: Page) -> Any:
    scripts = page.all("script", type="application/ld+json")
    return orjson.loads("".join(scripts[0].itertext())) if scripts else None


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/", "/"),
        ("/offres", "/offres"),
        ("/offres/ex--o1?code_commune=90010&utm_source=x", "/offres/ex--o1"),
        ("/structures/ex--s1?code_commune=90010&page=2", "/structures/ex--s1?page=2"),
        ("/sources", "/sources"),
    ],
)
def test_a_page_has_one_address_and_is_listed(public: TestClient, address: str, own: str) -> None:
    page = head_of(public, address)
    assert (canonical(page), is_listed(page)) == ([BASE + own], True)
    assert page.all("meta", property="og:url")[0].get("content") == BASE + own


@pytest.mark.parametrize(
    "address",
    ["/offres?q=loyer", "/offres?frais=gratuit", "/offres?page=2", "/offres/ex--o6", "/offres/ex--o7",
     "/offres/exemple--o", "/structures/exemple--s", "/offres/ex--inconnue"],
)  # fmt: skip
def test_searches_examples_and_what_is_over_are_not_listed(public: TestClient, address: str) -> None:
    page = head_of(public, address)
    assert (is_listed(page), canonical(page)) == (False, [])


def test_nothing_is_listed_while_there_are_only_examples(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(20, source="exemple", id="exemple--s", nom="S")])
    client = TestClient(world.app)
    assert [is_listed(head_of(client, address)) for address in ("/", "/sources", "/a-propos")] == [False] * 3


def test_without_a_public_address_no_shared_cache_keeps_what_a_request_says_of_the_host(client: TestClient) -> None:
    pirate = {"Host": "pirate.exemple.test"}
    kept = [
        response
        for address in ("/", "/offres", "/offres/ex--o1", "/structures/ex--s1", "/sources", "/robots.txt")
        if "pirate" in (response := client.get(address, headers=pirate)).text
    ]
    assert {response.headers["cache-control"].split(",")[0] for response in kept} <= {"private"}


def test_without_a_public_address_links_are_relative_and_there_is_no_sitemap(client: TestClient) -> None:
    page = head_of(client, "/offres/ex--o1", headers={"Host": "pirate.exemple.test"})
    assert canonical(page) == ["/offres/ex--o1"]
    assert page.all("meta", property="og:url") == page.all("meta", property="og:image") == []
    assert client.get("/sitemap.xml").status_code == 404
    assert "Sitemap" not in client.get("/robots.txt").text


def test_a_shared_link_shows_a_title_a_sentence_and_our_picture(public: TestClient) -> None:
    page = head_of(public, "/offres/ex--o1")
    told = {e.get("property"): e.get("content") for e in page.all("meta") if e.get("property")}
    assert (told["og:title"], told["og:site_name"], told["og:locale"]) == (
        "Payer un loyer en retard",
        "Maillage",
        "fr_FR",
    )
    picture = public.get(told["og:image"].removeprefix(BASE))
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")


def test_a_service_tells_its_provider_and_that_it_is_free(public: TestClient) -> None:
    facts = facts_of(head_of(public, "/offres/ex--o1"))
    assert (facts["@context"], facts["@type"], facts["url"]) == (
        "https://schema.org",
        "Service",
        f"{BASE}/offres/ex--o1",
    )
    assert facts["provider"]["name"] == "Maison des droits"
    assert facts["offers"]["price"] == 0
    assert facts["availableChannel"]["serviceLocation"]["address"]["addressLocality"] == "Belfort"


def test_a_formation_is_a_course_with_its_sessions(public: TestClient) -> None:
    facts = facts_of(head_of(public, "/offres/ex--o30"))
    assert (facts["@type"], facts["isAccessibleForFree"]) == ("Course", True)
    assert facts["hasCourseInstance"][0]["startDate"] == SESSION["debut"]


def test_each_session_of_an_atelier_is_an_event(public: TestClient) -> None:
    event = facts_of(head_of(public, "/offres/ex--o31"))["@graph"][0]
    assert (event["@type"], event["startDate"], event["endDate"]) == ("Event", SESSION["debut"], SESSION["fin"])
    assert event["remainingAttendeeCapacity"] == 3
    assert event["location"]["geo"]["latitude"] == 47.64


def test_a_remote_atelier_is_an_event_without_a_place(public: TestClient) -> None:
    event = facts_of(head_of(public, "/offres/ex--o33"))["@graph"][0]
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")
    assert event["location"]["@type"] == "VirtualLocation"


def test_an_immersion_is_never_told_as_a_job(public: TestClient) -> None:
    facts = facts_of(head_of(public, "/offres/ex--o32"))
    assert (facts["@type"], facts["serviceType"]) == ("Service", "Immersion")


def test_a_structure_is_an_organization(public: TestClient) -> None:
    facts = facts_of(head_of(public, "/structures/ex--s1"))
    assert (facts["@type"], facts["name"], facts["telephone"]) == ("Organization", "Maison des droits", "+33384000101")


@pytest.mark.parametrize("address", ["/offres/exemple--o", "/structures/exemple--s", "/offres/ex--o6"])
def test_examples_and_paused_offers_have_no_facts(public: TestClient, address: str) -> None:
    assert facts_of(head_of(public, address)) is None


def test_an_example_says_so_in_a_calendar_too(public: TestClient) -> None:
    assert "SUMMARY:Exemple : O" in public.get("/offres/exemple--o/seances.ics").text


def test_hostile_texts_stay_within_the_facts(public: TestClient) -> None:
    answer = public.get("/offres/ex--o2").text
    assert facts_of(Page.read(answer))["name"] == f"Offre {XSS}"
    assert "</script><" not in answer.split("application/ld+json")[1].split("</script>")[0] + "</script>"


def test_no_contact_person_is_named_in_the_facts(public: TestClient) -> None:
    assert "Secrete" not in public.get("/offres/ex--o1").text


def test_the_sitemap_tells_real_pages_with_their_last_change(public: TestClient) -> None:
    response = public.get("/sitemap.xml")
    root = ElementTree.fromstring(response.text)
    dates = {e.findtext(f"{SPACE}loc"): e.findtext(f"{SPACE}lastmod") for e in root.iter(f"{SPACE}url")}
    assert response.headers["content-type"] == "application/xml"
    assert dates[f"{BASE}/offres/ex--o1"] == "2026-03-02T10:00:00+00:00"
    assert {f"{BASE}/", f"{BASE}/a-propos", f"{BASE}/structures/ex--s1"} <= dates.keys()
    assert f"{BASE}/offres/ex--%C3%A9%20%26%20%3Cb%3E" in dates
    unwanted = ("exemple--", "ex--o6", "ex--o8", "ex--s2", "?")
    assert [address for address in dates for part in unwanted if part in str(address)] == []


def test_every_address_of_the_sitemap_answers(public: TestClient) -> None:
    root = ElementTree.fromstring(public.get("/sitemap.xml").text)
    addresses = [str(e.text).removeprefix(BASE) for e in root.iter(f"{SPACE}loc")]
    assert {public.get(address).status_code for address in addresses if "ex--o1" not in address} == {200}


def test_beyond_the_limit_the_sitemap_lists_files_that_hold_each_page_once(world: PagesWorld) -> None:
    sitemap = Sitemap(world.catalogue, BASE, limit=20)
    root = ElementTree.fromstring("".join(sitemap.iter_root()))
    files = [str(e.text).removeprefix(f"{BASE}/sitemap-").removesuffix(".xml") for e in root.iter(f"{SPACE}loc")]
    assert files == ["pages", "offre-1", "offre-2", "offre-3", "structure-1"]
    parts = [list(ElementTree.fromstring("".join(sitemap.iter_file(name) or ())).iter(f"{SPACE}loc")) for name in files]
    whole = ElementTree.fromstring("".join(Sitemap(world.catalogue, BASE).iter_root()))
    assert [e.text for part in parts for e in part] == [e.text for e in whole.iter(f"{SPACE}loc")]
    assert max(map(len, parts)) == 20


@pytest.mark.parametrize("name", ["offre-0", "offre-9", "offre-x", "chat-1", "offre-²", "offre--1", "offre"])
def test_a_file_of_the_sitemap_that_does_not_exist_is_not_found(public: TestClient, name: str) -> None:
    assert public.get(f"/sitemap-{name}.xml").status_code == 404


def test_robots_may_read_pages_but_not_searches(public: TestClient) -> None:
    response = public.get("/robots.txt")
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.splitlines() == [
        "User-agent: *", "Disallow: /offres?", "Disallow: /v1/", "Disallow: /api/", "", f"Sitemap: {BASE}/sitemap.xml",
    ]  # fmt: skip


def test_every_page_describes_itself(public: TestClient) -> None:
    addresses = ("/", "/offres", "/offres/ex--o1", "/structures/ex--s1", "/a-propos", "/sources", "/accessibilite",
                 "/confidentialite", "/mentions-legales", "/plan-du-site")  # fmt: skip
    pages = [head_of(public, address) for address in addresses]
    assert len({page.text("title") for page in pages}) == len(addresses)
    assert len({page.all("meta", name="description")[0].get("content") for page in pages}) == len(addresses)


def test_the_theme_of_rent_is_told_in_words(public: TestClient) -> None:
    facts = facts_of(head_of(public, "/offres/ex--o1"))
    assert facts["category"]
    assert RENT not in facts["category"]
