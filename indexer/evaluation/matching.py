"""The matcher that is measured: the one that is served, on the judged catalogue and on its day."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.demonstration.travail import load_example_labour
from indexer.evaluation.catalogue import JUDGED_ON
from indexer.labour.service import Labour
from indexer.language.needs import load_need_reader
from indexer.matching.build import build_matcher
from indexer.matching.jobs import JobMatcher
from indexer.matching.matcher import Matcher
from indexer.metiers.service import Jobs
from indexer.rebuild import Indexing
from indexer.search import build_offer_search
from indexer.settings import Settings


@contextmanager
def open_judged_matcher(work: Indexing, settings: Settings) -> Iterator[Matcher]:
    """With jobs, and the labour market of the demonstration: the tables of the machine are left out."""
    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder:
        tables = Path(folder)
        load_example_labour(tables, JUDGED_ON)
        jobs = Jobs(work.encoder, tables)
        needs = load_need_reader(work.encoder, settings.encoder_dir)
        search = build_offer_search(work.engine, work.encoder, lambda: JUDGED_ON, needs, jobs.reader)
        yield build_matcher(search, work.engine, work.encoder, jobs, JobMatcher(Labour(tables), jobs))
