"""The public files of ../shared/data, each recognised by its content and read to its end."""

from collections import Counter
from pathlib import Path

import pytest

from indexer.feeds.base import REFUSAL_KEY
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.feeds.detection import detect_format
from indexer.feeds.opening import open_feed

DATA = Path(__file__).parents[4] / "shared" / "data"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data est absent : ses fichiers réels n'y sont pas"),
]

# file → format, structures, offers, refused rows
EXPECTED = {
    "catalogue/services_data_inclusion_2022.jsonl": ("ndjson", 0, 4052, 0),
    "catalogue/structures_2023.jsonl": ("mediation-numerique", 3811, 3811, 0),
    "catalogue/lieux_mediation_hinaura.jsonl": ("mediation-numerique", 1171, 711, 0),
    "catalogue/mes_aides_2022.jsonl": ("mes-aides", 270, 319, 0),
    "catalogue/siae_2020.jsonl": ("siae", 3853, 0, 0),
    "catalogue/formations_fle_2019.jsonl": ("formations-fle", 95, 206, 0),
    "catalogue/evenements.jsonl": ("openagenda", 10, 10, 425),
    "catalogue/france_services_2022.csv": ("france-services", 2683, 2683, 0),
    "catalogue/agences_france_travail.csv": ("agences", 959, 0, 0),
    "pages/grand_poitiers_sortir_rss_0.xml": ("rss", 0, 0, 3),
    "pages/poitiers_ville_rss_0.xml": ("rss", 0, 0, 3),
    "pages/univ_poitiers_rss_0.xml": ("rss", 0, 0, 3),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_real_file_is_recognised_and_nothing_of_it_is_lost_uncounted(name: str) -> None:
    with open_feed(str(DATA / name)) as file:
        found = detect_format(file)
    counts: Counter[str] = Counter()
    for record in iter_raw_records([str(DATA / name)], "reel"):
        counts["refus" if REFUSAL_KEY in record.fields else record.kind] += 1
    assert (found, counts["structure"], counts["offre"], counts["refus"]) == EXPECTED[name]
