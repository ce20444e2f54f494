"""The questions of the « questionnaire de situation »: names of fields, and what each accepts.

Answers are flat text, so that two people who write at once are merged box by box: `besoin:<thématique>` holds a state,
`public:<code>` holds « oui ». Labels are the pages'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, get_args

from indexer.matching.profile import Moyen
from indexer.schema.vocabulary import vocabulary

YES: Final = "oui"
NEED: Final = "besoin:"
PUBLIC: Final = "public:"
MEANS: Final = "moyen:"
MOMENT: Final = "moment:"
STATES: Final = ("besoin", "point-fort")
MINUTES: Final = ("15", "30", "45", "60", "90")
JOBS: Final = ("metier1", "metier2", "metier3")
TEXTS: Final = ("note", "envies", "contraintes")
"""Free texts, in the order in which a plan reads them."""

MAX_NAME, MAX_JOB, MAX_TEXT = 40, 200, 4_000


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` are the values of a closed field; an open one is text of at most `longest` characters."""

    name: str
    choices: tuple[str, ...] = ()
    longest: int = 0


@cache
def all_fields() -> Mapping[str, Field]:
    """By name, in the order of the page."""
    fields = [
        Field("nom", longest=MAX_NAME),
        Field("age", longest=3),
        *(Field(PUBLIC + code, (YES,)) for code in vocabulary("publics") if code != "tous-publics"),
        Field("code_commune", longest=5),
        *(Field(MEANS + code, (YES,)) for code in get_args(Moyen)),
        Field("duree", MINUTES),
        Field("permis", (YES, "non")),
        Field("note", longest=MAX_TEXT),
        *(Field(NEED + code, STATES) for code in vocabulary("thematiques")),
        Field("envies", longest=MAX_TEXT),
        *(Field(job, longest=MAX_JOB) for job in JOBS),
        Field("gratuit", (YES,)),
        Field("a_distance", ("prefere", "refuse")),
        *(Field(MOMENT + code, (YES,)) for code in vocabulary("moments")),
        Field("numerique", ("autonome", "a-accompagner")),
        Field("contraintes", longest=MAX_TEXT),
    ]
    return MappingProxyType({field.name: field for field in fields})
