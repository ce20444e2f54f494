"""« Signaler une erreur »: what a reader sends is kept, and nothing else is."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from indexer.catalogue import Catalogue
from indexer.catalogue.reports import MAX_OPEN, MAX_TEXT, NewReport, ReportReason
from indexer.schema import Kind
from tests.support.pages import PagesWorld
from tests.ui.pages_content import GONE, GONE_STRUCTURE, RECORDS, XSS, Page
from ui.form_limits import FormLimit

FORM = "/offres/ex--o1/signaler"
GOOD = {"motif": "contact", "texte": "Le numéro ne répond plus."}


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> PagesWorld:
    """A catalogue that the test may write to."""
    world = PagesWorld(tmp_path_factory.mktemp("reports"))
    world.bring([*RECORDS[:4], GONE, GONE_STRUCTURE])
    world.bring(RECORDS[:4], accept_loss=True)
    return world


@pytest.fixture
def site(own: PagesWorld) -> TestClient:
    return TestClient(own.app, follow_redirects=False)


@pytest.fixture
def catalogue(own: PagesWorld) -> Catalogue:
    return own.catalogue


def test_what_is_sent_is_kept_and_thanked_for(site: TestClient, catalogue: Catalogue) -> None:
    sent = site.post(FORM, data=GOOD)
    assert (sent.status_code, sent.headers["location"]) == (303, f"{FORM}?envoye=oui")
    assert "Votre signalement sur « Payer un loyer en retard » est enregistré." in site.get(f"{FORM}?envoye=oui").text
    (report,) = catalogue.reports()
    assert (report.kind, report.record_id, report.reason, report.text) == (
        Kind.OFFER, "ex--o1", ReportReason.CONTACT, GOOD["texte"],
    )  # fmt: skip


def test_a_structure_is_reported_too(site: TestClient, catalogue: Catalogue) -> None:
    assert site.post("/structures/ex--s1/signaler", data={"motif": "adresse"}).status_code == 303
    assert [(r.kind, r.record_id, r.text) for r in catalogue.reports()] == [(Kind.STRUCTURE, "ex--s1", "")]


def test_without_a_reason_the_form_comes_back_with_what_was_written(site: TestClient, catalogue: Catalogue) -> None:
    answer = site.post(FORM, data={"texte": XSS, "motif": "inconnu"})
    page = Page.read(answer.text)
    assert answer.status_code == 422
    assert page.links()["Choisissez ce qui ne va pas."] == "#motif-1"
    assert page.all("textarea")[0].text == XSS
    assert catalogue.reports() == []


def test_a_text_too_long_is_told_and_nothing_is_kept(site: TestClient, catalogue: Catalogue) -> None:
    answer = site.post(FORM, data={"motif": "autre", "texte": "é" * (MAX_TEXT + 1)})
    assert answer.status_code == 422
    assert f"{MAX_TEXT} caractères au plus" in answer.text
    assert catalogue.reports() == []


def test_the_longest_text_passes_and_its_control_characters_do_not(site: TestClient, catalogue: Catalogue) -> None:
    assert site.post(FORM, data={"motif": "autre", "texte": "😀" * MAX_TEXT}).status_code == 303
    assert site.post(FORM, data={"motif": "autre", "texte": "un\x00\x1b[31m\r\ndeux"}).status_code == 303
    assert [r.text for r in catalogue.reports()] == ["un  [31m\ndeux", "😀" * MAX_TEXT]


def test_a_program_that_fills_every_field_is_thanked_and_forgotten(site: TestClient, catalogue: Catalogue) -> None:
    assert site.post(FORM, data={**GOOD, "site_internet": "http://spam.test"}).status_code == 303
    assert catalogue.reports() == []


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://ailleurs.test"}],
)
def test_another_site_may_not_send_it(site: TestClient, catalogue: Catalogue, headers: dict[str, str]) -> None:
    assert site.post(FORM, data=GOOD, headers=headers).status_code == 403
    assert catalogue.reports() == []


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {"origin": "null"}, {}]
)
def test_our_own_page_may_even_from_an_old_browser(site: TestClient, headers: dict[str, str]) -> None:
    assert site.post(FORM, data=GOOD, headers=headers).status_code == 303


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{}", "application/json", 422),
        (b"motif=autre&texte=" + b"a" * 20_000, "application/x-www-form-urlencoded", 413),
        (urlencode([("motif", "autre")] * 30).encode(), "application/x-www-form-urlencoded", 422),
        (b"\xff\xfe%ff%00=%zz&motif", "application/x-www-form-urlencoded", 422),
        (b"", "application/x-www-form-urlencoded", 422),
    ],
)
def test_what_is_no_form_is_refused_by_a_page(
    site: TestClient, catalogue: Catalogue, body: bytes, kind: str, status: int
) -> None:
    answer = site.post(FORM, content=body, headers={"content-type": kind})
    assert answer.status_code == status
    assert Page.read(answer.text).all("h1")
    assert catalogue.reports() == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/offres/ex--inconnue/signaler", 404),
        ("/offres/ex--%00/signaler", 404),
        ("/offres/ex--o9/signaler", 410),
        ("/structures/ex--s9/signaler", 410),
        ("/structures/rien/signaler", 404),
    ],
)
def test_only_what_has_a_page_can_be_reported(
    site: TestClient, catalogue: Catalogue, address: str, status: int
) -> None:
    assert (site.get(address).status_code, site.post(address, data=GOOD).status_code) == (status, status)
    assert catalogue.reports() == []


def test_a_sender_is_stopped_and_told_when_to_come_back(site: TestClient, catalogue: Catalogue) -> None:
    told = [site.post(FORM, data=GOOD) for _ in range(FormLimit.AMOUNT + 1)]
    assert [answer.status_code for answer in told] == [303] * FormLimit.AMOUNT + [429]
    assert 0 < int(told[-1].headers["retry-after"]) <= 60 * FormLimit.MINUTES
    assert len(catalogue.reports()) == FormLimit.AMOUNT


def test_when_enough_people_said_so_one_more_is_thanked_and_not_kept(site: TestClient, catalogue: Catalogue) -> None:
    for _ in range(MAX_OPEN):
        catalogue.add_report(NewReport(Kind.OFFER, "ex--o1", ReportReason.CONTACT))
    last = site.post(FORM, data=GOOD)
    assert last.headers["location"] == f"{FORM}?envoye=deja"
    assert "nous sommes prévenus" in site.get(last.headers["location"]).text
    assert len(catalogue.reports()) == MAX_OPEN
