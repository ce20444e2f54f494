"""The needs that free texts say, as one types: shown beside them, kept nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from indexer.dossiers.fields import NEED, TEXTS
from indexer.matching.needs import LEAST_SURE, MAX_DEDUCED
from indexer.matching.note import read_note
from indexer.schema.vocabulary import label_of
from indexer.search import OfferSearch


@dataclass(frozen=True, slots=True)
class SaidNeed:
    """`field` is the question of the need; `words` the sentence that says it."""

    field: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class SaidThings:
    """`jobs` are titles of métiers; `age` as digits, empty when it was not said."""

    needs: tuple[SaidNeed, ...] = ()
    jobs: tuple[str, ...] = ()
    age: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "besoins": [{"champ": n.field, "label": n.label, "mots": n.words} for n in self.needs],
            "metiers": list(self.jobs),
            "age": self.age,
        }


def read_texts(search: OfferSearch, answers: Mapping[str, str]) -> SaidThings:
    """What the free texts of `answers` say beyond what is answered already. EncoderError when it cannot be read."""
    text = "\n".join(answers[name] for name in TEXTS if answers.get(name))
    if not text:
        return SaidThings()
    note = read_note(text, partial(search.understander.understand, look_for_place=False))
    sure = [need for need in note.needs if need.score >= LEAST_SURE and not answers.get(NEED + need.thematique)]
    return SaidThings(
        needs=tuple(
            SaidNeed(NEED + need.thematique, label_of("thematiques", need.thematique), need.extrait)
            for need in sure[:MAX_DEDUCED]
        ),
        jobs=tuple(job.libelle for job in note.jobs[:3]),
        age="" if note.age is None or answers.get("age") else str(note.age),
    )
