"""Jobs deduced from the title of a training or an immersion that states none."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.deduced_jobs import MOST, deduce_jobs, jobs_among, read_title
from indexer.engines.base import SearchQuery
from indexer.matching.answering import job_place
from indexer.public import offer_dict
from indexer.rebuild import Indexing, reindex
from indexer.reference.shipped import rome_labels
from indexer.schema import Offer
from tests.support.indexing import TODAY, search_over
from tests.support.small_feeds import bring, offer, structure

MASON, COOK = "F1703", "G1602"


def training(title: str, **fields: object) -> Offer:
    return Offer.model_validate({"source": "ex", "id": "ex--1", "nom": title, "type_offre": "formation", **fields})


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Titre professionnel Maçon", MASON),
        ("MAÇON(NE)", MASON),
        ("Devenir maçonne ou maçon", MASON),
        ("CAP Maçon - niveau 3 (en alternance)", MASON),
        ("Maçon en 6 mois", MASON),
        ("Formation commis de cuisine : six mois, puis un contrat", COOK),
        ("Préparation au titre professionnel commis de cuisine", COOK),
        ("CAP Cuisine", COOK),
        ("Les métiers de la propreté : six semaines", "K2204"),
        ("Découvrir le métier d'aide-soignante", "J1501"),
    ],
)
def test_a_title_that_is_the_name_of_a_job_but_for_its_diploma_leads_to_it(title: str, code: str) -> None:
    assert code in read_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "Français langue étrangère (FLE) - A1",
        "Lire, écrire, compter : reprendre les bases",
        "Cours d'alphabétisation",
        "Agent de maintenance en marine de plaisance",  # more than « agent de maintenance », and another job
        "Technicien",  # of sound, of maintenance…
        "CAP",
        "Formation certifiante en ligne",
        "",
        "…",
    ],
)
def test_a_title_that_says_something_else_or_more_leads_to_none(title: str) -> None:
    assert read_title(title) == ()


@given(st.text(max_size=80))
def test_any_title_gives_a_few_codes_of_the_rome(title: str) -> None:
    found = read_title(title)
    assert len(found) <= MOST
    assert set(found) <= set(rome_labels())


def test_the_trades_of_our_list_have_codes_of_the_rome_and_lead_to_them() -> None:
    trades = tomllib.loads(files("indexer").joinpath("deduced_jobs.toml").read_text("utf-8"))["domaines"]
    assert set(trades) <= set(rome_labels())
    assert [name for code, names in trades.items() for name in names if code not in read_title(name)] == []


def test_only_courses_and_immersions_without_a_job_are_read() -> None:
    assert deduce_jobs(training("Maçon")) == deduce_jobs(training("Maçon", type_offre="immersion")) == (MASON,)
    assert deduce_jobs(training("Maçon", metiers=[COOK])) == ()
    assert (
        deduce_jobs(training("Maçon", type_offre="atelier"))
        == deduce_jobs(training("Maçon", type_offre="service"))
        == ()
    )


def test_codes_are_told_from_thematiques() -> None:
    assert jobs_among(("mobilite--preparer-un-permis", MASON, "mobilite")) == (MASON,)


def test_a_deduced_job_goes_after_all_that_are_stated() -> None:
    asked = (MASON, COOK)
    last_stated = job_place({"metiers": [COOK]}, asked)
    assert job_place({"metiers": [COOK, MASON]}, asked) < last_stated
    assert last_stated < job_place({"metiers": None, "metiers_predits": [MASON]}, asked)
    assert job_place({"metiers": None, "metiers_predits": [MASON]}, asked) < job_place({"metiers": None}, asked)


def test_a_deduced_job_is_found_counted_marked_and_never_written_over(work: Indexing) -> None:
    course = {"type_offre": "formation"}
    records = [
        offer(1, nom="Maçon", **course),
        offer(2, nom="Bâtiment", metiers=[MASON], **course),
        offer(3, nom="Maçon"),
    ]
    bring(work.catalogue, [structure(), *records])
    reindex(work)
    answer = work.engine.search(SearchQuery(TODAY, metiers=(MASON,), facets=("metiers",)))
    assert [hit.id for hit in answer.hits] == ["ex--o2", "ex--o1"]
    assert answer.facets["metiers"][MASON] == 2
    body = orjson.loads(answer.hits[1].body)
    assert (body["metiers"], body["metiers_predits"], body["thematiques_predites"]) == (None, [MASON], [])
    assert search_over(work).predicted_of("ex--o1") == (MASON,)
    stored = work.catalogue.get_offers(["ex--o1"])["ex--o1"]
    assert offer_dict(stored, TODAY, (MASON, "mobilite"))["metiers_predits"] == [MASON]
    filtered = work.engine.search(replace(SearchQuery(TODAY), filters={"metiers": frozenset({MASON})}))
    assert [hit.id for hit in filtered.hits] == ["ex--o2", "ex--o1"]
