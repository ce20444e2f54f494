"""The real encoder for the judged sets, and how a measure is held against its recorded reference."""

from pathlib import Path

import pytest

from indexer.commands.evaluate_catalogues import LILLE
from indexer.evaluation.figures import build_changes
from indexer.evaluation.intervals import Difference
from indexer.evaluation.scored import Run, read_run
from indexer.settings import Settings
from tests.support.encoder import build_test_encoder_dir, default_cache_root

RELEVANCE = Path(__file__).parents[1] / "relevance"

FEEDS = Path(__file__).parents[3] / "shared" / "data" / "feeds"

NEEDS_LILLE = pytest.mark.skipif(
    not all((FEEDS / name).is_file() for name in LILLE), reason=f"le flux de Lille n'est pas dans {FEEDS}"
)

SLIGHT = 0.01
"""Another processor rounds otherwise, and moves a few texts: a fall smaller than this is none."""


def real_settings(folder: Path) -> Settings:
    """A data folder of the test's own, with the shared model; vectors are kept beside it from one run to the next."""
    (folder / "encoder").symlink_to(build_test_encoder_dir(default_cache_root()))
    return Settings(data_dir=folder)


def change_since_reference(run: Run, name: str, measure: str) -> Difference:
    """On the texts that both have. The reference is what `maillage evaluate … --reference` wrote last."""
    before = read_run(RELEVANCE / name, run.kind)
    (change,) = build_changes(before, run, [()])
    return change.differences[measure]


def has_fallen(difference: Difference) -> bool:
    """By more than chance, and by more than another processor would explain."""
    return difference.high < 0 and difference.mean < -SLIGHT
