"""Pages of trust: what each must say, and the way to them from everywhere."""

from datetime import UTC, datetime
from pathlib import Path

from fastapi.testclient import TestClient

from indexer.catalogue import SourceSummary
from indexer.catalogue.links import LinkState, keep_link_states
from indexer.schema import Kind
from tests.support.pages import PagesWorld
from tests.support.small_feeds import NOON, offer, structure
from tests.ui.pages_content import Page
from ui.contexts.source_report import build_source_page
from ui.contexts.trust import build_sources
from ui.source_pages import LIFETIME_S, SourceReports


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


def test_a_source_leads_to_the_quality_of_its_import(client: TestClient) -> None:
    address = next(href for text, href in Page.read(client.get("/sources").text).links().items() if "qualité" in text)
    text = Page.read(client.get(address).text).text()
    assert "Offres avec un point sur la carte : 88 %" in text
    assert "52 offres publiées" in text
    assert "0 lien mort" in text
    assert "Lu et pris en compte" in text


def test_the_quality_of_an_unknown_import_is_not_found(client: TestClient) -> None:
    for address in ("/sources/inconnu", "/sources/..%2F..%2Fetc", "/sources/%00"):
        assert client.get(address).status_code == 404


def test_what_is_to_mend_is_told_by_rule_and_row_without_what_persons_wrote(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(), offer(1), (Kind.OFFER, {"source": "ex", "id": "ex--o2", "contact_nom_prenom": "Anne"})])
    with TestClient(world.app) as client:
        text = Page.read(client.get("/sources/a").text).text()
    assert "Nom absent : 1 fois, fiches refusées. Lignes 3." in text
    assert "1 fiche refusée" in text
    assert "Anne" not in text


def test_a_dead_link_is_counted_on_the_page_of_its_source(tmp_path: Path) -> None:
    world = PagesWorld(tmp_path)
    world.bring([structure(), offer(lien_source="https://mort.test/fiche")])
    keep_link_states(world.catalogue.database, [LinkState("https://mort.test/fiche", NOON, "parti", NOON, NOON)])
    with TestClient(world.app) as client:
        assert "1 lien mort" in Page.read(client.get("/sources/a").text).text()


def test_a_report_is_made_once_a_minute(world: PagesWorld) -> None:
    now = [0.0]
    reports, services = SourceReports(lambda: now[0]), world.app.state.services
    flux = services.sources.get()[0].flux
    first = reports.get(services, flux)
    now[0] = LIFETIME_S - 1
    assert reports.get(services, flux) is first
    now[0] = LIFETIME_S
    assert reports.get(services, flux) is not first


def test_a_source_that_is_late_says_so() -> None:
    values = report(en_retard=True, age_jours=40, fraicheur_attendue_jours=30)
    assert build_source_page(values).late is not None
    assert "40 jours" in str(build_source_page(values).late)
    assert build_source_page(report()).late is None


def test_completeness_is_never_told_whole_while_one_is_missing() -> None:
    facts = {fact.name: fact.lines for fact in build_source_page(report(part_localisee=0.999)).facts}
    assert facts["Complétude"] == (
        "Offres avec un point sur la carte : 99\u00a0%",
        "Offres avec un thème : inconnue",
    )


def report(**changes: object) -> dict[str, object]:
    """The values of a source that was read once, well."""
    plain: dict[str, object] = {
        "flux": "a", "titre": "A", "licence": None, "etat": "termine", "derniere_lecture": "2026-03-02T10:00:00+00:00",
        "dernier_changement": None, "age_jours": None, "fraicheur_attendue_jours": None, "en_retard": None,
        "structures": 1, "offres": 1, "offres_publiees": 1, "part_localisee": 1.0, "part_avec_thematique": None,
        "lues": 2, "rejetees": 0, "doublons": 0, "codes_inconnus": 0, "liens_morts": 0, "regles": [], "evolution": [],
    }  # fmt: skip
    return plain | changes
