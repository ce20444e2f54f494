"""From the catalogue to the index and back to the truth: rebuild, follow, refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.engines.base import Document, SearchQuery
from indexer.errors import BusyError, GateError
from indexer.gate import check_version
from indexer.rebuild import Followed, Indexing, follow, reindex
from indexer.status import late_offers, read_status
from tests.support.counting_encoder import CountingEncoder
from tests.support.indexing import BELFORT, TODAY, fill, open_world
from tests.support.small_feeds import LATER, bring, offer, small_feed, structure

EVERYTHING = SearchQuery(today=TODAY, size=100)


def found(work: Indexing) -> set[str]:
    return {hit.id for hit in work.engine.search(EVERYTHING).hits}


def test_what_is_published_is_found_and_an_offer_without_structure_is_not(work: Indexing) -> None:
    fill(work, [*small_feed(3), offer(9, structure_id="ex--absente"), offer(8, suspendue=True)])
    assert found(work) == {"ex--o1", "ex--o2", "ex--o3"}


def test_an_expired_offer_is_kept_but_not_found(work: Indexing) -> None:
    fill(work, [structure(), offer(1, validite={"fin": "2026-05-03"}), offer(2, validite={"fin": "2026-05-04"})])
    assert found(work) == {"ex--o2"}


def test_a_second_rebuild_encodes_nothing(work: Indexing) -> None:
    fill(work, small_feed(5))
    assert isinstance(work.encoder, CountingEncoder)
    encoded = len(work.encoder.encoded)
    reindex(work)
    assert len(work.encoder.encoded) == encoded == 5


def test_changes_of_an_import_reach_the_live_index(work: Indexing) -> None:
    fill(work, small_feed(4))
    bring(work.catalogue, [structure(), offer(1), offer(2, nom="Changée"), offer(3), offer(5)], now=LATER)
    assert late_offers(work.catalogue, work.engine) == 3
    followed = follow(work)
    assert (followed.written, followed.removed, followed.left) == (2, 1, 0)
    assert found(work) == {"ex--o1", "ex--o2", "ex--o3", "ex--o5"}
    assert late_offers(work.catalogue, work.engine) == 0
    assert (follow(work).written, follow(work).removed) == (0, 0)


def test_a_structure_that_changes_changes_its_offers(work: Indexing) -> None:
    fill(work, small_feed(2))
    bring(work.catalogue, [structure(nom="Nouveau nom"), offer(1), offer(2)], now=LATER)
    follow(work)
    document = work.engine.get("ex--o1")
    assert document is not None
    assert b"Nouveau nom" in document.body


def test_too_many_changes_wait_for_a_rebuild_but_removals_do_not(work: Indexing) -> None:
    fill(work, small_feed(4))
    bring(work.catalogue, [structure(), offer(1, nom="A"), offer(2, nom="B"), offer(3)], now=LATER)
    followed = follow(work, limit=1)
    assert (followed.written, followed.removed, followed.left) == (0, 1, 2)
    assert "ex--o4" not in found(work)
    assert late_offers(work.catalogue, work.engine) == 3
    reindex(work)
    assert late_offers(work.catalogue, work.engine) == 0


def test_without_an_index_there_is_nothing_to_follow(work: Indexing) -> None:
    bring(work.catalogue, small_feed(2))
    assert follow(work).written == 0
    status = read_status(work.catalogue, work.engine)
    assert status["index"]["version"] is None
    assert "maillage reindex" in status["index"]["message"]


def test_a_rebuild_that_fails_midway_leaves_the_live_version_and_says_so(work: Indexing) -> None:
    fill(work, small_feed(3))
    before = work.engine.health().version
    bring(work.catalogue, [structure(), offer(1), offer(2), offer(3), offer(4, nom="Casse")], now=LATER)
    assert isinstance(work.encoder, CountingEncoder)
    work.encoder.fails_on = "Casse"
    with pytest.raises(RuntimeError):
        reindex(work)
    after = work.engine.health().version
    assert before is not None
    assert after is not None
    assert after.name == before.name
    assert len(work.engine.versions()) == 1
    assert read_status(work.catalogue, work.engine)["travaux"][0]["etat"] == "echoue"
    work.encoder.fails_on = None
    assert reindex(work).documents == 4


def test_two_rebuilds_at_once_are_refused(work: Indexing) -> None:
    bring(work.catalogue, small_feed(1))
    with work.catalogue.doing("reindex", "reindex"), pytest.raises(BusyError, match="déjà en cours"):
        reindex(work)


def test_an_index_that_lost_too_much_is_held_unless_it_is_wanted(work: Indexing) -> None:
    fill(work, small_feed(20))
    bring(work.catalogue, small_feed(5), now=LATER, accept_loss=True)
    with pytest.raises(GateError, match="--accept-loss"):
        reindex(work)
    assert len(found(work)) == 20
    reindex(work, accept_loss=True)
    assert len(found(work)) == 5


def test_another_encoder_writes_nothing_live_but_removals(work: Indexing) -> None:
    fill(work, small_feed(3))
    bring(work.catalogue, [structure(), offer(1, nom="Changée"), offer(2)], now=LATER)
    work.encoder.name = "autre/1"  # type: ignore[misc]
    followed = follow(work)
    assert (followed.written, followed.removed, followed.left) == (0, 1, 1)
    assert found(work) == {"ex--o1", "ex--o2"}
    assert late_offers(work.catalogue, work.engine) == 2


def test_an_index_of_another_catalogue_is_not_said_to_be_up_to_date(work: Indexing, tmp_path: Path) -> None:
    fill(work, small_feed(3))
    with open_world(tmp_path / "autre") as other:
        bring(other.catalogue, small_feed(1))
        stranger = replace(work, catalogue=other.catalogue)
        assert late_offers(other.catalogue, work.engine) is None
        assert follow(stranger) == Followed(0, 0, 0)
        reindex(stranger, accept_loss=True)
        assert late_offers(other.catalogue, work.engine) == 0


def test_two_followers_take_turns_and_the_last_word_is_the_catalogues(work: Indexing) -> None:
    fill(work, small_feed(4))
    bring(work.catalogue, [structure(), offer(1, nom="A"), offer(2), offer(3), offer(4)], now=LATER)
    assert isinstance(work.encoder, CountingEncoder)
    encode, second = work.encoder.encode_passages, []

    def withdraw_meanwhile(texts: Sequence[str]) -> NDArray[np.float32]:
        """Another import withdraws two offers while the first one encodes, and follows."""
        if not second:
            bring(work.catalogue, [structure(), offer(1, nom="A"), offer(4)], now=LATER)
            second.append(Thread(target=follow, args=(work,)))
            second[0].start()
        return encode(texts)

    work.encoder.encode_passages = withdraw_meanwhile  # type: ignore[method-assign]
    follow(work)
    second[0].join()
    assert found(work) == {"ex--o1", "ex--o4"}
    assert late_offers(work.catalogue, work.engine) == 0


class ForgetfulEngine:
    """Writes one document fewer than it was given."""

    def __init__(self, work: Indexing) -> None:
        self._engine = work.engine

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)

    def add_documents(self, version: str, documents: Iterable[Document]) -> int:
        return self._engine.add_documents(version, list(documents)[1:])


def test_the_gate_finds_a_document_that_was_not_written(work: Indexing) -> None:
    fill(work, [structure(), *(offer(n, description=f"mot{n}", **BELFORT) for n in range(1, 6))])
    given = [d for d in (work.engine.get(f"ex--o{n}") for n in range(1, 6)) if d is not None]
    engine = ForgetfulEngine(work)
    version = work.engine.start_version("counting/1")
    engine.add_documents(version, given)
    work.engine.finish_version(version)
    with pytest.raises(GateError, match="introuvable") as error:
        check_version(work.engine, version, 4, given, TODAY, accept_loss=True)
    assert "ex--o1" in str(error.value)
    with pytest.raises(GateError, match="4 offres écrites pour 5 attendues"):
        check_version(work.engine, version, 5, [], TODAY, accept_loss=True)
