"""The matcher that is measured: the one that is served, on the judged catalogue and on its day."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.demonstration.travail import load_example_labour
from indexer.evaluation.catalogue import JUDGED_ON
from indexer.language.needs import load_need_reader
from indexer.matching.build import build_matcher, open_around
from indexer.matching.matcher import Matcher
from indexer.rebuild import Indexing
from indexer.search import build_offer_search
from indexer.settings import Settings


@contextmanager
def open_judged_matcher(work: Indexing, settings: Settings) -> Iterator[Matcher]:
    """With jobs, and the labour market of the demonstration: the tables of the machine are left out."""
    with tempfile.TemporaryDirectory(prefix="maillage-mesure-") as folder:
        own = settings.model_copy(update={"data_dir": Path(folder)})
        load_example_labour(own.loaded_reference_dir, JUDGED_ON)
        around = open_around(own, work.encoder)
        needs = load_need_reader(work.encoder, settings.encoder_dir)
        search = build_offer_search(work.engine, work.encoder, lambda: JUDGED_ON, needs, around.metiers.reader)
        yield build_matcher(search, work.engine, work.encoder, around)
