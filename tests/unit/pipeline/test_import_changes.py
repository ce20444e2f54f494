"""What an import changes: creation, idempotence, revisions, retirement, restoration."""

from datetime import UTC, date, datetime

import pytest

from indexer.catalogue import Catalogue, Change
from indexer.schema import Kind, Statut
from tests.support.small_feeds import LATER, NOON, bring, offer, small_feed, structure


def test_structures_and_offers_come_in_any_order(catalogue: Catalogue) -> None:
    report = bring(catalogue, [offer(1), structure(), offer(2)], licence="Licence Ouverte")
    assert (report.read, report.created, report.unchanged) == (3, 3, 0)
    stored = catalogue.get_offer("ex--o2")
    assert stored is not None
    assert stored.published
    assert stored.structure is not None
    assert stored.structure.nom == "Structure 1"
    assert stored.provenance.licence == "Licence Ouverte"
    assert (stored.provenance.flux, stored.provenance.source) == ("a", "ex")
    assert stored.changed_at == NOON


def test_the_same_files_twice_change_nothing(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed())
    before = catalogue.latest_revision_id()
    report = bring(catalogue, small_feed(), now=LATER)
    assert (report.created, report.updated, report.retired, report.unchanged) == (0, 0, 0, 21)
    assert catalogue.latest_revision_id() == before
    assert not report.changed


def test_a_change_leaves_a_revision_with_the_fields_before_and_after(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(), offer(description="Ancien texte", telephone="0123456789")])
    report = bring(catalogue, [structure(), offer(description="Nouveau texte", frais="gratuit")], now=LATER)
    assert (report.updated, report.unchanged) == (1, 1)
    created, updated = catalogue.history(Kind.OFFER, "ex--o1")
    assert (created.change, created.fields) == (Change.CREATED, ())
    assert (updated.change, updated.at, updated.import_id) == (Change.UPDATED, LATER, report.import_id)
    assert updated.fields == (
        {"champ": "description", "avant": "Ancien texte", "apres": "Nouveau texte"},
        {"champ": "frais", "avant": None, "apres": "gratuit"},
        {"champ": "telephone", "avant": "0123456789", "apres": None},
    )
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert (stored.created_at, stored.changed_at) == (NOON, LATER)


def test_a_new_export_date_alone_is_stored_and_is_no_change(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(), offer(date_maj="2026-05-01")])
    report = bring(catalogue, [structure(), offer(date_maj="2026-05-02")], now=LATER)
    assert (report.updated, report.unchanged) == (0, 2)
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.offer.date_maj == date(2026, 5, 2)
    assert stored.changed_at == NOON


def test_what_the_flux_lists_no_more_is_retired_and_keeps_its_content(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(), offer(1), offer(2, commune="Belfort", thematiques=("mobilite",))])
    report = bring(catalogue, [structure(), offer(1)], now=LATER)
    assert report.retired == 1
    stored = catalogue.get_offer("ex--o2")
    assert stored is not None
    assert (stored.statut, stored.retired_at, stored.published) == (Statut.RETIREE, LATER, False)
    assert catalogue.history(Kind.OFFER, "ex--o2")[-1].change is Change.RETIRED
    summary = catalogue.summary_of_retired("ex--o2")
    assert summary is not None
    assert (summary.nom, summary.commune, summary.structure) == ("Offre 2", "Belfort", "Structure 1")
    assert summary.thematiques == ("mobilite",)


def test_what_is_listed_again_is_restored_with_its_freshness(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(2))
    bring(catalogue, small_feed(1))
    report = bring(catalogue, small_feed(2), now=LATER)
    assert (report.restored, report.created, report.updated) == (1, 0, 0)
    stored = catalogue.get_offer("ex--o2")
    assert stored is not None
    assert (stored.statut, stored.retired_at, stored.changed_at) == (Statut.PUBLIEE, None, NOON)
    assert catalogue.history(Kind.OFFER, "ex--o2")[-1].change is Change.RESTORED


def test_what_comes_back_changed_is_restored_once_and_fresh(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(2))
    bring(catalogue, small_feed(1))
    report = bring(catalogue, [*small_feed(1), offer(2, nom="Autre nom")], now=LATER)
    assert (report.restored, report.updated) == (1, 0)
    assert [r.change for r in catalogue.history(Kind.OFFER, "ex--o2")] == ["created", "retired", "restored"]
    stored = catalogue.get_offer("ex--o2")
    assert stored is not None
    assert (stored.offer.nom, stored.changed_at) == ("Autre nom", LATER)


