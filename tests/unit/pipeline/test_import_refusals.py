"""What holds an import back, and what a failed one leaves: the catalogue as it was."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text

from indexer.catalogue import Catalogue, open_catalogue
from indexer.errors import BusyError, CatalogueError, FeedError, ImportHeldError
from indexer.pipeline import run_import
from indexer.schema import Kind, RawRecord, Statut
from tests.support.small_feeds import LATER, NOON, bring, least_normalise, offer, raw_records, small_feed, structure


def _content(catalogue: Catalogue) -> tuple[Any, ...]:
    """Everything but the trace of attempts."""
    tables = ("fluxes", "structures", "offers", "listings", "revisions")
    with catalogue.database.reading() as connection:
        return tuple(connection.execute(text(f"SELECT * FROM {name} ORDER BY 1, 2, 3")).all() for name in tables)


def test_losing_more_than_thirty_percent_is_held_with_figures_and_the_way_out(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    before = _content(catalogue)
    with pytest.raises(ImportHeldError) as held:
        bring(catalogue, small_feed(27), now=LATER)
    assert "13 offres sur 40 (32%)" in str(held.value)
    assert "--accept-loss" in str(held.value)
    assert _content(catalogue) == before
    assert catalogue.imports()[0].state == "retenu"
    assert catalogue.jobs()[0].etat == "echoue"


@pytest.mark.parametrize("record", [offer(9, id="publications--abc"), structure(9, id="publications--73282932000074")])
def test_a_record_in_the_place_of_a_publication_holds_the_whole_import(catalogue: Catalogue, record: Any) -> None:
    bring(catalogue, small_feed(3))
    before = _content(catalogue)
    with pytest.raises(ImportHeldError, match=r"exemple\.json, ligne 6, a l'identifiant « publications--"):
        bring(catalogue, [*small_feed(4), record], now=LATER, accept_loss=True)
    assert _content(catalogue) == before
    assert catalogue.imports()[0].state == "retenu"


def test_losing_thirty_percent_or_less_passes(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    assert bring(catalogue, small_feed(28)).retired == 12


def test_a_handful_lost_from_a_small_flux_passes(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(12))
    assert bring(catalogue, small_feed(2)).retired == 10


def test_an_accepted_loss_passes(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    assert bring(catalogue, small_feed(1), accept_loss=True).retired == 39


def test_forgetting_the_file_of_structures_is_held_for_the_offers_it_would_hide(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    with pytest.raises(ImportHeldError, match=r"40 offres publiées sur 40 \(100%\)"):
        bring(catalogue, small_feed(40)[1:])


def test_changes_of_content_are_no_loss(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(40))
    renamed = [structure(), *(offer(number, nom="Autre") for number in range(1, 41))]
    assert bring(catalogue, renamed).updated == 40


@pytest.mark.parametrize(
    ("records", "said"),
    [([], "ne contiennent aucune fiche"), ([structure(nom="")], "La seule fiche lue est rejetée")],
)
def test_no_accepted_record_is_refused(catalogue: Catalogue, records: list[Any], said: str) -> None:
    with pytest.raises(ImportHeldError, match=said):
        bring(catalogue, records, accept_loss=True)
    assert catalogue.sources() == []


def test_a_flux_is_emptied_only_when_the_loss_is_accepted(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(3))
    with pytest.raises(ImportHeldError, match="Le flux en a 4"):
        bring(catalogue, [])
    assert bring(catalogue, [], accept_loss=True).retired == 4
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.statut is Statut.RETIREE


def test_of_two_records_with_one_id_the_first_is_kept_and_the_other_reported_with_its_row(catalogue: Catalogue) -> None:
    records = [structure(), offer(nom="Première"), offer(nom="Seconde"), offer(nom="Première"), offer(nom="Seconde")]
    report = bring(catalogue, records)
    assert (report.read, report.accepted, report.created) == (5, 2, 2)
    assert report.tallies[Kind.OFFER].duplicates == 2
    assert report.tallies[Kind.OFFER].identical_duplicates == 1
    (rule,) = report.issues.by_rule()
    assert [(rule.rule, e.ligne) for e in rule.examples] == [("doublon", 3), ("doublon", 5)]
    assert "ligne 2 de exemple.json" in rule.examples[0].message
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.offer.nom == "Première"


def test_an_error_of_the_feed_midway_changes_nothing(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(3))
    before = _content(catalogue)

    def cut_feed() -> Iterator[RawRecord]:
        yield from raw_records(small_feed(700), "a")
        raise FeedError("Le fichier est coupé à la ligne 702.")

    with pytest.raises(FeedError, match="ligne 702"):
        run_import(
            catalogue, cut_feed(), flux="a", licence=None, files=["x.json"], normalise=least_normalise, now=LATER
        )
    assert _content(catalogue) == before
    attempt = catalogue.imports()[0]
    assert (attempt.state, attempt.report["message"]) == ("echoue", "Le fichier est coupé à la ligne 702.")
    assert (attempt.report["offres"]["lues"], attempt.report["offres"]["creees"]) == (700, 0)
    assert bring(catalogue, small_feed(4)).created == 1


def test_an_error_while_writing_changes_nothing(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(3))
    before = _content(catalogue)

    def fail_on_last_write(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("UPDATE imports"):
            raise RuntimeError("panne")

    event.listen(catalogue.database.engine, "before_cursor_execute", fail_on_last_write)
    with pytest.raises(RuntimeError, match="panne"):
        bring(catalogue, [structure(nom="Autre"), offer(1), offer(9)])
    event.remove(catalogue.database.engine, "before_cursor_execute", fail_on_last_write)
    assert _content(catalogue) == before
    assert catalogue.jobs()[0].message == "Arrêt inattendu (RuntimeError)."


def test_a_second_import_at_once_is_refused_and_names_the_first(catalogue: Catalogue) -> None:
    refused: list[str] = []

    def import_meanwhile(_: int) -> None:
        with pytest.raises(BusyError) as busy:
            bring(catalogue, small_feed(2), flux="b")
        refused.append(str(busy.value))

    report = bring(catalogue, small_feed(2), on_progress=import_meanwhile)
    assert report.created == 3
    assert "Un import est déjà en cours depuis le" in refused[0]
    assert "processus" in refused[0]
    assert bring(catalogue, small_feed(2), flux="b").created == 0


def test_an_import_that_lost_its_lease_writes_nothing(catalogue: Catalogue) -> None:
    def lose_lease(_: int) -> None:
        with catalogue.database.writing() as connection:
            connection.execute(text("DELETE FROM leases"))

    with pytest.raises(BusyError, match="abandonné"):
        bring(catalogue, small_feed(2), on_progress=lose_lease)
    assert catalogue.counts().offers == 0


def test_a_full_disk_is_said_and_leaves_the_catalogue_whole(sqlite_url: str) -> None:
    catalogue = open_catalogue(sqlite_url)
    bring(catalogue, small_feed(3))
    before = _content(catalogue)

    def shrink_disk(connection: Any, *_: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 8}")

    event.listen(catalogue.database.engine, "connect", shrink_disk)
    catalogue.close()  # so that the next connections are made on the small disk
    with pytest.raises(CatalogueError, match="disque du catalogue est plein"):
        bring(catalogue, small_feed(3000), now=NOON)
    event.remove(catalogue.database.engine, "connect", shrink_disk)
    catalogue.close()
    assert _content(catalogue) == before
    assert bring(catalogue, small_feed(3000)).created == 2997
