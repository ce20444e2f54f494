"""From two producers' feeds to one published offer, and what coordinators change of it."""

from pathlib import Path
from typing import Any

from indexer.catalogue import Catalogue
from indexer.catalogue.duplicates import decide
from indexer.dedupe.run import run_dedupe
from indexer.rebuild import follow
from indexer.schema import Kind
from tests.support.indexing import BELFORT, fill, open_world
from tests.support.small_feeds import LATER, bring

Records = list[tuple[Kind, dict[str, Any]]]


def feed(source: str, title: str = "Atelier CV", **fields: Any) -> Records:
    """One structure of Belfort and its offer."""
    place = {**BELFORT, "adresse": "3 rue des Lilas"}
    held = {"source": source, "id": f"{source}--s", "nom": "Association Ressort", **place}
    given = {"source": source, "id": f"{source}--o", "nom": title, "structure_id": f"{source}--s", **place, **fields}
    return [(Kind.STRUCTURE, held), (Kind.OFFER, given)]


def published(catalogue: Catalogue) -> list[str]:
    return [stored.offer.id for stored in catalogue.iter_offers_for_index()]


def test_one_offer_told_by_two_producers_is_published_once(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b", "Accompagnement CV", telephone="+33384000000"), "b")
    report = run_dedupe(catalogue)
    assert (report.structures.doublons, report.offres.groupes, report.offres.doublons) == (1, 1, 1)
    assert published(catalogue) == ["b--o"]


def test_the_same_catalogue_again_changes_nothing(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b"), "b")
    assert run_dedupe(catalogue).changements > 0
    assert run_dedupe(catalogue).changements == 0


def test_two_different_offers_of_one_place_are_both_published(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b", "Passer le permis"), "b")
    run_dedupe(catalogue)
    assert published(catalogue) == ["a--o", "b--o"]


def test_a_past_offer_never_stands_for_one_that_is_open(catalogue: Catalogue) -> None:
    past = {"validite": {"fin": "2020-01-01"}, "telephone": "+33384000000", "description": "Un atelier."}
    bring(catalogue, feed("a", **past), "a")
    bring(catalogue, feed("b"), "b")
    assert run_dedupe(catalogue).offres.doublons == 0


def test_a_coordinators_word_outlives_an_import_that_changes_both_records(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b"), "b")
    decide(catalogue.database, Kind.OFFER, "a--o", "b--o", False, LATER)
    run_dedupe(catalogue)
    bring(catalogue, feed("a", description="Nouveau texte."), "a", now=LATER)
    bring(catalogue, feed("b", description="Nouveau texte."), "b", now=LATER)
    run_dedupe(catalogue)
    assert published(catalogue) == ["a--o", "b--o"]


def test_the_live_index_follows_groups_made_and_undone(tmp_path: Path) -> None:
    with open_world(tmp_path) as work:
        fill(work, feed("a"), "a")
        fill(work, feed("b"), "b")
        run_dedupe(work.catalogue)
        assert follow(work).removed == 1
        assert work.engine.get("b--o") is None
        decide(work.catalogue.database, Kind.OFFER, "a--o", "b--o", False, LATER)
        run_dedupe(work.catalogue)
        follow(work)
        assert work.engine.get("b--o") is not None
