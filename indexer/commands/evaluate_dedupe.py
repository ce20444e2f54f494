"""`maillage evaluate dedupe`: the rule of duplicates on pairs of real records that stay outside of the project."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import orjson
from rich.console import Console

from indexer.dedupe.card import Card, card_of_offer, card_of_structure
from indexer.errors import EvaluationError
from indexer.evaluation.dedupe import LabelledPair, PairFigures, load_pairs, measure_pairs
from indexer.evaluation.sets import find_sets
from indexer.feeds.base import REFUSAL_KEY
from indexer.feeds.data_inclusion import iter_raw_records
from indexer.geocode.communes import load_communes
from indexer.geocode.locate import locate
from indexer.normalise.normalise import normalise
from indexer.schema import Kind, Offer, Structure

FLUXES: Final[Mapping[str, tuple[str, ...]]] = {
    "structures-2023": ("catalogue/structures_2023.jsonl",),
    "hinaura": ("catalogue/lieux_mediation_hinaura.jsonl",),
    "siae-2020": ("catalogue/siae_2020.jsonl",),
    "france-services": ("catalogue/france_services_2022.csv",),
    "agences-ft": ("catalogue/agences_france_travail.csv",),
    "fle": ("catalogue/formations_fle_2019.jsonl",),
    "aides": ("catalogue/mes_aides_2022.jsonl",),
    "lille": ("feeds/lille_2026_structures.json", "feeds/lille_2026_services.json"),
}
"""Flux → its files: labelled pairs name records by the ids that these names give."""

JUDGED_ON: Final = datetime(2026, 5, 4, 12, tzinfo=UTC)
_PAIRS: Final = "pairs.csv"


def evaluate_dedupe(sets: Path | None, data: Path | None, part: str | None, as_json: bool) -> None:
    """Prints the figures. EvaluationError when the labels or the real files are not there."""
    pairs = [p for p in load_pairs(find_sets(sets, "dedupe") / _PAIRS) if part is None or p.part == part]
    card_of = read_cards(data)
    rows = {name: measure_pairs(chosen, card_of) for name, chosen in _groups(pairs).items()}
    if as_json:
        told = {name: figures.as_dict() for name, figures in rows.items()}
        print(orjson.dumps(told, option=orjson.OPT_INDENT_2).decode())
        return
    console = Console(soft_wrap=True, highlight=False)
    for name, figures in rows.items():
        console.print(_line(name, figures))


def read_cards(data: Path | None) -> Callable[[Kind, str], Card]:
    """What gives the card of an id, from the real files in a folder. EvaluationError for one of them that is absent."""
    if data is None:
        raise EvaluationError("Les fichiers réels ne sont pas livrés avec le projet : dites leur dossier (--donnees).")
    structures: dict[str, Structure] = {}
    offers: dict[str, Offer] = {}
    for flux, names in FLUXES.items():
        for record in _iter_records(flux, [data / name for name in names]):
            if isinstance(record, Offer):
                offers.setdefault(record.id, record)
            else:
                structures.setdefault(record.id, record)
    return partial(_card_of, structures, offers)


def _iter_records(flux: str, paths: list[Path]) -> Iterable[Offer | Structure]:
    absent = [path.name for path in paths if not path.is_file()]
    if absent:
        raise EvaluationError(f"{', '.join(absent)} : absent. Donnez le dossier qui tient « catalogue » et « feeds ».")
    place = partial(locate, communes=load_communes())
    for raw in iter_raw_records([str(path) for path in paths], flux):
        record = None if REFUSAL_KEY in raw.fields else normalise(raw, locate=place, now=JUDGED_ON)[0]
        if record is not None:
            yield record


def _card_of(structures: Mapping[str, Structure], offers: Mapping[str, Offer], kind: Kind, record_id: str) -> Card:
    try:
        if kind is Kind.STRUCTURE:
            return card_of_structure(structures[record_id])
        offer = offers[record_id]
    except KeyError as error:
        raise EvaluationError(f"La fiche « {record_id} » d'une paire jugée n'est plus dans les fichiers.") from error
    return card_of_offer(offer, structures.get(offer.structure_id or ""))


def _groups(pairs: list[LabelledPair]) -> dict[str, list[LabelledPair]]:
    return {
        "toutes": pairs,
        "structures": [pair for pair in pairs if pair.kind is Kind.STRUCTURE],
        "offres": [pair for pair in pairs if pair.kind is Kind.OFFER],
    }


def _line(name: str, figures: PairFigures) -> str:
    precision, recall = _percent(figures.precision), _percent(figures.recall)
    interval = f"{_percent(figures.precision_low)} à {_percent(figures.precision_high)}"
    return (
        f"{name} : précision {precision} ({interval}), rappel {recall}, sur {figures.pairs} paires "
        f"({figures.wrong} à tort, {figures.missed} manquées)"
    )


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}".replace(".", ",").replace("%", " %")
