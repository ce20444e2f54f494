"""What is said of the labour market: a territory, a shortage, hiring projects."""

from dataclasses import dataclass
from typing import Final, Literal

TerritoryType = Literal["bassin", "departement", "region"]
TERRITORIES: Final[tuple[TerritoryType, ...]] = ("bassin", "departement", "region")
"""From the nearest to the widest: the order in which figures are looked for."""

FACTORS: Final = {
    "intensite-embauches": "Intensité d'embauches",
    "manque-main-d-oeuvre": "Manque de main-d'œuvre disponible",
    "non-durabilite": "Non-durabilité de l'emploi",
    "conditions-de-travail": "Conditions de travail contraignantes",
    "inadequation-geographique": "Inadéquation géographique",
    "lien-formation-emploi": "Lien entre formation et emploi",
}
"""Labels of the six factors of a shortage, by our code; each goes from 1 (weak) to 5 (strong)."""

SHORTAGE: Final = 4
"""From this level a job, or a domain, is short of people: the two highest of the five classes."""


@dataclass(frozen=True, slots=True)
class Territory:
    """`code` is France Travail's for a bassin, INSEE's for a département or a région."""

    type: TerritoryType
    code: str
    nom: str

    @property
    def shown(self) -> str:
        """As a sentence names it: « bassin Belfort »."""
        return f"{SHOWN_TYPES[self.type]} {self.nom}"


SHOWN_TYPES: Final = {"bassin": "bassin", "departement": "département", "region": "région"}


@dataclass(frozen=True, slots=True)
class Tension:
    """How hard it is to hire for a job: 1 (easy) to 5. `facteurs` by code; one that is not published is absent.

    `liste_legale`: every family of the job is in the legal list of the région; None where no list is loaded.
    """

    code_rome: str
    niveau: int
    territoire: Territory
    facteurs: dict[str, int]
    millesime: str
    source: str
    liste_legale: bool | None = None


@dataclass(frozen=True, slots=True)
class Hiring:
    """Hiring projects of the family that a job is in, by our bridge.

    `projets` and `difficiles` count projects. `secret`: part of them is not published; `projets` is then a least, None
    where nothing is. `difficiles` is None as soon as a part is not published.
    """

    famille: str
    projets: int | None
    difficiles: int | None
    secret: bool
    territoire: Territory
    millesime: str
    source: str

    @property
    def difficult_share(self) -> float | None:
        """Part of the projects that employers expect to be difficult, 0 to 1; None where not all is published."""
        if self.secret or not self.projets or self.difficiles is None:
            return None
        return round(self.difficiles / self.projets, 2)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person lives, from the bassin to the région. A bassin is None where no table gives it.

    `bassin_tension` is of the zoning of the shortages (2019), `bassin_embauches` of that of the hiring survey.
    """

    bassin_tension: str | None
    bassin_embauches: str | None
    departement: str
    region: str | None
