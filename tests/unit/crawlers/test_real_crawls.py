"""Real crawls of a site on loopback, each in a process of its own, as in production but for the pace."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.feeds.base import REFUSAL_KEY
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.schema import Kind
from tests.support.crawled_site import serve_site

QUICK = """
import json, sys
from pathlib import Path
from crawlers.__main__ import run_crawl
from crawlers.site import Site
site = Site(**json.loads(sys.argv[1]))
pace = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_START_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_TIMES": 1}
print(json.dumps(run_crawl(site, Path(sys.argv[2]), "essai@example.org", overrides=pace), default=str))
"""


def crawl(address: str, output: Path, **change: Any) -> dict[str, Any]:
    """The report of a crawl. The pace alone differs from production: robots.txt, limits and names are the real ones."""
    site = {
        "name": "essai", "kind": "schema-org", "domains": ["127.0.0.1"], "start": [f"{address}/"], "licence": "LO",
        "producer": "ville", **change,
    }  # fmt: skip
    command = [sys.executable, "-c", QUICK, json.dumps(site), str(output)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], Any, Path]]:
    """One crawl of the whole site: its report, what the site saw, and the hand-over."""
    output = tmp_path_factory.mktemp("crawl") / "lignes.jsonl"
    with serve_site() as (address, handler):
        yield crawl(address, output), handler, output


def test_a_refusal_of_robots_is_obeyed_and_counted(whole: Any) -> None:
    report, handler, _ = whole
    assert handler.seen["/robots.txt"] >= 1
    assert handler.seen["/prive/secret"] == 0
    assert report["interdites_par_robots"] == 1


def test_the_crawler_says_who_it_is_and_whom_to_write_to(whole: Any) -> None:
    _, handler, _ = whole
    assert all("Maillage" in agent and "essai@example.org" in agent for agent in handler.agents)


def test_a_redirection_is_followed_and_a_loop_is_left(whole: Any) -> None:
    _, handler, _ = whole
    assert handler.seen["/detail/3"] == 1
    assert handler.seen["/boucle"] <= 6


def test_a_server_that_is_busy_or_broken_is_tried_again_a_little(whole: Any) -> None:
    _, handler, _ = whole
    assert handler.seen["/occupe"] == 2
    assert handler.seen["/panne"] == 2
    assert handler.seen["/absent"] == 1


def test_other_sites_are_never_asked(whole: Any) -> None:
    assert "ailleurs" not in json.dumps(whole[0]["erreurs"])


def test_a_huge_page_is_given_up(whole: Any) -> None:
    lines = [json.loads(line) for line in whole[2].read_text().splitlines()]
    assert not any(line["page"].endswith("/enorme") for line in lines)


def test_every_line_bears_its_provenance(whole: Any) -> None:
    for line in map(json.loads, whole[2].read_text().splitlines()):
        assert (line["licence"], line["producteur"]) == ("LO", "ville")
        assert line["page"].startswith("http://127.0.0.1")
        assert line["recupere_le"]


def test_the_hand_over_becomes_offers_with_their_accents_whatever_the_encoding(whole: Any) -> None:
    records = list(iter_raw_records([str(whole[2])], "essai"))
    names = {r.fields["nom"] for r in records if r.kind is Kind.OFFER and REFUSAL_KEY not in r.fields}
    assert names == {f"Atelier CV {name}" for name in ("1", "2", "3", "à côté", "occupe")}


def test_a_trap_calendar_ends_with_the_depth(tmp_path: Path) -> None:
    with serve_site() as (address, handler):
        crawl(address, tmp_path / "l", start=[f"{address}/calendrier"], depth=4)
    assert handler.seen["/calendrier"] == 5


def test_a_calendar_that_a_page_announces_is_found_and_read(tmp_path: Path) -> None:
    output = tmp_path / "l"
    with serve_site() as (address, _):
        crawl(address, output, kind="agenda", depth=1)
    (offer,) = [r.fields for r in iter_raw_records([str(output)], "essai") if r.kind is Kind.OFFER]
    assert offer["nom"] == "Permanence de la mission locale"
    assert offer["source"] == "ville"


def test_records_are_read_by_selectors_without_e_mail_addresses_and_the_nameless_are_counted(tmp_path: Path) -> None:
    output = tmp_path / "l"
    fields = {"nom": "h1::text", "description": "p.texte::text"}
    with serve_site() as (address, _):
        start = [f"{address}/detail/1", f"{address}/sans-nom"]
        report = crawl(address, output, kind="fiches", start=start, depth=1, fields=fields,
                       details=["/detail/1$", "/sans-nom$"], constants={"type_offre": "atelier"})  # fmt: skip
    assert report["refusees"] == {"sans-nom": 1}
    assert report["champs"]["description"] == 1
    (offer,) = [r.fields for r in iter_raw_records([str(output)], "essai") if r.kind is Kind.OFFER]
    assert (offer["nom"], offer["id"], offer["type_offre"]) == ("Atelier 1", "/detail/1", "atelier")
    assert "@" not in offer["description"]


API = {
    "kind": "api",
    "record": "data.items",
    "fields": {"id": "ref", "nom": "titre", "commune": "lieu.ville", "telephone": "lieu.tel.0"},
}


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/api/comptee?page=1", {"page_parameter": "page"}),
        ("/api/suivante", {"next_page": "suite"}),
        ("/api/repete", {"page_parameter": "page"}),
    ],
)
def test_an_api_is_read_page_after_page_and_ends(tmp_path: Path, path: str, way: dict[str, str]) -> None:
    output = tmp_path / "l"
    with serve_site() as (address, _):
        report = crawl(address, output, **API, **way, start=[address + path])
    offers = [r.fields for r in iter_raw_records([str(output)], "essai") if r.kind is Kind.OFFER]
    assert [(o["id"], o["nom"], o["commune"], o["telephone"]) for o in offers] == [
        (str(n), f"Atelier {n}", "Belfort", "0384000000") for n in (1, 2, 3, 4)
    ]
    assert report["refusees"] == {}


def test_an_api_that_answers_a_page_of_error_gives_what_it_had_and_says_so(tmp_path: Path) -> None:
    with serve_site() as (address, _):
        report = crawl(address, tmp_path / "l", **API, page_parameter="page", start=[f"{address}/api/casse"])
    assert report["lignes"] == 2
    assert report["refusees"] == {"reponse-illisible": 1}
