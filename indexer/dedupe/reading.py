"""The catalogue as the search for duplicates reads it: what is new or differs, made into cards and blocks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from indexer.catalogue.canonical import parse_offer, parse_structure
from indexer.catalogue.compared import ComparedRecord, Fiche, iter_unread, read_compared, read_fiches
from indexer.catalogue.database import Database
from indexer.dedupe.blocking import Keys, build_keys
from indexer.dedupe.card import Card, card_of_offer, card_of_structure
from indexer.dedupe.compared import Known
from indexer.schema import Kind

_NO_BLOCKS: Final = b""


@dataclass(frozen=True)
class Reading:
    """One kind, now and before. `records` are to be remembered, `forgotten` not any more.

    `changed` are the blocks of what is compared anew, `gone` what was compared and is not now.
    """

    database: Database
    kind: Kind
    cards: dict[str, Card]
    records: list[ComparedRecord]
    forgotten: set[str]
    known: Known
    changed: dict[str, Keys]
    gone: set[str]

    @property
    def size(self) -> int:
        """How many records are compared with each other now."""
        return len((self.known.keys.keys() | self.changed.keys()) - self.gone)

    def load(self, ids: Collection[str]) -> dict[str, Card]:
        """Cards, those not at hand from the catalogue; what is gone since is left out."""
        absent = sorted(i for i in ids if i not in self.cards)
        self.cards.update((fiche.id, _card_of(fiche)[0]) for fiche in read_fiches(self.database, self.kind, absent))
        return {i: self.cards[i] for i in ids if i in self.cards}


def read_changes(database: Database, kind: Kind, rule: str, today: date) -> Reading:
    """What of one kind is to be compared anew, beside what is known."""
    cards: dict[str, Card] = {}
    read: dict[str, ComparedRecord] = {}
    for fiche in iter_unread(database, kind, rule):
        cards[fiche.id], read[fiche.id] = _read(fiche, today)
    records, forgotten, alike = read_compared(database, kind)
    past = [
        _closed(r) for r in records if r.keys and r.id not in read and r.last_day is not None and r.last_day < today
    ]
    known = {record.id: _keys(record) for record in records if record.keys}
    silent = {record.id for record in (*read.values(), *past) if not record.keys}
    return Reading(
        database,
        kind,
        cards,
        [*read.values(), *past],
        forgotten,
        Known(known, alike),
        {record.id: _keys(record) for record in read.values() if record.keys},
        (forgotten | silent) & known.keys(),
    )


def _read(fiche: Fiche, today: date) -> tuple[Card, ComparedRecord]:
    """An offer that is past or suspended is nobody's best record: it is remembered, and not compared."""
    card, last_day, suspended = _card_of(fiche)
    over = suspended or (last_day is not None and last_day < today)
    keys = _NO_BLOCKS if over else build_keys(card).tobytes()
    return card, ComparedRecord(fiche.id, fiche.content_hash, fiche.holder_hash, last_day, keys)


def _card_of(fiche: Fiche) -> tuple[Card, date | None, bool]:
    """With the last day on which it stands (None: no end), and whether its producer suspended it."""
    if fiche.holder_body is None:
        return card_of_structure(parse_structure(fiche.body, None)), None, False
    offer = parse_offer(fiche.body, None)
    card = card_of_offer(offer, parse_structure(fiche.holder_body, None))
    return card, offer.last_day, offer.suspendue


def _closed(record: ComparedRecord) -> ComparedRecord:
    return ComparedRecord(record.id, record.content_hash, record.holder_hash, record.last_day, _NO_BLOCKS)


def _keys(record: ComparedRecord) -> Keys:
    return np.frombuffer(record.keys, "<u8")
