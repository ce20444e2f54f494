"""From two producers' feeds to one published offer, and what coordinators change of it."""

from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue import Catalogue
from indexer.catalogue.duplicates import decide, read_duplicates
from indexer.dedupe.run import run_dedupe
from indexer.rebuild import follow
from indexer.schema import Kind
from tests.support.indexing import BELFORT, fill, open_world
from tests.support.small_feeds import LATER, NOON, bring

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
    past: dict[str, Any] = {
        "validite": {"fin": "2020-01-01"},
        "telephone": "+33384000000",
        "description": "Un atelier.",
    }
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


def test_only_what_changed_is_read_again(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b"), "b")
    run_dedupe(catalogue)
    bring(catalogue, feed("b", description="Nouveau texte."), "b", now=LATER)
    report = run_dedupe(catalogue)
    assert (report.structures.relues, report.offres.relues) == (0, 1)
    assert (report.structures.fiches, report.offres.fiches) == (2, 2)


def test_a_structure_that_changes_has_its_offers_compared_again(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a"), "a")
    bring(catalogue, feed("b"), "b")
    run_dedupe(catalogue)
    moved = [(kind, {**fields, "nom": "Mairie de Belfort"}) for kind, fields in feed("b")[:1]]
    bring(catalogue, [*moved, *feed("b")[1:]], "b", now=LATER)
    assert run_dedupe(catalogue).offres.relues == 1
    assert published(catalogue) == ["a--o", "b--o"]


def test_an_offer_that_ends_in_the_night_leaves_its_group_though_nothing_was_imported(catalogue: Catalogue) -> None:
    bring(catalogue, feed("a", validite={"fin": "2026-05-04"}, telephone="+33384000000", description="Texte."), "a")
    bring(catalogue, feed("b"), "b")
    run_dedupe(Catalogue(catalogue.database, lambda: NOON))
    assert published(catalogue) == ["a--o"]
    report = run_dedupe(Catalogue(catalogue.database, lambda: LATER))
    assert (report.offres.fiches, report.offres.doublons) == (1, 0)
    assert published(catalogue) == ["a--o", "b--o"]


def test_imports_removals_and_decisions_one_by_one_give_the_groups_of_all_compared_at_once(
    catalogue: Catalogue,
) -> None:
    nothing: Records = []
    steps: list[tuple[str, Records]] = [
        ("a", feed("a")),
        ("b", feed("b", telephone="+33384000000")),
        ("c", feed("c", description="Un atelier pour écrire son CV.")),
        ("a", feed("a", "Passer le permis")),
        ("b", nothing),
        ("a", feed("a")),
        ("b", feed("b")),
    ]
    for flux, records in steps:
        bring(catalogue, records, flux, now=LATER, accept_loss=True)
        run_dedupe(catalogue)
        assert_as_compared_at_once(catalogue)
    for same in (False, True):
        decide(catalogue.database, Kind.OFFER, "a--o", "b--o", same, LATER)
        run_dedupe(catalogue)
        assert_as_compared_at_once(catalogue)


def assert_as_compared_at_once(catalogue: Catalogue) -> None:
    kept = read_duplicates(catalogue.database)
    assert run_dedupe(catalogue, anew=True).changements == 0
    assert read_duplicates(catalogue.database) == kept


def test_other_rules_have_everything_compared_again(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(catalogue, feed("a"), "a")
    run_dedupe(catalogue)
    monkeypatch.setattr("indexer.dedupe.run.build_rules_version", lambda: "autres")
    assert run_dedupe(catalogue).offres.relues == 1


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