def test_an_offer_without_its_structure_is_kept_reported_and_not_published(catalogue: Catalogue) -> None:
    report = bring(
        catalogue, [structure(), offer(1), offer(2, structure_id="ex--ailleurs"), offer(3, structure_id=None)]
    )
    assert report.unpublished == 2
    assert [e.ligne for rule in report.issues.by_rule() for e in rule.examples] == [3, 4]
    assert report.issues.count("structure-absente") == 2
    stored = catalogue.get_offer("ex--o2")
    assert stored is not None
    assert (stored.statut, stored.published, stored.structure) == (Statut.PUBLIEE, False, None)
    assert [s.offer.id for s in catalogue.iter_offers_for_index()] == ["ex--o1"]
    assert (catalogue.counts().published, catalogue.counts().orphans) == (1, 2)


def test_an_offer_is_published_when_its_structure_comes_by_another_flux(catalogue: Catalogue) -> None:
    bring(catalogue, [offer()], flux="offres")
    seen = catalogue.latest_revision_id()
    bring(catalogue, [structure()], flux="structures")
    assert [s.offer.id for s in catalogue.iter_offers_for_index()] == ["ex--o1"]
    assert catalogue.offers_touched_since(seen) == ["ex--o1"]


def test_the_same_id_may_be_a_structure_and_an_offer(catalogue: Catalogue) -> None:
    report = bring(catalogue, [structure(id="ex--double"), offer(id="ex--double", structure_id="ex--double")])
    assert (report.created, report.duplicates) == (2, 0)
    assert catalogue.get_structure("ex--double") is not None
    assert [s.offer.id for s in catalogue.offers_of_structure("ex--double")] == ["ex--double"]


def test_a_suspended_offer_is_stored_as_such_and_not_published(catalogue: Catalogue) -> None:
    bring(catalogue, [structure(), offer(suspendue=True)])
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert (stored.statut, stored.published) == (Statut.SUSPENDUE, False)
    assert list(catalogue.iter_offers_for_index()) == []
    assert catalogue.counts().suspended == 1


@pytest.mark.parametrize("size", [499, 500, 1001])
def test_batches_lose_nothing_at_their_edges(catalogue: Catalogue, size: int) -> None:
    report = bring(catalogue, small_feed(size))
    assert (report.read, report.created) == (size + 1, size + 1)
    ids = [stored.offer.id for stored in catalogue.iter_offers_for_index()]
    assert ids == sorted(f"ex--o{number}" for number in range(1, size + 1))
    assert bring(catalogue, small_feed(size)).unchanged == size + 1


def test_ids_of_512_characters_with_accents_and_brackets_live(catalogue: Catalogue) -> None:
    long_id = "ex--" + "é[ü)/ %" * 72 + "💶" * 4
    assert len(long_id) == 512
    bring(catalogue, [structure(id=long_id), offer(id=long_id, structure_id=long_id)])
    stored = catalogue.get_offer(long_id)
    assert stored is not None
    assert stored.published
    assert catalogue.get_offers([long_id, "ex--inconnu"]).keys() == {long_id}


def test_a_licence_stays_until_another_is_given(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(1), licence="Licence Ouverte 2.0", files=["https://exemple.fr/export.json"])
    bring(catalogue, small_feed(1), now=LATER)
    (source,) = catalogue.sources()
    assert (source.licence, source.last_import_at) == ("Licence Ouverte 2.0", LATER)


def test_provenance_prefers_the_link_of_the_record_to_the_address_of_the_file(catalogue: Catalogue) -> None:
    linked = offer(2, lien_source="https://exemple.fr/offre-2")
    bring(catalogue, [structure(), offer(1), linked], files=["local.json", "https://exemple.fr/export.json"])
    urls = {s.offer.id: s.provenance.url for s in catalogue.iter_offers_for_index()}
    assert urls == {"ex--o1": "https://exemple.fr/export.json", "ex--o2": "https://exemple.fr/offre-2"}


def test_instants_come_back_in_utc(catalogue: Catalogue) -> None:
    bring(catalogue, small_feed(1), now=datetime.fromisoformat("2026-05-04T14:00:00+02:00"))
    stored = catalogue.get_offer("ex--o1")
    assert stored is not None
    assert stored.changed_at == NOON
    assert stored.changed_at.tzinfo == UTC
