"""The sites that ship, on pages of theirs that were saved."""

from pathlib import Path

import pytest
from scrapy.http import HtmlResponse

from crawlers.site import find_site, load_site
from crawlers.spiders import RecordSpider
from indexer.feeds.postal_line import split_address

PAGES = Path(__file__).parents[4] / "shared" / "data" / "pages"


@pytest.mark.real_data
@pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/data est absent : les pages enregistrées n'y sont pas")
@pytest.mark.parametrize(("page", "name"), [("alpha-iv", "Alpha IV"), ("abc-formation", "ABC")])
def test_a_structure_of_reseau_alpha_is_read_from_its_page(page: str, name: str) -> None:
    site = load_site(find_site("reseau-alpha"))
    body = (PAGES / f"reseau_alpha_{page}.html").read_bytes()
    response = HtmlResponse(f"https://www.reseau-alpha.org/structure/cours/{page}", body=body, encoding="utf-8")
    (line,) = list(RecordSpider(site).records(response))
    assert isinstance(line, dict)
    assert line["champs"]["nom"].startswith(name)
    assert len(line["champs"]["description"]) > 100
    assert split_address(line["champs"]["adresse"])["code_postal"][:2] in {
        "75",
        "77",
        "78",
        "91",
        "92",
        "93",
        "94",
        "95",
    }
