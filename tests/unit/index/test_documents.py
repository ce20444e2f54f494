"""What the index knows of an offer."""

from datetime import date
from typing import Any

import numpy as np
import orjson
import pytest

from indexer.documents import anything_of, build_document, codes_of, fold_key, modes_of, passage_of
from indexer.quality import freshness, score_quality
from indexer.rebuild import Indexing
from indexer.schema import Offer
from tests.support.indexing import BELFORT, TODAY
from tests.support.small_feeds import bring, offer, structure

VECTOR = np.ones(8, dtype=np.float32)


def make_offer(**fields: Any) -> Offer:
    return Offer.model_validate({"source": "ex", "id": "ex--1", "nom": "Aide au loyer"} | fields)


def test_a_thematique_brings_its_category_for_filters() -> None:
    codes = codes_of(make_offer(thematiques=["mobilite--preparer-un-permis"]), ())
    assert codes["thematiques"] == ("mobilite--preparer-un-permis", "mobilite")


def test_missing_public_cost_and_moment_match_everything_and_stated_ones_do_not() -> None:
    assert anything_of(make_offer(latitude=1.0, longitude=1.0), ()) == {"publics", "frais", "moments"}
    stated = make_offer(publics=["jeunes"], frais="payant", modes_accueil=["a-distance"])
    assert anything_of(stated, ("soir",)) == set()
    assert "publics" in anything_of(make_offer(publics=["tous-publics"]), ())


def test_a_located_offer_that_says_nothing_of_how_it_receives_counts_as_on_site() -> None:
    assert modes_of(make_offer(latitude=1.0, longitude=1.0)) == ("en-presentiel",)
    assert modes_of(make_offer()) == ()


def test_siblings_share_a_key_and_other_producers_or_texts_do_not() -> None:
    one = make_offer(description="Un texte.")
    assert fold_key(one) == fold_key(make_offer(id="ex--2", description="UN TEXTE.", commune="Ailleurs"))
    assert fold_key(one) != fold_key(make_offer(source="autre", description="Un texte."))
    assert fold_key(one) != fold_key(make_offer(description="Un autre texte."))


def test_an_offer_without_any_place_takes_its_structures_as_an_approximation(work: Indexing) -> None:
    bring(work.catalogue, [structure(**BELFORT), offer(1), offer(2, modes_accueil=["a-distance"])])
    near, remote = (work.catalogue.get_offer(i) for i in ("ex--o1", "ex--o2"))
    assert near is not None
    assert remote is not None
    document = build_document(near, VECTOR, TODAY)
    assert (document.latitude, document.longitude) == (47.638, 6.863)
    assert orjson.loads(document.body)["position_approximative"] is True
    assert build_document(remote, VECTOR, TODAY).latitude is None


def test_the_body_never_names_a_contact_person(work: Indexing) -> None:
    bring(work.catalogue, [structure(), offer(1, contact_nom_prenom="Marie Personne")])
    stored = work.catalogue.get_offer("ex--o1")
    assert stored is not None
    document = build_document(stored, VECTOR, TODAY)
    assert b"Personne" not in document.body
    assert b"contact_nom_prenom" not in document.body


def test_the_passage_says_the_name_what_it_is_for_and_the_text(work: Indexing) -> None:
    fields = {"thematiques": ["logement-hebergement--reduire-les-impayes-de-loyer"], "description": "Nous aidons."}
    bring(work.catalogue, [structure(), offer(1, **fields)])
    stored = work.catalogue.get_offer("ex--o1")
    assert stored is not None
    passage = passage_of(stored)
    assert passage.startswith("Offre 1. ")
    assert "Réduire les impayés de loyer" in passage
    assert passage.endswith("Nous aidons.")


def test_a_session_is_indexed_on_its_local_day(work: Indexing) -> None:
    session = {"debut": "2026-05-06T00:30:00+04:00"}
    bring(work.catalogue, [structure(), offer(1, sessions=[session])])
    stored = work.catalogue.get_offer("ex--o1")
    assert stored is not None
    [slot] = build_document(stored, VECTOR, TODAY).slots
    assert slot.day == (date(2026, 5, 6) - date(1970, 1, 1)).days


@pytest.mark.parametrize(("age", "expected"), [(0, 1.0), (183, 1.0), (730, 0.0), (2000, 0.0)])
def test_freshness_goes_from_one_at_six_months_to_zero_at_two_years(age: int, expected: float) -> None:
    assert freshness(date.fromordinal(TODAY.toordinal() - age), TODAY) == expected


def test_a_complete_offer_scores_better_than_a_bare_one() -> None:
    bare = make_offer()
    complete = make_offer(
        description="x" * 300,
        thematiques=["mobilite--preparer-un-permis"],
        publics=["jeunes"],
        frais="gratuit",
        telephone="+33384000000",
        modes_mobilisation=["telephoner"],
        mobilisable_par=["usagers"],
    )
    assert score_quality(complete, TODAY, TODAY) == 1.0
    assert score_quality(bare, TODAY, TODAY) < 0.3


def test_quality_agrees_with_the_national_score_when_the_clock_is_today() -> None:
    from data_inclusion.schema.v1 import Service
    from data_inclusion.schema.v1.score_qualite import score

    fields = {"description": "y" * 80, "frais": "payant", "publics": ["jeunes"], "modes_accueil": ["en-presentiel"]}
    today = date.today()  # noqa: DTZ011 — the national score reads the machine's clock
    ours = score_quality(make_offer(structure_id="ex--s", date_maj=today, **fields), today, today)
    theirs, _ = score(
        Service(source="ex", id="ex--1", structure_id="ex--s", nom="Aide au loyer", date_maj=today, **fields)
    )
    assert ours == theirs
