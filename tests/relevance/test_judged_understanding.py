"""Texts keep being understood as people do: nothing falls significantly below the recorded reference.

After a change that helps: `maillage evaluate understanding --reference tests/relevance/reference-understanding.json`.
"""

import pytest

from indexer.embeddings.encoder import load_encoder
from indexer.evaluation.figures import build_changes
from indexer.evaluation.scored import Run, read_run
from indexer.evaluation.understanding import FIRST, SILENT, THREE, local_reading, measure_understanding
from indexer.evaluation.understanding_sets import load_texts
from indexer.geocode.communes import load_communes
from indexer.language.needs import load_need_reader
from indexer.understanding.understander import Understander
from tests.support.judged import RELEVANCE, has_fallen, real_settings

REFERENCE = "reference-understanding.json"
OFF_TOPIC = "hors-sujet"
LEAST_SILENT = 0.8
"""Of what is no need; measured .915."""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    settings = real_settings(tmp_path_factory.mktemp("comprendre"))
    encoder = load_encoder(settings)
    understander = Understander(encoder, load_need_reader(encoder, settings.encoder_dir), load_communes())
    return measure_understanding(load_texts(RELEVANCE / "understanding"), local_reading(understander), {})


@pytest.mark.parametrize("measure", [FIRST, THREE])
def test_no_set_has_fallen_below_its_reference(run: Run, measure: str) -> None:
    changes = list(build_changes(read_run(RELEVANCE / REFERENCE, run.kind), run, [("ensemble",)]))
    judged = {change.group: change.differences[measure] for change in changes if measure in change.differences}
    assert set(judged) == {"paroles", "libelles", "synonymes", "langues"}
    assert [name for name, difference in judged.items() if has_fallen(difference)] == []


def test_the_reference_is_of_the_texts_judged_today(run: Run) -> None:
    before = read_run(RELEVANCE / REFERENCE, run.kind)
    assert {one.key for one in before.scored} == {one.key for one in run.scored}


def test_what_is_no_need_is_mostly_left_alone(run: Run) -> None:
    silences = [one.values[SILENT] for one in run.scored if one.labels["ensemble"] == OFF_TOPIC]
    assert sum(silences) / len(silences) >= LEAST_SILENT
