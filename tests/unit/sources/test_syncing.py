"""One sync after another: what is kept, what is held, and what one source does to the others."""

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.sources.keep import KEPT, SourceFolder
from indexer.sources.sync import Syncing, SyncOutcome, sync_sources
from tests.unit.sources.conftest import START, Clock, Declare, Sync, records


def drop(tmp_path: Path, count: int, name: str = "depot.json") -> str:
    """Puts a partner's file where its source looks for it; gives the source's TOML."""
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources" / name).write_bytes(records(count))
    return f'licence = "LO"\n[acces]\nfichier = "{name}"\n'


def test_a_source_that_fails_harms_no_other(
    tmp_path: Path, declare: Declare, catalogue: Catalogue, clock: Clock
) -> None:
    good = drop(tmp_path, 3)
    sources = [declare('[acces]\nfichier = "absent.json"', "un"), declare(good, "deux")]
    told: list[SyncOutcome] = []
    outcomes = sync_sources(Syncing(catalogue, tmp_path / "sync", clock.waits), sources, told.append)
    assert [(o.flux, o.state) for o in outcomes] == [("un", "echoue"), ("deux", "importe")]
    assert told == outcomes
    assert "absent.json" in outcomes[0].message


def test_what_disappears_at_the_source_disappears_here(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    source = declare(drop(tmp_path, 5))
    sync(source)
    drop(tmp_path, 4)
    report = sync(source).report
    assert report is not None
    assert (report.retired, report.unchanged) == (1, 5)


def test_a_great_loss_is_held_until_it_is_accepted(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(drop(tmp_path, 40))
    sync(source)
    drop(tmp_path, 5)
    held = sync(source)
    assert (held.state, catalogue.counts().published) == ("retenu", 40)
    assert sync(source).state == "retenu"  # a held content is not taken for the known one
    assert sync(source, accept_loss=True).state == "importe"
    assert catalogue.counts().published == 5


def test_the_share_that_may_be_lost_is_the_source_s_own(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    source = declare(drop(tmp_path, 40) + "[gardes]\nperte_max = 0.95\n")
    sync(source)
    drop(tmp_path, 5)
    assert sync(source).state == "importe"


def test_too_many_rejects_hold_the_import(tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue) -> None:
    source = declare(drop(tmp_path, 3) + "[gardes]\nrejets_max = 0.4\n")
    sync(source)
    rows = json.loads(records(3)) + [{"structure_id": "ex--s", "nom": "Sans id"} for _ in range(4)]
    (tmp_path / "sources" / "depot.json").write_text(json.dumps(rows))
    outcome = sync(source)
    assert outcome.state == "retenu"
    assert "4 fiches rejetées sur 8 (50%)" in outcome.message


def test_a_source_that_renames_all_its_ids_is_held(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(drop(tmp_path, 40))
    sync(source)
    path = tmp_path / "sources" / "depot.json"
    path.write_bytes(path.read_bytes().replace(b'"ex--', b'"ex--nouveau-'))
    assert sync(source).state == "retenu"
    offer = catalogue.get_offer("ex--7")
    assert offer is not None
    assert offer.published


def test_a_changed_declaration_imports_the_same_content_again(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    text = drop(tmp_path, 3)
    sync(declare(text))
    assert sync(declare(text)).state == "inchange"
    assert sync(declare(text.replace("LO", "ODbL"))).state == "importe"


def test_an_unchanged_content_is_read_again_after_a_week(
    tmp_path: Path, declare: Declare, sync: Sync, clock: Clock
) -> None:
    source = declare(drop(tmp_path, 3))
    sync(source)
    clock.now += timedelta(days=8)
    assert sync(source).state == "importe"


def test_an_import_by_hand_in_between_is_not_taken_for_the_source_s(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(drop(tmp_path, 3))
    sync(source)
    path = tmp_path / "sync" / "essai" / "etat.json"
    path.write_bytes(path.read_bytes().replace(b'"import_id": 1', b'"import_id": 99'))
    assert sync(source).state == "importe"


def test_the_last_content_is_replayed_without_its_source(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    source = declare(drop(tmp_path, 3))
    sync(source)
    (tmp_path / "sources" / "depot.json").unlink()
    assert sync(source).state == "echoue"
    replayed = sync(source, replay=True)
    assert replayed.report is not None
    assert (replayed.state, replayed.report.read) == ("importe", 4)


def test_nothing_to_replay_is_said(declare: Declare, sync: Sync) -> None:
    outcome = sync(declare('[acces]\nfichier = "absent.json"'), replay=True)
    assert "maillage sync essai" in outcome.message


def test_raw_files_are_kept_once_and_only_the_last_ones(tmp_path: Path) -> None:
    folder = SourceFolder(tmp_path, "essai")
    for number in (*range(KEPT + 4), KEPT + 3):
        content = folder.add(io.BytesIO(f"contenu {number}".encode()), "f.csv", START)
        state = folder.read()
        folder.write(replace(state, contenus=(content,), anciens=(*state.contenus, *state.anciens)))
    state = folder.read()
    assert len(state.anciens) == KEPT
    assert len(list(folder.raw.iterdir())) == KEPT + 1
    assert folder.path_of(state.contenus[0]).read_bytes() == f"contenu {KEPT + 3}".encode()


def test_the_same_source_is_not_synced_twice_at_once(
    tmp_path: Path, declare: Declare, sync: Sync, catalogue: Catalogue
) -> None:
    source = declare(drop(tmp_path, 3))
    with catalogue.doing("sync essai", "sync essai"):
        assert sync(source).state == "occupe"
    assert sync(source).state == "importe"


def test_a_damaged_state_is_as_none(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    source = declare(drop(tmp_path, 3))
    sync(source)
    (tmp_path / "sync" / "essai" / "etat.json").write_text("[oups")
    assert sync(source).state == "importe"


def test_several_files_are_one_flux(tmp_path: Path, declare: Declare, sync: Sync) -> None:
    drop(tmp_path, 3, "a-2031.json")
    source = declare(drop(tmp_path, 5, "b-2031.json").replace("b-2031", "*-2031"))
    report = sync(source).report
    assert report is not None
    assert report.files == ("a-2031.json", "b-2031.json")
    assert report.created == 6
