"""Names of services are understood as the thématiques that their providers gave them: a real feed, never learned."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from indexer.embeddings.encoder import load_encoder
from indexer.language.needs import load_need_reader
from indexer.schema.vocabulary import thematiques
from tests.support.judged import real_settings

FEED = Path(__file__).parents[3] / "shared" / "data" / "feeds" / "lille_2026_services.json"

MOST_THEMATIQUES = 2
"""A service of many thématiques says little of what its name means."""

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FEED.is_file(), reason="../shared/data/feeds is absent: no real feed to read"),
]


@pytest.fixture(scope="module")
def ranks(tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """For each name of service, the place of the first thématique that its provider gave it (0: the first)."""
    names = _load_names()
    settings = real_settings(tmp_path_factory.mktemp("libelles"))
    encoder = load_encoder(settings)
    reader = load_need_reader(encoder, settings.encoder_dir)
    likely = reader.read_many(list(names), encoder.encode_queries(list(names)))[:, : len(reader.names)]
    found = [[reader.names[place] for place in row] for row in (-likely).argsort(axis=1)]
    return [min(map(best.index, right)) for best, right in zip(found, names.values(), strict=True)]


def test_one_label_in_two_gives_a_right_thematique_first(ranks: list[int]) -> None:
    assert sum(rank < 1 for rank in ranks) / len(ranks) >= 0.5  # measured .60: many names are those of an organisation


def test_two_labels_in_three_give_a_right_thematique_among_three(ranks: list[int]) -> None:
    assert sum(rank < 3 for rank in ranks) / len(ranks) >= 0.65  # measured .72


def _load_names() -> dict[str, set[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for service in json.loads(FEED.read_text("utf-8")):
        own = service.get("thematiques") or []
        if 0 < len(own) <= MOST_THEMATIQUES and set(own) <= set(thematiques()):
            names[service["nom"].strip()].update(own)
    return dict(names)
