"""What the catalogue hands out."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from indexer.schema import Kind, Offer, Provenance, Statut, Structure


class Change(StrEnum):
    """What happened to a record."""

    CREATED = "created"
    UPDATED = "updated"
    RETIRED = "retired"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class OtherSource:
    """Another record of the same offer; `fields` are those that it told in the place of the best one."""

    id: str
    source: str
    url: str | None
    fields: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return {"id": self.id, "source": self.source, "lien_source": self.url, "champs": list(self.fields)}


@dataclass(frozen=True, slots=True)
class StoredOffer:
    """An offer with its life. `structure` is None when no flux lists it: such an offer is kept, not published.

    `hidden`: a better record of the same offer is published in its place. `others` are those that this one stands for;
    what it left out is completed by them.

    `statut` is the catalogue's (publiee, suspendue, retiree); expiry depends on the day, see `Offer.statut`.
    """

    offer: Offer
    statut: Statut
    provenance: Provenance
    structure: Structure | None
    created_at: datetime
    changed_at: datetime
    retired_at: datetime | None
    hidden: bool = False
    others: tuple[OtherSource, ...] = ()

    @property
    def published(self) -> bool:
        """Whether it belongs in the index (which checks its days of validity itself)."""
        return self.statut is Statut.PUBLIEE and self.structure is not None and not self.hidden


@dataclass(frozen=True, slots=True)
class StoredStructure:
    """A structure with its life."""

    structure: Structure
    statut: Statut
    provenance: Provenance
    created_at: datetime
    changed_at: datetime
    retired_at: datetime | None


@dataclass(frozen=True, slots=True)
class StructureName:
    """A structure as one chooses it in a list. `offers` are those published."""

    id: str
    nom: str
    commune: str | None
    offers: int


@dataclass(frozen=True, slots=True)
class RetiredSummary:
    """What a page says of an offer that is gone, and what it needs to find others like it."""

    id: str
    nom: str
    thematiques: tuple[str, ...]
    commune: str | None
    code_insee: str | None
    latitude: float | None
    longitude: float | None
    structure: str | None
    retired_at: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of one record. `fields` lists `{champ, avant, apres}`; empty unless the content changed."""

    id: int
    kind: Kind
    record_id: str
    at: datetime
    import_id: int | None
    change: Change
    fields: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """`published` offers are what a complete index holds; `orphans` want their structure; retired ones are apart."""

    structures: int
    offers: int
    published: int
    suspended: int
    orphans: int
    retired_structures: int
    retired_offers: int


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """What one producer brings by one flux. Shares are of its offers, in 0–1, None without any."""

    source: str
    flux: str
    licence: str | None
    url: str | None
    structures: int
    offers: int
    published: int
    located_share: float | None
    themed_share: float | None
    last_import_at: datetime | None
    last_change_at: datetime | None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """One run of the import command, as it was told. `state`: fini, retenu (by a guard) or echoue."""

    id: int
    flux: str
    state: str
    started_at: datetime
    finished_at: datetime | None
    files: tuple[str, ...]
    report: dict[str, Any]
