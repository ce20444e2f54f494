"""What was understood of a text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from indexer.engines.base import Need, Reach, Vector
from indexer.understanding.jobs import Job
from indexer.understanding.languages import FRENCH, Language
from indexer.understanding.places import SaidPlace
from indexer.understanding.rules import Sign
from indexer.understanding.urgency import Urgency

NOTHING_SAID = Language(FRENCH, 0.0)


@dataclass(frozen=True)
class Understood:
    """All lists have the surest first.

    `searched` is the text to search by: without its place, nor what is already had or not wanted; empty when there is
    nothing to search. `vector` is its meaning, None when it is empty. `wishes` are shaped as those of a SearchQuery.
    `no_need`: the text is surely none (« bonjour »). `warnings` tell the person what was left out, or not understood.
    """

    needs: tuple[Need, ...] = ()
    jobs: Sequence[Job] = ()
    publics: tuple[Sign, ...] = ()
    constraints: tuple[Sign, ...] = ()
    place: SaidPlace | None = None
    language: Language = NOTHING_SAID
    urgency: Urgency | None = None
    searched: str = ""
    no_need: bool = False
    vector: Vector | None = None
    age: int | None = None
    reach: Reach | None = None
    wishes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


NOTHING_UNDERSTOOD = Understood()
