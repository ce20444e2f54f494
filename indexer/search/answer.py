"""What a search gives back."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.geocode.communes import Commune
from indexer.search.corrections import Correction
from indexer.understanding.understood import NOTHING_UNDERSTOOD, Understood


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """A near-identical sibling of an item, folded under it. `offre` is its JSON."""

    id: str
    offre: bytes
    nom: str
    commune: str | None
    distance_km: float | None


@dataclass(frozen=True, slots=True)
class Item:
    """One offer. `offre` is its JSON, ready to be sent; `parts` the named parts of its score.

    `raisons` say why it is here, `reserves` what to check before going; both in plain French.
    """

    id: str
    offre: bytes
    distance_km: float | None
    score: float
    raisons: tuple[str, ...]
    reserves: tuple[str, ...]
    autres_lieux: tuple[OtherPlace, ...]
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """`nombre` is the exact number of offers that this value alone would give."""

    valeur: str
    label: str
    nombre: int
    selectionne: bool
    parent: str | None = None


@dataclass(frozen=True)
class SearchAnswer:
    """`par_sens`: nothing held the words, these are the nearest by meaning. `lieu` is the commune searched around.

    `besoins` are the thématiques searched by, likeliest first; `compris` is all that was understood of the words;
    `souhaits` are the wishes that rank: values of an offer's fields, or `sans-voiture`;
    `corrections` are the words that were mended to find what this page holds.
    """

    items: tuple[Item, ...]
    total: int
    curseur: str | None
    facettes: Mapping[str, tuple[FacetValue, ...]]
    lieu: Commune | None
    par_sens: bool
    besoins: tuple[str, ...]
    version: str
    duree_ms: float
    compris: Understood = NOTHING_UNDERSTOOD
    corrections: tuple[Correction, ...] = ()
    souhaits: tuple[str, ...] = ()
