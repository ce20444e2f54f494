"""The demonstration: our own examples in an empty catalogue, so that a newcomer sees something at once."""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import orjson

from indexer.accounts.demonstration import is_demonstration
from indexer.accounts.examples import EXAMPLE_FLUXES
from indexer.commands.import_ import ImportOptions, import_files
from indexer.commands.reindex import reindex_with_progress
from indexer.demonstration.companies import prepare_companies
from indexer.demonstration.load import build_demonstration
from indexer.demonstration.people import Match, prepare_people
from indexer.demonstration.publications import prepare_publications
from indexer.demonstration.travail import load_example_labour
from indexer.indexing import open_indexing
from indexer.language.needs import NeedReader, load_need_reader
from indexer.matching.build import build_matcher, open_around
from indexer.rebuild import Indexing, follow
from indexer.report import ImportReport
from indexer.search import build_offer_search
from indexer.settings import Settings
from indexer.status import late_offers
from indexer.workspace import open_workspace

FLUX = "demonstration"
LICENCE = "Exemples fictifs (Apache-2.0)"


def prepare_demonstration(work: Indexing) -> bool:
    """Imports the examples when the catalogue holds nothing else, so that their dates stay ahead. True if it did."""
    if any(source.flux not in EXAMPLE_FLUXES for source in work.catalogue.sources()):
        return False
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.json"
        path.write_bytes(orjson.dumps(build_demonstration(work.today)))
        options = ImportOptions((str(path),), FLUX, LICENCE, accept_loss=True)
        report = ImportReport(FLUX, ("demonstration",), LICENCE, datetime.now(UTC))
        import_files(work.catalogue, options, report)
    return True


def prepare(settings: Settings) -> None:
    """A catalogue with at least the examples, and an index that holds what the catalogue does."""
    with open_indexing(settings) as work:
        if prepare_demonstration(work):
            load_example_labour(settings.loaded_reference_dir, datetime.now(UTC))
        if work.engine.health().ready and late_offers(work.catalogue, work.engine) is not None:
            follow(work)
        else:
            reindex_with_progress(work)
        needs = load_need_reader(work.encoder, settings.encoder_dir)  # made once: the server then starts at once
        _prepare_people(settings, work, needs)


def _prepare_people(settings: Settings, work: Indexing, needs: NeedReader) -> None:
    """Accounts to try the workspace with, people, their plans and requests, publications to read, companies to call."""

    def open_match() -> Match:
        around = open_around(settings, work.encoder)
        search = build_offer_search(work.engine, work.encoder, needs=needs, jobs=around.metiers.reader)
        return build_matcher(search, work.engine, work.encoder, around).match

    if is_demonstration(work.catalogue):
        workspace = open_workspace(work.catalogue, settings, work.catalogue.clock)
        prepare_people(workspace, open_match)
        prepare_publications(workspace)
        prepare_companies(workspace)
