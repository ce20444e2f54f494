"""A local plan: what matching answers, and what its parts ask of one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from indexer.geocode.communes import Commune
from indexer.matching.profile import Priorite, Profile
from indexer.understanding.urgency import Urgency

Origine = Literal["explicite", "deduit"]


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """An offer that the person may have. `offre` is its JSON, ready to be sent.

    `distance_km` is None for what is remote only, and so is `duree_min`, an estimate of the journey in minutes, door to
    door. `prochain_creneau` is ISO 8601 with the offset of the place. `heures_semaine` are those that the offer says.
    `metiers` are its ROME codes.
    """

    id: str
    offre: bytes
    nom: str
    type_offre: str
    distance_km: float | None
    duree_min: int | None
    score: float
    raisons: tuple[str, ...]
    reserves: tuple[str, ...]
    prochain_creneau: str | None
    heures_semaine: float | None = None
    metiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoOffer:
    """Nothing within reach answers a need: the nearest that does, farther away, and what can be had at a distance."""

    offre_la_plus_proche: PlanOffer | None
    distance_km: float | None
    a_distance: tuple[PlanOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanNeed:
    """A need and its answer. `sans_offre` is None exactly where `offres` holds something.

    `extrait` are the words that say it; `urgent`: the note speaks of a danger that it belongs to. `payantes` would
    answer as well, but for their price: told in the plan's warnings.
    """

    thematique: str
    label: str
    origine: Origine
    priorite: Priorite
    extrait: str | None
    offres: tuple[PlanOffer, ...]
    sans_offre: NoOffer | None
    urgent: bool = False
    payantes: tuple[PlanOffer, ...] = ()


@dataclass(frozen=True, slots=True)
class Tension:
    """How hard a job is to hire for, 1 to 5, where and when it was measured."""

    niveau: int
    millesime: str
    territoire: str
    facteurs: Mapping[str, int]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Hiring:
    """Hiring projects of a family of jobs; None where the figure is a secret (`secret`) or not known."""

    famille: str
    projets: int | None
    difficiles: float | None
    millesime: str
    secret: bool
    territoire: str = ""


@dataclass(frozen=True, slots=True)
class CloseJob:
    """A job near another."""

    code_rome: str
    libelle: str
    tension: Tension | None


@dataclass(frozen=True, slots=True)
class PlanJob:
    """A job of the project, what is known of it around, and what leads there."""

    code_rome: str
    libelle: str
    origine: Origine
    tension: Tension | None
    embauches: Hiring | None
    proches: tuple[CloseJob, ...]
    immersions: tuple[PlanOffer, ...]
    formations: tuple[PlanOffer, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A domain that looks for people around, and what leads there."""

    domaine: str
    libelle: str
    tension: Tension
    immersions: tuple[PlanOffer, ...]
    formations: tuple[PlanOffer, ...]
    raisons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the plan. `depend_de` are the ranks of the steps that come first."""

    rang: int
    titre: str
    objectif: str
    offres: tuple[PlanOffer, ...]
    premier_creneau: str | None
    heures_semaine: float | None
    depend_de: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Right:
    """A right that may change with the plan: `lien` is the official site."""

    titre: str
    pourquoi: str
    lien: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the person goes: the km that bound the search, by which means, in how many minutes."""

    rayon_km: float
    moyen: str
    duree_max_min: int
    estimation: bool = True


@dataclass(frozen=True)
class Plan:
    """The whole answer. `besoins` go from what presses most. `non_compris` are the profile's own, handed back."""

    lieu: Commune | None
    portee: Reached
    besoins: tuple[PlanNeed, ...]
    metiers: tuple[PlanJob, ...]
    secteurs_porteurs: tuple[Sector, ...]
    etapes: tuple[Step, ...]
    heures_semaine: float | None
    droits: tuple[Right, ...]
    alertes: tuple[str, ...]
    urgence: Urgency | None
    non_compris: tuple[str, ...]
    version: str
    duree_ms: float


# What the parts ask of one another


@dataclass(frozen=True, slots=True)
class WantedJob:
    """A job of the project: given by its code, or read in words (`deduit`)."""

    code_rome: str
    libelle: str
    origine: Origine
    priorite: Priorite
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class JobSetting:
    """For whom, where, which jobs (the highest priority, then the surest first), which needs (their thématiques).

    `commune` is None for a point that is near none. `needs` are all those of the plan, read in words included."""

    profile: Profile
    commune: Commune | None
    wanted: tuple[WantedJob, ...]
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class JobAsk:
    """What the one retrieval is asked for a job: eligible and reachable offers of some types for some ROME codes.

    The codes go from the surest: an offer of the first goes before one of the next.
    """

    metiers: tuple[str, ...]
    types_offre: frozenset[str]
    size: int = 3


class JobPlanner(Protocol):
    """Says what to retrieve, then makes the jobs and the sectors of a plan with what was found."""

    def asks(self, setting: JobSetting) -> tuple[JobAsk, ...]:
        """What must be retrieved, in the plan's single retrieval. No I/O but tables already loaded."""

    def prospects(
        self, setting: JobSetting, found: Sequence[tuple[PlanOffer, ...]]
    ) -> tuple[tuple[PlanJob, ...], tuple[Sector, ...]]:
        """`found` has one entry for each of `asks(setting)`, in its order."""


class StepBuilder(Protocol):
    """`indexer.matching.steps.build_steps`: offers are those of the needs and jobs given, never others."""

    def __call__(
        self, profile: Profile, needs: tuple[PlanNeed, ...], jobs: tuple[PlanJob, ...]
    ) -> tuple[Step, ...]: ...


class RightFinder(Protocol):
    """`indexer.matching.rights.find_rights`."""

    def __call__(self, profile: Profile, needs: tuple[PlanNeed, ...]) -> tuple[Right, ...]: ...
